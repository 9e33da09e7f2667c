import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  formatLiteral,
  type LiteralValue,
  openDuckDb,
  quoteIdentifier,
  type Session,
} from '../../src/index.js';
import { expectSql } from '../support/golden.js';

let session: Session;

beforeAll(async () => {
  const warehouse = await openDuckDb({ path: ':memory:', engineThreads: 1 });
  session = await warehouse.openSession();
  return async () => {
    await session.close();
    await warehouse.close();
  };
});

async function selected(value: LiteralValue): Promise<unknown> {
  const [row] = await session.query(`select ${formatLiteral(value, 'duckdb')} as value`);
  return row?.value;
}

/** Any text that SQL can hold, quotes, dashes and backslashes more often than not. */
const texts = fc
  .array(
    fc.oneof(
      fc.constantFrom("'", '"', '\\', '--', '/*', '\n', '\t', ';', '${', '$$', '%'),
      fc.string({ unit: 'binary' }),
    ),
  )
  .map((pieces) => pieces.join('').replaceAll('\0', ''));

describe('a literal', () => {
  it.each<[LiteralValue, string, string]>([
    ["O'Hara", `'O''Hara'`, `'O''Hara'`],
    ['a\\b\n', `'a\\b\n'`, `'a\\\\b\n'`],
    ['Amélie 🎬', `'Amélie 🎬'`, `'Amélie 🎬'`],
    ['', `''`, `''`],
    [null, 'null', 'null'],
    [true, 'true', 'true'],
    [0.1, '0.1', '0.1'],
    [-5, '-5', '-5'],
    [0.1 + 0.2, '3.0000000000000004e-1', '3.0000000000000004e-1'],
    [1e21, '1e+21', '1e+21'],
    [2n ** 70n, '1180591620717411303424', '1180591620717411303424'],
    [
      new Date(Date.UTC(2020, 1, 29, 1, 2, 3, 45)),
      `timestamp '2020-02-29 01:02:03.045'`,
      `timestamp '2020-02-29 01:02:03.045'`,
    ],
  ])('%s is written for each dialect', (value, duckdb, snowflake) => {
    expectSql((dialect) => formatLiteral(value, dialect), { duckdb, snowflake });
  });

  it('of any text comes back equal from DuckDB', async () => {
    await fc.assert(
      fc.asyncProperty(texts, async (text) => {
        expect(await selected(text)).toBe(text);
      }),
      { numRuns: 200 },
    );
  });

  it('of any double comes back equal from DuckDB', async () => {
    await fc.assert(
      fc.asyncProperty(fc.double({ noNaN: true, noDefaultInfinity: true }), async (number) => {
        const [row] = await session.query(
          `select cast(${formatLiteral(number, 'duckdb')} as double) as value`,
        );
        expect(row?.value).toBe(number === 0 ? 0 : number);
      }),
      { numRuns: 100 },
    );
  });

  it('of a date keeps its milliseconds', async () => {
    expect(await selected(new Date(Date.UTC(2020, 1, 29, 1, 2, 3, 45)))).toBe('2020-02-29 01:02:03.045');
  });

  it.each([
    [Number.NaN, 'NaN has no SQL literal.'],
    [Number.NEGATIVE_INFINITY, '-Infinity has no SQL literal.'],
    [new Date(Number.NaN), 'A date of the year NaN has no SQL literal.'],
    [new Date(Date.UTC(10000, 0)), 'A date of the year 10000 has no SQL literal.'],
    ['a\0b', 'A text with a NUL character has no SQL literal.'],
  ])('does not exist for %s', (value, message) => {
    expect(() => formatLiteral(value, 'duckdb')).toThrow(message);
  });
});

describe('an identifier', () => {
  it('is quoted, and folded where the engine folds', () => {
    expectSql((dialect) => quoteIdentifier('my "group"', dialect), {
      duckdb: '"my ""group"""',
      snowflake: '"MY ""GROUP"""',
    });
  });

  it('of any text names a column in DuckDB', async () => {
    await fc.assert(
      fc.asyncProperty(
        texts.filter((text) => text !== ''),
        async (text) => {
          const [row] = await session.query(`select 1 as ${quoteIdentifier(text, 'duckdb')}`);
          expect(Object.keys(row ?? {})).toEqual([text]);
        },
      ),
      { numRuns: 100 },
    );
  });
});
