import { expect, test } from 'vitest';
import { dashboard, integer, model, sql, table } from '../../src/index.js';
import { dagOf } from '../support/project.js';

const made = model({
  name: 'made',
  description: '',
  materialized: table(),
  columns: { id: integer() },
  query: sql`select 1 as id`,
});
const shown = dashboard({
  name: 'shown',
  title: 'Shown',
  description: 'What is made.',
  owner: 'A team',
  reads: [made],
});

test('a dashboard stands in the lineage behind what it reads', () => {
  const dag = dagOf(made, shown);
  expect(dag.inputsOf('shown')).toEqual(['made']);
  expect(dag.consumersOf('made')).toEqual(['shown']);
  expect(dag.project.get('shown')).toMatchObject({
    kind: 'exposure',
    path: expect.stringContaining('exposure.test.ts'),
  });
});

test('a dashboard that reads what no package declares is refused', () => {
  expect(() => dagOf(shown)).toThrow(expect.objectContaining({ code: 'NODE_NOT_GATHERED' }));
});
