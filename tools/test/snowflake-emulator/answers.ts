import type { Result, ResultColumn, ResultValue } from '../../src/snowflake-emulator/engine.js';

export const column = (
  name: string,
  type: ResultColumn['type'],
  more: Partial<ResultColumn> = {},
): ResultColumn => ({ name, type, nullable: true, ...more });

/** What a query answers. */
export const rows = (
  columns: readonly ResultColumn[],
  values: readonly (readonly ResultValue[])[],
): Result => ({ columns, rows: values, statementTypeId: 4096 });
