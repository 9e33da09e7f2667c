import { describe, expect, test } from 'vitest';
import { refuseVolatile } from '../../src/check/volatile.js';
import { integer } from '../../src/nodes/column.js';
import { table } from '../../src/nodes/materialization.js';
import { model } from '../../src/nodes/model.js';
import { sql } from '../../src/sql/fragment.js';

const node = {
  name: 'orders',
  declaration: model({
    name: 'orders',
    description: '',
    materialized: table(),
    columns: { id: integer() },
    query: sql`select 1 as id`,
  }),
};

describe('a query that reads the clock or chance is refused', () => {
  test.each([
    ['select now() as at', 'now'],
    ['select NOW ( ) as at', 'NOW'],
    ['select current_date', 'current_date'],
    ['select 1 where x < random()', 'random'],
    ['select gen_random_uuid()', 'gen_random_uuid'],
  ])('%s', (text, found) => {
    expect(() => refuseVolatile(node, text)).toThrow(`orders: its query reads ${found},`);
  });
});

describe('a name that only looks like it is fine', () => {
  test.each([
    'select now from clocks',
    "select 'now()' as text",
    'select 1 -- now()',
    'select random_seed(3)',
    'select uuid from t',
  ])('%s', (text) => {
    expect(() => refuseVolatile(node, text)).not.toThrow();
  });
});
