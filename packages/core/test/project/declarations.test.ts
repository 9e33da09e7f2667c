import { expect, test } from 'vitest';
import { integer, text, timestamp } from '../../src/nodes/column.js';
import type { Freshness } from '../../src/nodes/freshness.js';
import { table } from '../../src/nodes/materialization.js';
import { model } from '../../src/nodes/model.js';
import { source } from '../../src/nodes/source.js';
import { validateDeclaration } from '../../src/project/validate.js';
import { type Sql, sql } from '../../src/sql/fragment.js';

const messages = (declaration: Parameters<typeof validateDeclaration>[0]) =>
  validateDeclaration(declaration).map((error) => error.message);

test('accepted values on a column that is no text are refused', () => {
  const films = model({
    name: 'films',
    description: 'Films.',
    materialized: table(),
    columns: { stars: integer().acceptedValues(['1', '2']) },
    query: sql`select 1 as stars`,
  });
  expect(messages(films)).toEqual([
    "The column 'stars' of 'films' has accepted values, but is int and no text.",
  ]);
});

test('a query that is not made with the sql tag is refused', () => {
  const films = model({
    name: 'films',
    description: 'Films.',
    materialized: table(),
    columns: { stars: integer() },
    query: (() => sql`select 1 as stars`) as unknown as Sql,
  });
  expect(messages(films)).toEqual(["The query of 'films' is not made with the sql tag."]);
});

test.each<[Freshness, readonly string[]]>([
  [{ warnAfter: { hours: 12 }, errorAfter: { days: 1 }, column: 'seen_at' }, []],
  [{ warnAfter: { days: 1, hours: 2 } }, []],
  [{}, ["The freshness of 'films' has neither warnAfter nor errorAfter."]],
  [
    { warnAfter: { hours: 24 }, errorAfter: { days: 1 } },
    ["The freshness of 'films' warns no earlier than it fails: warnAfter must be below errorAfter."],
  ],
  [
    { warnAfter: { hours: 0 } },
    ["warnAfter of the freshness of 'films' is no time above 0, such as { hours: 12 }."],
  ],
  [
    { errorAfter: { days: 2, hours: -1 } },
    ["errorAfter of the freshness of 'films' is no time above 0, such as { hours: 12 }."],
  ],
  [
    { errorAfter: { days: 2 }, column: 'title' },
    ["The freshness of 'films' goes by 'title', which is text and no timestamp or date."],
  ],
  [
    { errorAfter: { days: 2 }, column: 'added' },
    ["The freshness of 'films' goes by 'added', which is no column of it."],
  ],
])('the freshness %j of a source is judged', (freshness, expected) => {
  const films = source({
    name: 'films',
    description: 'Films.',
    columns: { title: text(), seen_at: timestamp().nullable() },
    shapes: [],
    freshness: freshness as Freshness<'seen_at'>,
  });
  expect(messages(films)).toEqual(expected);
});
