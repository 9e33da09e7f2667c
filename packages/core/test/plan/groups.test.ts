import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Dag,
  dataTest,
  ephemeral,
  integer,
  type Model,
  projectTests,
  sql,
  view,
} from '../../src/index.js';
import { publishGroups } from '../../src/plan/groups.js';
import { aModel, aSource, idAndName } from '../support/nodes.js';
import { dagOf } from '../support/project.js';

const n = { n: integer() };
const compared = (name: string, ...models: Model[]) =>
  dataTest({
    name,
    description: '',
    query: sql`select 1 as x from ${models[0] as Model}, ${models[1] as Model}, ${models.at(-1) as Model}`,
  });

function groupsOf(dag: Dag, names?: readonly string[]): readonly (readonly string[])[] {
  const relations = new Set(names ?? dag.project.relations().map(({ name }) => name));
  return publishGroups(dag, relations, projectTests(dag.project, dag)).map((group) => group.names);
}

describe('publish groups', () => {
  it('hold one table each where nothing ties them together', () => {
    const a = aModel('a', n, sql`select 1 as n`);
    const b = aModel('b', n, sql`select n from ${a}`);
    expect(groupsOf(dagOf(a, b))).toEqual([['a'], ['b']]);
  });

  it('hold a view with what it reads, also behind an ephemeral model', () => {
    const a = aModel('a', n, sql`select 1 as n`);
    const b = aModel('b', n, sql`select n from ${a}`, { materialized: ephemeral() });
    const c = aModel('c', n, sql`select n from ${b}`, { materialized: view() });
    const d = aModel('d', n, sql`select n from ${c}`);
    expect(groupsOf(dagOf(a, b, c, d))).toEqual([['a', 'b', 'c'], ['d']]);
  });

  it('hold all sources together', () => {
    expect(groupsOf(dagOf(aSource('raw_a', idAndName), aSource('raw_b', idAndName)))).toEqual([
      ['raw_a', 'raw_b'],
    ]);
  });

  it('hold the most downstream nodes that one test compares, and not what they are built from', () => {
    const base = aModel('base', n, sql`select 1 as n`);
    const a = aModel('a', n, sql`select n from ${base}`);
    const b = aModel('b', n, sql`select n from ${base}`);
    expect(groupsOf(dagOf(base, a, b, compared('same', a, b, base)))).toEqual([['base'], ['a', 'b']]);
  });

  it('merge when they would wait for each other', () => {
    const a = aModel('a', n, sql`select 1 as n`);
    const between = aModel('between', n, sql`select n from ${a}`);
    const b = aModel('b', n, sql`select n from ${between}`, { materialized: view() });
    const c = aModel('c', n, sql`select 2 as n`);
    // a with c, c with b: so all four, for `between` stands between a and b.
    const dag = dagOf(a, between, b, c, compared('ac', a, c), compared('cb', c, b));
    expect(groupsOf(dag)).toHaveLength(1);
  });

  it('wait for what a test reads, even where a node between them is not built', () => {
    const a = aModel('a', n, sql`select 1 as n`);
    const between = aModel('between', n, sql`select n from ${a}`);
    const b = aModel('b', n, sql`select n from ${between}`);
    const dag = dagOf(a, between, b, compared('ab', a, b));
    const groups = publishGroups(dag, new Set(['a', 'b']), projectTests(dag.project, dag));
    expect(groups).toEqual([
      { names: ['a'], after: [] },
      { names: ['b'], after: [0] },
    ]);
  });
});

/** Random DAGs of tables, views and ephemeral models, with tests that compare some of them. */
const projects = fc.record({
  nodes: fc.array(
    fc.tuple(fc.array(fc.nat(9), { maxLength: 3 }), fc.constantFrom('table', 'view', 'ephemeral')),
    {
      minLength: 1,
      maxLength: 10,
    },
  ),
  tests: fc.array(fc.tuple(fc.nat(9), fc.nat(9)), { maxLength: 4 }),
  left: fc.array(fc.boolean(), { minLength: 10, maxLength: 10 }),
});

it('groups of any DAG hold every node once, after all that it reads, and views with their inputs', () => {
  fc.assert(
    fc.property(projects, ({ nodes, tests, left }) => {
      const models: Model[] = [];
      for (const [index, [picks, type]] of nodes.entries()) {
        const inputs = picks.map((pick) => models[pick]).filter((model) => model !== undefined);
        const from = inputs.map((input) => sql`, ${input}`).reduce((all, one) => sql`${all}${one}`, sql``);
        models.push(
          aModel(`m${index}`, n, sql`select 1 as n from (select 1) as x${from}`, { materialized: { type } }),
        );
      }
      const pairs = tests.map(([a, b]) => [models[a % models.length], models[b % models.length]] as const);
      const comparisons = pairs.map(([a, b], index) => compared(`t${index}`, a as Model, b as Model));
      const dag = dagOf(...models, ...comparisons);
      const built = new Set(models.map(({ name }) => name).filter((_, index) => left[index]));
      const groups = publishGroups(dag, built, projectTests(dag.project, dag));
      const groupOf = new Map(groups.flatMap(({ names }, id) => names.map((name) => [name, id] as const)));
      expect(groups.flatMap(({ names }) => names).sort()).toEqual([...built].sort());
      for (const [id, { names, after }] of groups.entries()) {
        for (const before of after) expect(before).toBeLessThan(id);
        for (const [at, name] of names.entries()) {
          for (const input of dag.inputsOf(name).filter((other) => built.has(other))) {
            if (names.includes(input)) expect(names.indexOf(input)).toBeLessThan(at);
            else expect(after).toContain(groupOf.get(input));
            if (models.find((model) => model.name === name)?.materialized.type === 'view')
              expect(groupOf.get(input)).toBe(id);
          }
        }
      }
    }),
    { numRuns: 150 },
  );
});
