import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const script = fileURLToPath(new URL('../support/hold-file.mjs', import.meta.url));

/** A process of its own that holds the file until something is written to it. */
export async function holderOf(path: string, ...purpose: string[]): Promise<ChildProcess> {
  const child = spawn(process.execPath, [script, path, ...purpose], { stdio: ['pipe', 'pipe', 'inherit'] });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  await once(child.stdout as NodeJS.ReadableStream, 'data');
  return child;
}
