import { double, integer, openDuckDb, text, withSession } from '@matinee/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compactColumns } from '../../src/builder/compact-columns.js';

const columns = { n: integer().nullable(), h: double().nullable(), t: text().nullable() };
const quote = (name: string) => `"${name}"`;

async function compact(values: string) {
  const warehouse = await openDuckDb({ path: ':memory:' });
  const query = `select * from (values ${values}) as rows_given(n, h, t)`;
  return withSession(warehouse, async (session) => {
    const { expressions, ...rest } = await compactColumns(session, query, columns, quote);
    const list = Object.keys(columns).map((name) => `${expressions[name] ?? quote(name)} as ${name}`);
    return { ...rest, rows: await session.query(`select ${list.join(', ')} from (${query})`) };
  }).finally(() => warehouse.close());
}

test('halves become twice the number, and texts of few values their places in a list', async () => {
  const { rows, values, halved } = await compact(
    "(1::bigint, 0.5::double, 'b''c'), (null, null, null), (3, -4, 'a')",
  );
  expect(halved).toEqual(['h']);
  expect(values).toEqual({ t: ['a', "b'c"] });
  expect(rows).toEqual([
    { n: 1, h: 1, t: 1 },
    { n: null, h: null, t: null },
    { n: 3, h: -8, t: 0 },
  ]);
});

test('a column with any other number, or without any, stays as it is', async () => {
  expect((await compact("(1::bigint, 0.5::double, 'a'), (2, 0.3, 'b')")).halved).toEqual([]);
  expect((await compact("(1::bigint, 1e12::double, 'a')")).halved).toEqual([]);
  expect((await compact("(1::bigint, 'nan'::double, 'a')")).halved).toEqual([]);
});

test('texts of many values stay texts', async () => {
  const many = Array.from({ length: 251 }, (_, index) => `(${index}::bigint, 0.5::double, 't${index}')`);
  expect((await compact(many.join(', '))).values).toEqual({});
});

test('a text is found again at its place, whatever is written in it', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1, maxLength: 6 }),
      async (texts) => {
        const given = texts.map((value) => value.replaceAll('\0', ''));
        const { rows, values } = await compact(
          given.map((value) => `(1::bigint, 0.5::double, '${value.replaceAll("'", "''")}')`).join(', '),
        );
        expect(rows.map(({ t }) => values.t?.[Number(t)])).toEqual(given);
      },
    ),
    { numRuns: 8 },
  );
});
