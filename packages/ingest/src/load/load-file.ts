import { stat } from 'node:fs/promises';
import type { DeliveredFile } from '@matinee/core';
import type { FileReading } from '../reading/reading.js';
import type { FileContext } from './context.js';
import { loadBatch } from './load-batch.js';
import { loadCopy } from './load-copy.js';
import { loadProven } from './load-proven.js';
import type { LoadMeter } from './progress.js';
import type { RawTable } from './raw-table.js';
import type { StagedFile } from './staging.js';

/** A file of a delivery as a step of its load needs it. */
export interface FileToLoad {
  readonly file: DeliveredFile;
  readonly reading: FileReading;
  readonly table: RawTable;
  /** Where its plain bytes are on the local disk. */
  readonly path: string;
  /** For temporary files. */
  readonly folder: string;
  /** Called with the plain bytes done so far. */
  readonly onBytes: (bytes: number) => void;
}

/** What a scan has counted, and whether the keys of the rows that fit rise from each to the next. */
export interface FileOutcome {
  readonly rows: number;
  readonly rejectedRows: number;
  readonly keysAscend: boolean;
  /** The delivered file's, if it was taken on the way. */
  readonly checksum?: string | undefined;
}

/**
 * Appends the rows of a file, or of several small ones of one shape, to their table and the rejects to theirs.
 *
 * DuckDB's own reader does the work, while a scan proves that it has read what stands there: the reader alone rounds 3.7
 * to 4 and drops what follows a last comma, silently. If the proof fails, a copy of the rows that fit is made and read
 * instead.
 *
 * @returns what each file came to, in their order
 */
export async function loadTogether(
  context: FileContext,
  table: RawTable,
  reading: FileReading,
  files: readonly DeliveredFile[],
): Promise<readonly FileOutcome[]> {
  const { place, meter, staging } = context;
  for (const file of files) await place.requireUnchanged(file);
  meter.reach(files[0]!, 0);
  try {
    return await staging.use(files, async (staged) => {
      const toLoad = await Promise.all(
        staged.map(async ({ path, folder }: StagedFile, index): Promise<FileToLoad> => {
          const onBytes = await byBytes(meter, files[index]!, path);
          return { file: files[index]!, reading, table, path, folder, onBytes };
        }),
      );
      return loadStaged(context, table, reading, toLoad, (index) => meter.reach(files[index]!, 1));
    });
  } finally {
    // Whatever went wrong: if a file was replaced meanwhile, that is why.
    for (const file of files) await place.requireUnchanged(file);
  }
}

async function loadStaged(
  context: FileContext,
  table: RawTable,
  reading: FileReading,
  files: readonly FileToLoad[],
  onLoaded: (index: number) => void,
): Promise<readonly FileOutcome[]> {
  const proven = files.length > 1 ? await loadBatch(context, table, reading, files) : [];
  const outcomes: FileOutcome[] = [];
  for (const [index, file] of files.entries()) {
    outcomes.push(proven[index] ?? (await loadProven(context, file)) ?? (await loadCopy(context, file)));
    onLoaded(index);
  }
  return outcomes;
}

/** What has been brought keeps its share; the reading has the rest. */
async function byBytes(
  meter: LoadMeter,
  file: DeliveredFile,
  path: string,
): Promise<(bytes: number) => void> {
  const { size } = await stat(path);
  const before = meter.shareOf(file);
  return (bytes) => meter.reach(file, before + (bytes / Math.max(size, 1)) * (1 - before));
}
