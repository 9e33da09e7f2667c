import { describe, expect, it } from 'vitest';
import { lit, packedHigh, packedKey, packedLow, sql } from '../../src/index.js';
import { expectSql, run } from './support.js';

async function key(high: number | null, low: number | null): Promise<unknown> {
  return (await run(sql`select ${packedKey(lit(high), lit(low))}`))[0]?.[0];
}

describe('packedKey', () => {
  it('shifts or multiplies, after a look at the bounds', () => {
    const bounds = 'u + 1 between 0 and 2147483647 and m between 0 and 4294967295';
    const complaint = `'key part out of bounds: ' || coalesce(cast(u + 1 as varchar), 'null') || ', ' || coalesce(cast(m as varchar), 'null')`;
    expectSql(packedKey(sql`u + 1`, sql`m`), {
      duckdb: `case when ${bounds} then (cast(u + 1 as bigint) << 32) | cast(m as bigint) else error(${complaint}) end`,
      snowflake: `case when ${bounds} then (u + 1) * 4294967296 + (m) else to_number(${complaint}) end`,
    });
  });

  it('is high × 2³² + low, up to the largest 63-bit number', async () => {
    expect(await key(0, 0)).toBe(0);
    expect(await key(1, 2)).toBe(4294967298);
    expect(await key(0, 4294967295)).toBe(4294967295);
    expect(await key(138493, 131262)).toBe(138493 * 2 ** 32 + 131262);
    expect(await key(2147483647, 4294967295)).toBe(String(2n ** 63n - 1n));
  });

  it.each([
    [-1, 0],
    [2147483648, 0],
    [0, -1],
    [0, 4294967296],
    [null, 1],
    [1, null],
  ])('refuses %s, %s', async (high, low) => {
    await expect(key(high, low)).rejects.toThrow(`key part out of bounds: ${high}, ${low}`);
  });

  it('gives its parts back', async () => {
    expectSql(packedHigh(sql`k`), { duckdb: '(k >> 32)', snowflake: 'bitshiftright(k, 32)' });
    expectSql(packedLow(sql`k`), { duckdb: '(k & 4294967295)', snowflake: 'bitand(k, 4294967295)' });
    for (const [high, low] of [
      [0, 0],
      [138_493, 131_262],
      [2_147_483_647, 4_294_967_295],
    ] as const) {
      const packed = packedKey(lit(high), lit(low));
      expect(await run(sql`select ${packedHigh(packed)}, ${packedLow(packed)}`)).toEqual([[high, low]]);
    }
  });

  it('lets no row out of bounds through among good ones', async () => {
    const setup = ['create table t as select i as u, i as m from range(5000) r(i)'];
    const query = sql`select count(distinct ${packedKey(sql`u`, sql`m`)}) from t`;
    expect(await run(query, setup)).toEqual([[5000]]);
    await expect(run(query, [...setup, 'insert into t values (5000, -1)'])).rejects.toThrow('5000, -1');
  });
});
