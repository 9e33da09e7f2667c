import { describe, expect, it } from 'vitest';
import { type PlanText, planLines } from '../../src/output/plan-lines.js';
import type { PlannedNode } from '../../src/planning/planned-node.js';
import { plain } from '../support/plain-colors.js';

const node: PlannedNode = {
  node: 'a',
  schema: 's',
  package: '@x/s',
  materialized: 'table',
  action: 'create',
  conditional: false,
  fate: 'build',
  causes: [],
  reason: 'new',
  tests: [],
  group: 0,
};
const tests = (...runs: PlannedNode['tests'][number]['runs'][]) =>
  runs.map((when, index) => ({ test: `t${index}`, runs: when }));

const print = (nodes: readonly PlannedNode[], change: Partial<PlanText> = {}) =>
  planLines(
    { nodes, downstream: [], deferred: [], deferTo: undefined, place: 'x.duckdb', all: false, ...change },
    plain,
  );

describe('a plan as text', () => {
  it('says what is sure and what is not, of nodes and of tests', async () => {
    const nodes: readonly PlannedNode[] = [
      { ...node, action: 'load', materialized: 'source', reason: 'files changed', tests: tests('always') },
      {
        ...node,
        node: 'long',
        action: 'increment',
        fate: 'maybe',
        reason: 'if rows change in a',
        tests: tests('always', 'if_rows_change', 'if_rows_change'),
      },
      { ...node, node: 'b', action: 'reuse', fate: 'tests', reason: '', tests: tests('always') },
      { ...node, node: 'c', action: 'inline', fate: 'tests', reason: '', tests: tests('if_rows_change') },
      { ...node, node: 'd', action: 'reuse', fate: 'reuse' },
    ];
    expect(await print(nodes)).toEqual([
      '5 nodes in x.duckdb',
      'load             s.a     source  1 test        files changed',
      'maybe increment  s.long  table   1 to 3 tests  if rows change in a',
      'test             s.b     table   1 test',
      'maybe test       s.c     table   up to 1 test',
      '1 node is reused (--all lists them)',
      '',
      '1 to build, 1 maybe, 2 only tested, 1 reused; 3 to 6 tests',
    ]);
  });

  it('shows hunks of what has changed with three lines around them', async () => {
    const lines = Array.from({ length: 30 }, (_, index) => `line ${index + 1}`);
    const before = lines.join('\n');
    const after = lines.toSpliced(19, 1, 'other').toSpliced(1, 1).join('\n');
    expect(await print([{ ...node, causes: [{ type: 'configuration', before, after }] }])).toEqual([
      '1 node in x.duckdb',
      'create  s.a  table    new',
      '',
      '  configuration',
      '  @@ -1,5 +1,4 @@',
      '   line 1',
      '  -line 2',
      '   line 3',
      '   line 4',
      '   line 5',
      '  @@ -17,7 +16,7 @@',
      '   line 17',
      '   line 18',
      '   line 19',
      '  -line 20',
      '  +other',
      '   line 21',
      '   line 22',
      '   line 23',
      '',
      '1 to build, 0 reused; no tests',
    ]);
  });

  it('says what is read elsewhere and what may change later', async () => {
    const lines = await print([node], { downstream: ['y', 'z'], deferred: ['i'], deferTo: 'prod' });
    expect(lines.slice(2, 6)).toEqual([
      '',
      'Not selected, but their inputs may change: y, z',
      '',
      'Read from target prod: i',
    ]);
  });

  it('says that there is nothing to do', async () => {
    expect((await print([])).at(-1)).toBe('Nothing to do: nothing that is selected is built.');
    expect((await print([{ ...node, fate: 'reuse' }])).at(-1)).toBe('Nothing to do: 1 node is reused');
  });
});
