import { quoteIdentifier, type Session, type Source } from '@matinee/core';

const quote = (name: string) => quoteIdentifier(name, 'duckdb');

/** Whether a table holds a key more than once. Two ints are packed into one, which is twice as fast to group by. */
export async function hasRepeatedKeys(session: Session, table: string, source: Source): Promise<boolean> {
  const [first = '', second = ''] = source.key.map(quote);
  let key = source.key.map(quote).join(', ');
  if (source.key.length === 2 && source.key.every((name) => source.columns[name]?.type === 'int')) {
    const [bounds] = await session.query(
      `select min(${first}) >= 0 and max(${first}) < 2147483648 and min(${second}) >= 0 and max(${second}) < 4294967296 as fit from ${table}`,
    );
    if (bounds?.fit === true) key = `(${first} << 32) | ${second}`;
  }
  const [row] = await session.query(
    `select exists (select 1 from ${table} group by ${key} having count(*) > 1) as repeated`,
  );
  return row?.repeated === true;
}

/** What became of rows whose key came more than once. */
export interface RepeatedKeys {
  /** Rows that say the same as another one, which is kept. */
  readonly repeatedRows: number;
  /** The lines of rows whose key comes with other values too: all of them are to be rejected. */
  readonly conflictingLines: readonly number[];
}

/**
 * Settles keys that came more than once in one file: of rows that are all alike the first is kept; rows that differ are
 * removed, for nothing tells which one is right.
 *
 * @param lined the quoted name of a table with the rows and the line of each
 * @param line the name of that column
 */
export async function settleRepeatedKeys(
  session: Session,
  lined: string,
  source: Source,
  line: string,
): Promise<RepeatedKeys> {
  const key = source.key.map(quote).join(', ');
  const others = Object.keys(source.columns)
    .filter((name) => !source.key.includes(name))
    .map(quote);
  const variants = others.length === 0 ? '1' : `count(distinct row(${others.join(', ')}))`;
  const sameKey = source.key.map((name) => `settled.${quote(name)} = kept.${quote(name)}`).join(' and ');
  const groups = `select ${key}, ${variants} as variants, min(${quote(line)}) as first_line from ${lined} group by ${key} having count(*) > 1`;
  const conflicts = await session.query(
    `select kept.${quote(line)} as line from ${lined} as kept join (${groups}) as settled on ${sameKey} where variants > 1 order by 1`,
  );
  const conflictingLines = conflicts.map((row) => Number(row.line));
  const removed = await session.execute(
    `delete from ${lined} as kept using (${groups}) as settled where ${sameKey} and (variants > 1 or kept.${quote(line)} <> first_line)`,
  );
  return { repeatedRows: removed - conflictingLines.length, conflictingLines };
}
