import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { type FileShape, LoadError, messageOf } from '@matinee/core';
import { parse } from 'csv-parse/sync';
import { LF } from '../scan/bytes.js';

/** A header is looked for in this many bytes. */
const HEAD_BYTES = 65_536;

/**
 * Checks that a file begins with the header of its shape.
 *
 * @param path on this machine
 * @param name as it was delivered
 * @throws LoadError LOAD_FILE_UNREADABLE, LOAD_FILE_EMPTY, LOAD_HEADER
 */
export async function checkHeader(path: string, name: string, shape: FileShape): Promise<void> {
  const head = await readHead(path).catch((error: unknown) => {
    throw new LoadError('LOAD_FILE_UNREADABLE', `'${name}' cannot be read: ${messageOf(error)}.`, {
      location: { file: path },
      hint: name.endsWith('.gz') ? 'Is it a whole gzip file?' : 'Is it a file, and may you read it?',
      cause: error,
    });
  });
  if (head.length === 0) {
    throw new LoadError('LOAD_FILE_EMPTY', `'${name}' is empty: not even a header is there.`, {
      location: { file: path, line: 1 },
      hint: `Its first line has to be ${shape.header.join(',')}.`,
    });
  }
  const found = firstRecord(head);
  if (
    found &&
    found.length === shape.header.length &&
    found.every((field, index) => field === shape.header[index])
  )
    return;
  throw new LoadError(
    'LOAD_HEADER',
    `The header of '${name}' is ${found ? `'${found.join(',')}'` : 'no CSV'}, but '${shape.header.join(',')}' is expected.`,
    {
      location: { file: path, line: 1 },
      hint: `${difference(found ?? [], shape.header)} Names, order and commas have to be those of the ${shape.name} shape.`,
    },
  );
}

/** The first bytes of a file, unpacked, until they hold a line. */
async function readHead(path: string): Promise<Buffer> {
  const file = createReadStream(path, { highWaterMark: HEAD_BYTES });
  const bytes = path.endsWith('.gz') ? unpacked(file) : file;
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of bytes as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    length += chunk.length;
    if (length >= HEAD_BYTES || chunk.includes(LF)) break;
  }
  file.destroy();
  return Buffer.concat(chunks);
}

function unpacked(file: Readable): Readable {
  const gunzip = createGunzip();
  file.on('error', (error) => gunzip.destroy(error));
  return file.pipe(gunzip);
}

function firstRecord(head: Buffer): readonly string[] | undefined {
  try {
    const [record] = parse(head, { bom: true, to_line: 1, relax_column_count: true }) as string[][];
    return record;
  } catch {
    return undefined;
  }
}

function difference(found: readonly string[], expected: readonly string[]): string {
  const missing = expected.filter((name) => !found.includes(name));
  const extra = found.filter((name) => !expected.includes(name));
  if (missing.length === 0 && extra.length === 0) return 'The columns stand in another order.';
  return [
    ...(missing.length > 0 ? [`Missing: ${missing.join(', ')}.`] : []),
    ...(extra.length > 0 ? [`Unknown: ${extra.join(', ')}.`] : []),
  ].join(' ');
}
