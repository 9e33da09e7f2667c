import type { DeliveredFile } from '@matinee/core';
import type { FileLoad } from './load-files.js';
import type { RawTable } from './raw-table.js';

/** How an engine gets at the rows of files. It is all of a load in which engines differ; the rest is SQL. */
export interface Intake {
  /** Appends the rows that fit to a table and keeps the others as rejects. @throws LoadError. */
  load(table: RawTable, files: readonly DeliveredFile[]): Promise<readonly FileLoad[]>;
  /**
   * Keeps as rejects, with their lines, the rows of files whose keys a table of conflicts lists.
   *
   * @param conflicts the quoted name of a table with `_file` and the columns of the key
   * @param expected how many rows there are, by file. @throws LoadError LOAD_MISCOUNT if there are others.
   */
  rejectConflicts(
    table: RawTable,
    loads: readonly FileLoad[],
    conflicts: string,
    expected: ReadonlyMap<string, number>,
  ): Promise<void>;
}
