// Copies a DuckDB file in a process of its own: `node copy-file.mjs FROM TO`. It is JavaScript, for it runs from src too.
// Exit codes: 0 copied and on disk · 1 failed, stderr says why · 3 a checkpoint changed the file meanwhile.
import { constants } from 'node:fs';
import { copyFile, open } from 'node:fs/promises';

const [, , from, to] = process.argv;
// Ctrl-C reaches the whole process group; whether to go on is for the parent to say.
process.on('SIGINT', () => undefined);
try {
  const before = await headers(from);
  await copyFile(from, to, constants.COPYFILE_FICLONE);
  if (before.equals(await headers(from))) await sync(to);
  else process.exitCode = 3;
} catch (error) {
  process.stderr.write(`${error.code ?? ''} ${error.message}`);
  process.exitCode = 1;
}

/** The three headers that a DuckDB file starts with. Every checkpoint counts up in one of them, and nothing else does. */
async function headers(path) {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(3 * 4096), 0, 3 * 4096, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

async function sync(path) {
  const file = await open(path, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
