import { formatLiteral, integer, model, Namer, Rejects, sql, table } from '@matinee/core';
import { expect, it } from 'vitest';
import { Lab } from './lab.js';

const numbers = model({
  name: 'numbers',
  description: 'One row.',
  materialized: table(),
  columns: { n: integer() },
  query: sql`select 1 as n`,
});

it('rejected rows are read, their reasons counted whatever the value', async () => {
  const lab = await Lab.open();
  const { runId } = await lab.build([numbers]);
  const reasons = [
    String.raw`"a \" is not a number." is not a number.`,
    '"" is not a number.',
    'The key id = a = b comes with other values in the same file.',
    'The key id = c\nd comes with other values in the same file.',
  ];
  for (const [index, reason] of reasons.entries()) {
    const row = [runId, 'films', 'films.csv', index + 2, 'id', reason, `raw ${index}`];
    const values = row.map((value) => formatLiteral(value, 'snowflake')).join(', ');
    await lab.session.execute(`insert into "_MATINEE"."REJECTED_ROWS" values (${values})`);
  }
  const rejects = new Rejects(lab.session, new Namer('snowflake'));
  const [load] = await rejects.read({ limit: 1 });
  expect(load?.reasons.map(({ reason, rows }) => [reason, rows])).toEqual([
    ['The key id = … comes with other values in the same file.', 2],
    ['… is not a number.', 2],
  ]);
  expect(load?.samples).toEqual([
    { file: 'films.csv', line: 2, column: 'id', reason: reasons[0], raw: 'raw 0' },
  ]);
});
