import { closeSync, openSync, readSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { InterruptedError, LoadError } from '@matinee/core';
import type { FileChecksum } from '../checksums/file-checksum.js';
import { LF, MAX_RECORD_BYTES } from './bytes.js';
import { BLOCK_BYTES } from './fast-lane.js';
import type { Scanner } from './scanner.js';

const BOM = Buffer.from([0xef, 0xbb, 0xbf]);

export interface ScanOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called after each block with the bytes done so far. */
  readonly onBytes?: ((bytes: number) => void) | undefined;
  /** Given all bytes as they are read. */
  readonly checksum?: FileChecksum | undefined;
}

/**
 * Runs a scanner over a local file without gzip, in blocks of a megabyte, until the file ends or the scanner has found
 * it unclean. The header line and a byte order mark before it are passed over.
 *
 * Blocks are read in this thread, others have their turn between them: a thread that reads for us would wait, and we for it, for
 * a processor that DuckDB keeps busy.
 *
 * @throws InterruptedError once the signal is raised.
 */
export async function scanFile(path: string, scanner: Scanner, options: ScanOptions = {}): Promise<void> {
  const descriptor = openSync(path, 'r');
  try {
    const buffer = scanner.bytes;
    let filled = 0;
    let offset = 0;
    let headerDone = false;
    for (let last = false; !last && scanner.clean; ) {
      if (options.signal?.aborted) throw new InterruptedError();
      const bytesRead = readSync(descriptor, buffer, filled, BLOCK_BYTES, null);
      options.checksum?.update(buffer.subarray(filled, filled + bytesRead));
      filled += bytesRead;
      last = bytesRead === 0;
      if (last && filled > 0 && buffer[filled - 1] !== LF) buffer[filled++] = LF;
      let start = 0;
      if (!headerDone) {
        start = headerEnd(buffer.subarray(0, filled));
        headerDone = start > 0;
        if (!headerDone && filled > MAX_RECORD_BYTES) throw noHeader(path);
        if (!headerDone) continue;
        scanner.skipHeader();
      }
      const done = scanner.consume(start, filled, offset, last);
      buffer.copyWithin(0, done, filled);
      filled -= done;
      offset += done;
      options.onBytes?.(offset);
      await nextTurn();
    }
  } finally {
    closeSync(descriptor);
  }
}

/** The header was there when it was checked. */
function noHeader(path: string): LoadError {
  return new LoadError('LOAD_FILE_CHANGED', `${path} has changed since the load began: its header is gone.`, {
    location: { file: path, line: 1 },
    hint: 'Load again once the delivery is complete.',
  });
}

/** Where the first record begins, or 0 if the header line has not ended yet. */
function headerEnd(head: Buffer): number {
  const start = head.subarray(0, BOM.length).equals(BOM) ? BOM.length : 0;
  return head.indexOf(LF, start) + 1;
}
