import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { lit, sql, textKey } from '../../src/index.js';
import { expectSql, run } from './support.js';

/** Snowflake documents md5_number_lower64 as the lower 64 bits of the 128-bit digest read as a big-endian number. */
function md5NumberLower64(text: string): bigint {
  return createHash('md5').update(text).digest().readBigUInt64BE(8);
}

async function key(text: string | null): Promise<unknown> {
  return (await run(sql`select cast(${textKey(lit(text))} as varchar)`))[0]?.[0];
}

describe('textKey', () => {
  it('takes the low half of the digest', () => {
    expectSql(textKey(sql`genre`), {
      duckdb: `cast(cast('0x' || substr(md5(genre), 17) as ubigint) & 9223372036854775807 as bigint)`,
      snowflake: 'mod(md5_number_lower64(genre), 9223372036854775808)',
    });
  });

  it.each(['', 'Drama', '(no genres listed)', 'Film-Noir', 'Émigré', '🎬', "it's"])(
    'is the same number of %j on both engines',
    async (text) => {
      expect(await key(text)).toBe(String(md5NumberLower64(text) % 2n ** 63n));
    },
  );

  it('drops the sign bit where the digest has one', async () => {
    const signed = Array.from({ length: 40 }, (_, i) => `genre ${i}`).find(
      (t) => md5NumberLower64(t) >= 2n ** 63n,
    );
    expect(signed).toBeDefined();
    expect(await key(signed!)).toBe(String(md5NumberLower64(signed!) - 2n ** 63n));
  });

  it('keeps null', async () => {
    expect(await key(null)).toBeNull();
  });

  it('is a bigint', async () => {
    expect(await run(sql`select typeof(${textKey(lit('Drama'))})`)).toEqual([['BIGINT']]);
  });
});
