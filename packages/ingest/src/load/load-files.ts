import { performance } from 'node:perf_hooks';
import type { DeliveredFile, LoadedSlice } from '@matinee/core';
import { readingOf } from '../reading/reading.js';
import type { KeyVerdicts } from './accounts.js';
import { batchesOf } from './batches.js';
import type { FileContext } from './context.js';
import { type FileOutcome, loadTogether } from './load-file.js';
import type { RawTable } from './raw-table.js';

/** A file as far as it is loaded. */
export interface FileLoad {
  readonly file: DeliveredFile;
  readonly reading: ReturnType<typeof readingOf>;
  readonly outcome: FileOutcome;
  readonly seconds: number;
}

/** What a load has come to before it is counted up. */
export interface FilledTable {
  readonly loads: readonly FileLoad[];
  /** What became of the rows that did not stay, by file. */
  readonly verdicts: ReadonlyMap<string, KeyVerdicts>;
  /** Set if the table stands and takes these rows in place of others. */
  readonly slice?: LoadedSlice;
}

/** Appends files to a table, one batch after the other. The time of a batch is shared out evenly among its files. */
export async function loadFiles(
  context: FileContext,
  table: RawTable,
  files: readonly DeliveredFile[],
): Promise<readonly FileLoad[]> {
  const loads: FileLoad[] = [];
  for (const batch of batchesOf(files)) {
    const started = performance.now();
    const shape = table.source.shapes.find(({ name }) => name === batch[0]!.shape)!;
    const reading = readingOf(table.source, shape);
    const outcomes = await loadTogether(context, table, reading, batch);
    const seconds = (performance.now() - started) / 1000 / batch.length;
    loads.push(...batch.map((file, index) => ({ file, reading, outcome: outcomes[index]!, seconds })));
  }
  return loads;
}

/** Whether no key can stand twice among the rows of these files: there is but one, and its keys rise from row to row. */
export function hasRisingKeys(loads: readonly FileLoad[]): boolean {
  return loads.length === 0 || (loads.length === 1 && loads[0]!.outcome.keysAscend);
}
