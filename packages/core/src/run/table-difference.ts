import type { Session, WarehouseRow } from '../adapters/adapter.js';
import {
  type ComparedTables,
  countDifferences,
  otherColumns,
  sampleDifferences,
} from '../materialize/compare-tables.js';

const SAMPLES = 5;

/** How two tables differ. */
export interface TableDifference {
  readonly onlyLeft: number;
  readonly onlyRight: number;
  /** Rows of the same key with other values. */
  readonly differing: number;
  /** In how many of those each column differs; only columns that do. */
  readonly columns: Readonly<Record<string, number>>;
  /** Some of the rows: the key, `side` (`left`, `right`, `both`), and each column on both sides. */
  readonly samples: readonly WarehouseRow[];
}

export function isDifferent({ onlyLeft, onlyRight, differing }: TableDifference): boolean {
  return onlyLeft + onlyRight + differing > 0;
}

/** Counts and shows how two tables differ. */
export async function compareTables(session: Session, tables: ComparedTables): Promise<TableDifference> {
  const [row] = await session.query(countDifferences(tables));
  const columns = tables.key.length === 0 ? [] : otherColumns(tables);
  const counts = columns.map((column, index) => [column, Number(row?.[`differs_${index}`] ?? 0)] as const);
  const difference = {
    onlyLeft: Number(row?.only_left ?? 0),
    onlyRight: Number(row?.only_right ?? 0),
    differing: Number(row?.differing ?? 0),
    columns: Object.fromEntries(counts.filter(([, count]) => count > 0)),
    samples: [],
  };
  return isDifferent(difference)
    ? { ...difference, samples: await session.query(sampleDifferences(tables, SAMPLES)) }
    : difference;
}
