import { describe, expect, it } from 'vitest';
import {
  type Column,
  ephemeral,
  integer,
  type Model,
  type ProjectError,
  type Relation,
  type Renderable,
  renderSql,
  sql,
  thisModel,
  unitTest,
  variable,
  whenIncremental,
} from '../../src/index.js';
import { aModel, aSource, idAndName } from '../support/nodes.js';
import { dagOf, ROOT, thrownBy } from '../support/project.js';

const n = { n: integer() };
const here = import.meta.filename.slice(ROOT.length + 1).replace('graph/dag.test.ts', 'support/nodes.ts');

/** A relation that is known only later, as when two files import each other. */
const later = (relation: () => Relation): Renderable => ({
  [renderSql]: (context) => relation()[renderSql](context),
});

describe('the DAG', () => {
  it('leads from what is read to what reads it, by queries and by tests', () => {
    const raw = aSource('raw_films', idAndName);
    const people = aModel('people', { id: integer() }, sql`select 1 as id`);
    const films = aModel(
      'films',
      { id: integer().references(() => people, 'id') },
      sql`select id from ${raw} where id in (select id from ${raw})`,
    );
    const unit = unitTest({ name: 'films_unit', description: '', model: films, given: [], expected: [] });
    const dag = dagOf(unit, films, people, raw);
    expect(dag.inputsOf('films')).toEqual(['people', 'raw_films']);
    expect(dag.queryInputsOf('films')).toEqual(['raw_films']);
    expect(dag.consumersOf('films')).toEqual(['films_unit']);
    expect(dag.inOrder(dag.project.nodes.keys())).toEqual(['people', 'raw_films', 'films', 'films_unit']);
    expect([...dag.reach('people', 'down')]).toEqual(['films', 'films_unit']);
    expect([...dag.reach('films_unit', 'up', 1)]).toEqual(['films']);
  });

  it('counts what is read in increments, in any dialect and under any value of a variable that is asked for', () => {
    const since = variable({ name: 'since', type: 'int', default: 1 });
    const a = aModel('a', n, sql`select 1 as n`);
    const b = aModel('b', n, sql`select 1 as n`);
    const c = aModel('c', n, sql`select 1 as n`);
    const d = aModel(
      'd',
      n,
      sql`select n from ${a} ${since.when(() => sql`union all select n from ${b}`)} ${whenIncremental(sql`union all select n from ${c}`)}`,
    );
    expect(dagOf(a, b, c, d, since).inputsOf('d')).toEqual(['a', 'b', 'c']);
  });

  it('puts up with a model that refers to itself, by a test or in its increments', () => {
    const tree = aModel(
      'tree',
      { id: integer(), parent: integer().nullable().referencesSelf('id') },
      sql`select 1 as id, null::bigint as parent ${whenIncremental(sql`from ${thisModel}`)}`,
    );
    expect(dagOf(tree).inputsOf('tree')).toEqual([]);
  });

  it('sees a model that is read but was not gathered', () => {
    const lost = aModel('lost', n, sql`select 1 as n`);
    const found = aModel('found', n, sql`select n from ${lost}`);
    expect(thrownBy(() => dagOf(found))).toMatchObject({
      code: 'NODE_NOT_GATHERED',
      message: "'lost' is read but belongs to no gathered package.",
    });
  });
});

describe('a cycle', () => {
  it('of queries and tests is an error that prints its path with files', () => {
    const child: Column = integer().references(() => c as Relation, 'n');
    const a: Model = aModel('a', { n: child }, sql`select 1 as n`);
    const b = aModel('b', n, sql`select n from ${a}`);
    const c = aModel('c', n, sql`select n from ${b}`);
    expect(thrownBy(() => dagOf(a, b, c))).toMatchObject({
      code: 'CYCLE',
      exitCode: 2,
      message: `Nodes read each other in a circle: a (${here}) → b (${here}) → c (${here}) → a (${here}).`,
      hint: 'Take one of these references out; a relationships test counts as a reference.',
    });
  });

  it('through ephemeral models is told the same way', () => {
    const a: Model = aModel('a', n, sql`select n from ${later(() => b)}`, { materialized: ephemeral() });
    const b: Model = aModel('b', n, sql`select n from ${a}`, { materialized: ephemeral() });
    const error = thrownBy(() => dagOf(a, b)) as ProjectError;
    expect(error).toMatchObject({ code: 'CYCLE' });
    expect(error.message).toContain(`a (${here}) → b (${here}) → a (${here})`);
  });

  it('of one model that reads itself is one', () => {
    const a: Model = aModel('a', n, sql`select n from ${later(() => a)}`);
    expect((thrownBy(() => dagOf(a)) as ProjectError).message).toContain(`a (${here}) → a (${here})`);
  });
});
