/** What a build asks of Snowflake's catalog: the schemas that its plan needs, and no others. */
import { integer, model, type Sql, sql, table, view } from '@matinee/core';
import { expect, it } from 'vitest';
import { Lab, statuses } from './lab.js';

const number = (name: string, schema: string, query: Sql, materialized = table()) =>
  model({ name, schema, description: `The number ${name}.`, materialized, columns: { n: integer() }, query });

const base = number('base', 'first', sql`select 1 as n`);
const middle = number('middle', 'second', sql`select n from ${base}`);
const last = number('last', 'third', sql`select n from ${middle}`);
const shown = model({
  name: 'shown',
  schema: 'fourth',
  description: 'Shows last.',
  materialized: view(),
  columns: { n: integer() },
  query: sql`select n from ${last}`,
});
const far = number('far', 'fifth', sql`select n from ${shown}`);
const apart = number('apart', 'sixth', sql`select 2 as n`);
const all = [base, middle, last, shown, far, apart];

/** What was looked at by SHOW. */
function shows(sent: readonly string[]): readonly string[] {
  return sent
    .filter((text) => text.startsWith('show '))
    .map((text) => text.replace(/^show (\w+) in schema "(\w+)".*$/, '$1 $2'))
    .sort();
}

it('of a build of one node only what it reads, the views over it and the ledger are looked at', async () => {
  const lab = await Lab.open();
  await lab.build(all);
  const before = lab.emulator.log.length;
  const result = await lab.build(all, { select: ['last'], fullRefresh: true });
  expect(statuses(result)).toMatchObject({ last: 'ok' });
  const sent = lab.emulator.log.slice(before).map(({ sql }) => sql);
  expect(shows(sent)).toEqual([
    'columns _MATINEE',
    'objects FOURTH',
    'objects SECOND',
    'objects THIRD',
    'objects _MATINEE',
    'objects _MATINEE_FEEDS',
  ]);
});

it('after a run that was killed all schemas are looked at, for what it has left there', async () => {
  const lab = await Lab.open();
  await lab.build(all);
  await lab.session.execute('create table sixth.apart__1__candidate as select 1 as n');
  await lab.session.execute("update _matinee.runs set status = 'running'");
  await lab.build(all, { select: ['last'] });
  expect((await lab.session.relations(['sixth'])).map(({ name }) => name)).toEqual(['apart']);
});
