import type { DeliveredFile } from '@matinee/core';
import type { FileContext } from './context.js';
import type { Intake } from './intake.js';
import { type FileLoad, loadFiles } from './load-files.js';
import type { RawTable } from './raw-table.js';
import { rejectConflicts } from './reject-conflicts.js';

/** Brings files to the local disk, where DuckDB reads them. */
export class DuckDbIntake implements Intake {
  readonly #context: FileContext;

  constructor(context: FileContext) {
    this.#context = context;
  }

  load(table: RawTable, files: readonly DeliveredFile[]): Promise<readonly FileLoad[]> {
    return loadFiles(this.#context, table, files);
  }

  rejectConflicts(
    { source }: RawTable,
    loads: readonly FileLoad[],
    conflicts: string,
    expected: ReadonlyMap<string, number>,
  ): Promise<void> {
    return rejectConflicts(this.#context, source.key, loads, conflicts, expected);
  }
}
