import { compareTables, isDifferent, type TableDifference, withSession } from '@matinee/core';
import type { Context } from '../context.js';
import type { WarehouseOptions } from '../options/common.js';
import type { OpenProject } from '../workspace/open-project.js';
import { type KeyOption, keyOf, requireUnique } from './compare-key.js';
import { openSides } from './open-sides.js';
import { comparable, sharedColumns } from './shared-columns.js';
import { readSide } from './side.js';
import type { TableName } from './table-name.js';

/** How two tables compare. */
export interface Comparison {
  readonly left: ComparedSide;
  readonly right: ComparedSide;
  /** What rows are found by; empty: they are compared as a whole. */
  readonly key: readonly string[];
  /** The columns that both have. */
  readonly columns: readonly string[];
  /** Those of them that are compared as texts, for their types have nothing in common. */
  readonly asText: readonly string[];
  readonly isDifferent: boolean;
  readonly difference: TableDifference;
}

export interface ComparedSide {
  readonly table: string;
  readonly rows: number;
  /** Columns that the other side lacks. */
  readonly onlyHere: readonly string[];
}

export interface CompareOptions extends WarehouseOptions {
  readonly key?: KeyOption;
}

/** Opens both tables for reading and compares what they have in common. */
export async function compare(
  context: Context,
  project: OpenProject,
  tables: readonly [TableName, TableName],
  options: CompareOptions,
): Promise<Comparison> {
  const { warehouse, names } = await openSides(context, project, tables, options);
  return withSession(warehouse, async (session) => {
    const left = await readSide(project, tables[0], names[0], session);
    const right = await readSide(project, tables[1], names[1], session);
    const shared = sharedColumns(left, right);
    const key = keyOf(options.key, left, right, shared);
    for (const side of [left, right]) await requireUnique(key, side, names[0], session);
    const difference = await compareTables(session, {
      left: comparable(left, shared, names[0]),
      right: comparable(right, shared, names[1]),
      columns: shared.columns,
      key,
      dialect: warehouse.dialect,
    });
    return {
      left: { table: left.label, rows: left.rows, onlyHere: shared.onlyLeft },
      right: { table: right.label, rows: right.rows, onlyHere: shared.onlyRight },
      key,
      columns: Object.keys(shared.columns),
      asText: shared.asText,
      isDifferent: isDifferent(difference),
      difference,
    };
  }).finally(() => warehouse.close());
}
