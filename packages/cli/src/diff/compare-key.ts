import { type Namer, type Session, UsageError } from '@matinee/core';
import { isSameName, type SharedColumns } from './shared-columns.js';
import type { Side } from './side.js';

/** `--key a,b`, or `false` for `--no-key`. */
export type KeyOption = string | false | undefined;

/**
 * The columns that rows are found by: those asked for, else the key of the node on one of the sides, as far as both tables
 * have it. Empty if rows are to be compared as a whole.
 *
 * @throws UsageError DIFF_KEY for columns that are not in both tables.
 */
export function keyOf(option: KeyOption, left: Side, right: Side, shared: SharedColumns): readonly string[] {
  if (option === false) return [];
  const names = Object.keys(shared.columns);
  const find = (column: string) => names.find((name) => isSameName(name, column));
  if (option === undefined) {
    const found = [left.key, right.key].map((key) => key.map(find));
    const whole = found.find((key) => key.length > 0 && key.every((name) => name !== undefined));
    return (whole ?? []) as readonly string[];
  }
  const asked = option.split(',').map((column) => column.trim());
  return [...new Set(asked)].map((column) => {
    const name = find(column);
    if (name !== undefined) return name;
    throw new UsageError('DIFF_KEY', `The key '${column}' is not a column of both tables.`, {
      hint: `Both have: ${names.join(', ')}.`,
    });
  });
}

/** Rows that share a key would be compared with each other crosswise. @throws UsageError DIFF_KEY. */
export async function requireUnique(
  key: readonly string[],
  side: Side,
  names: Namer,
  session: Session,
): Promise<void> {
  if (key.length === 0) return;
  const list = key.map((name) => names.quote(name));
  const [row] = await session.query(`select
  (select count(*) from (select 1 from ${side.relation} group by ${list.join(', ')} having count(*) > 1) as repeated) as repeated,
  (select count(*) from ${side.relation} where ${list.map((name) => `${name} is null`).join(' or ')}) as nulls`);
  const [repeated, nulls] = [Number(row?.repeated ?? 0), Number(row?.nulls ?? 0)];
  if (repeated + nulls === 0) return;
  const why = repeated > 0 ? 'several rows have the same' : 'it is null in some rows';
  throw new UsageError('DIFF_KEY', `(${key.join(', ')}) identifies no row of ${side.label}: ${why}.`, {
    hint: 'Name the columns that do with --key a,b, or compare rows as a whole with --no-key.',
  });
}
