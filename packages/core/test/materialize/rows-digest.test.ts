import { describe, expect, it } from 'vitest';
import { double, integer, text } from '../../src/index.js';
import { rowsDigest } from '../../src/materialize/rows-digest.js';
import { sampleRows } from '../../src/materialize/sample-rows.js';
import { expectSql } from '../support/golden.js';
import { openMemory, openSession } from '../support/lab.js';

const columns = { id: integer(), score: double(), name: text().nullable() };

/** The digest of rows written as SQL tuples of id, score and name. */
async function digestOf(tuples: string): Promise<unknown> {
  const session = await openSession(await openMemory());
  await session.execute('create table t (id bigint, score double, name varchar)');
  if (tuples !== '') await session.execute(`insert into t values ${tuples}`);
  const [row] = await session.query(rowsDigest('t', columns, 'duckdb'));
  return row?.digest;
}

describe('the digest of rows', () => {
  it('is one scan in both dialects', () => {
    expectSql((dialect) => rowsDigest('t', columns, dialect), {
      duckdb: `select concat(count(*), ' ', sum(hash(hash("id", case when abs("score") < 1e300 then "score" * 8193 - ("score" * 8193 - "score") else "score" end, "name")))) as digest from t as compared`,
      snowflake: `select concat(count(*), ' ', hash_agg("ID", case when abs("SCORE") < 1e300 then "SCORE" * 8193 - ("SCORE" * 8193 - "SCORE") else "SCORE" end, "NAME")) as digest from t as compared`,
    });
  });

  it.each([
    ['another order', `(1, 0.1, 'a'), (2, 0.2, 'b')`, `(2, 0.2, 'b'), (1, 0.1, 'a')`],
    ['another last bit of a double', `(1, 0.3, 'a')`, `(1, 0.1::double + 0.2::double, 'a')`],
    ['negative zero', `(1, 0.0, 'a')`, `(1, '-0.0'::double, 'a')`],
    ['no rows', '', ''],
  ])('is unaffected by %s', async (_what, one, other) => {
    expect(await digestOf(one)).toBe(await digestOf(other));
  });

  it.each([
    ['values that have changed rows', `(1, 1, 'a'), (2, 1, 'b')`, `(1, 1, 'b'), (2, 1, 'a')`],
    ['a row that is there twice', `(1, 1, 'a')`, `(1, 1, 'a'), (1, 1, 'a')`],
    ['a pair of rows in the place of another pair', `(1, 1, 'a'), (1, 1, 'a')`, `(2, 1, 'a'), (2, 1, 'a')`],
    ['null in the place of an empty text', `(1, 1, '')`, `(1, 1, null)`],
    ['the tenth digit of a double', `(1, 1.000000001, 'a')`, `(1, 1.000000002, 'a')`],
    ['an infinite double', `(1, 'inf'::double, 'a')`, `(1, '-inf'::double, 'a')`],
  ])('tells apart %s', async (_what, one, other) => {
    expect(await digestOf(one)).not.toBe(await digestOf(other));
  });
});

describe('a sample', () => {
  it('is a statement that deletes the rest', () => {
    expectSql((dialect) => sampleRows('t', columns, 0.01, dialect), {
      duckdb: 'delete from t where hash("id", "score", "name") % 1000000 >= 10000',
      snowflake: 'delete from t where abs(hash("ID", "SCORE", "NAME") % 1000000) >= 10000',
    });
  });

  it('has about its share of the rows, and the same rows each time', async () => {
    const session = await openSession(await openMemory());
    const sample = async () => {
      await session.execute(
        'create or replace table t as select range as id, range / 7 as score, cast(range as varchar) as name from range(50000)',
      );
      await session.execute(sampleRows('t', columns, 0.1, 'duckdb'));
      return session.query('select id from t order by id');
    };
    const rows = await sample();
    expect(rows.length).toBeGreaterThan(4500);
    expect(rows.length).toBeLessThan(5500);
    expect(await sample()).toEqual(rows);
  });
});
