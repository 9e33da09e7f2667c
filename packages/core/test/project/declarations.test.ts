import { expect, test } from 'vitest';
import { integer } from '../../src/nodes/column.js';
import { table } from '../../src/nodes/materialization.js';
import { model } from '../../src/nodes/model.js';
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
