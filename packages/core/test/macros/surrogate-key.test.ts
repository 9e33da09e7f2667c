import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { lit, sql, surrogateKey } from '../../src/index.js';
import { expectSql, run } from './support.js';

async function keysOf(...lists: (string | number | null)[][]): Promise<unknown[]> {
  const keys = lists.map(
    ([first = null, ...rest]) => sql`select ${surrogateKey(lit(first), ...rest.map(lit))} as key`,
  );
  return Promise.all(keys.map(async (key) => (await run(key))[0]?.[0]));
}

describe('surrogateKey', () => {
  it('is the MD5 of canonical text in the form of a uuid', () => {
    const text = `coalesce(length(cast(a as varchar)) || ':' || cast(a as varchar), '-') || coalesce(length(cast(b as varchar)) || ':' || cast(b as varchar), '-')`;
    expectSql(surrogateKey(sql`a`, sql`b`), {
      duckdb: `cast(md5(${text}) as uuid)`,
      snowflake: `regexp_replace(md5(${text}), '(.{8})(.{4})(.{4})(.{4})(.{12})', '\\\\1-\\\\2-\\\\3-\\\\4-\\\\5')`,
    });
  });

  it('is the number that anybody can recompute', async () => {
    const md5 = createHash('md5').update('1:74:ünïx').digest('hex');
    expect(await keysOf([7, 'ünïx'])).toEqual([
      md5.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, '$1-$2-$3-$4-$5'),
    ]);
  });

  it('tells apart lists whose concatenations look alike', async () => {
    const keys = await keysOf(
      ['a|b', 'c'],
      ['a', 'b|c'],
      ['a|b|c'],
      ['', 'ab'],
      ['ab', ''],
      ['a', 'b'],
      ['ab'],
      [null],
      ['-'],
      [''],
      [null, null],
      ['1:a'],
      ['a', null],
      [null, 'a'],
    );
    expect(new Set(keys).size).toBe(keys.length);
  });
});
