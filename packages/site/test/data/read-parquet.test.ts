import { join } from 'node:path';
import { openDuckDb, type Session, withSession } from '@matinee/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../../core/test/support/files.js';
import { readParquet } from '../../src/browser/data/read-parquet.js';
import type { Table } from '../../src/browser/data/table.js';
import { encode, encodings } from '../../src/builder/pack-table.js';

const columns = [
  { name: 'whole', type: 'int', description: '' },
  { name: 'large', type: 'double', description: '' },
  { name: 'share', type: 'double', description: '' },
  { name: 'day', type: 'date', description: '' },
  { name: 'few', type: 'text', description: '' },
  { name: 'many', type: 'text', description: '' },
  { name: 'yes', type: 'boolean', description: '' },
  { name: 'moment', type: 'timestamp', description: '' },
] as const;

/** What each column reads as, the numbers of days and milliseconds included. */
const expected = `select cast(whole as double) as whole, large, share, day - date '1970-01-01' as day, few, many,
  cast(yes as integer) as yes, epoch_ms(moment) as moment from rows_made`;

async function check(session: Session, make: string, encoding: string): Promise<void> {
  await session.execute('set preserve_insertion_order = true');
  await session.execute(`create or replace table rows_made as ${make}`);
  const path = join(temporaryFolder(), 'rows.parquet');
  await session.execute(`copy rows_made to '${path}' (format parquet)`);
  const rows = await session.query(expected);
  const content = await encode(session, path, encoding);
  const file = content.buffer.slice(content.byteOffset, content.byteOffset + content.length) as ArrayBuffer;
  const table = await readParquet('rows_made', file, rows.length, columns);
  for (const { name, type } of columns) {
    const read = reader(table, name, type);
    // One comparison a column: a matcher for each of a million values takes minutes.
    const wrong = rows.findIndex((row, index) => !Object.is(read(index), row[name]));
    expect([name, wrong, rows[wrong]?.[name]]).toEqual([name, -1, undefined]);
  }
}

function reader(table: Table, name: string, type: string): (row: number) => unknown {
  if (type === 'text') {
    const { codes, values } = table.texts(name);
    return (row) => values[codes[row]!] ?? null;
  }
  const numbers = type === 'date' ? table.days(name) : table.numbers(name);
  return (row) => (Number.isNaN(numbers[row]) || numbers[row] === -(2 ** 31) ? null : numbers[row]);
}

const withEngine = async (work: (session: Session) => Promise<void>) => {
  const engine = await openDuckDb({ path: ':memory:' });
  await withSession(engine, work).finally(() => engine.close());
};

test.each(encodings)('every value comes back from many groups of rows, by %s', (encoding) =>
  withEngine((session) =>
    check(
      session,
      `select cast(i * 40503 % 4294967291 - 2147483646 as integer) as whole, i * 1e9 as large,
        case when i % 7 > 0 then sqrt(i) end as share, date '1960-01-01' + cast(i // 10 as integer) as day,
        case when i % 5 > 0 then 'text ' || i % 20 end as few, 'ünique ' || hash(i) as many, i % 3 = 0 as yes,
        timestamp '1969-06-01' + interval (i) minute as moment
      from range(150000) as numbers(i)`,
      encoding,
    ),
  ),
);

test('every value comes back from any rows, whatever the encoding', () =>
  withEngine((session) =>
    fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 700 }),
        fc.integer({ min: 1, max: 400 }),
        fc.integer({ min: 1, max: 2 ** 31 - 1 }),
        fc.integer({ min: 1, max: 9 }),
        fc.constantFrom(...encodings),
        (count, different, reach, nulls, encoding) => {
          const random = (salt: number) => `cast(hash(i % ${different}, ${salt}) % ${reach} as bigint)`;
          const maybe = (sql: string, salt: number) =>
            `case when hash(i, ${salt}) % ${nulls} > 0 then ${sql} end`;
          return check(
            session,
            `select cast(${maybe(`${random(1)} - ${reach} // 2`, 2)} as integer) as whole,
              cast(${maybe(random(3), 4)} as double) * 4096 as large, ${maybe(`${random(5)} / 7`, 6)} as share,
              ${maybe(`date '1970-01-01' + cast(${random(7)} % 40000 - 20000 as integer)`, 8)} as day,
              ${maybe(`chr(cast(200 + ${random(9)} % 9 as integer))`, 10)} as few, ${maybe(`'x' || ${random(11)}`, 12)} as many,
              ${maybe(`${random(13)} % 2 = 0`, 14)} as yes,
              ${maybe(`timestamp '1960-01-01' + interval (${random(15)} // 60) minute`, 16)} as moment
            from range(${count}) as numbers(i)`,
            encoding,
          );
        },
      ),
      { numRuns: Number(process.env.MATINEE_PROPERTY_RUNS ?? 30) },
    ),
  ));
