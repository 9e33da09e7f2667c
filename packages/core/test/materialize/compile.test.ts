import { describe, expect, it } from 'vitest';
import { analysis, compileNode, ephemeral, Namer, sql, text, unitTest, variable } from '../../src/index.js';
import { expectSql } from '../support/golden.js';
import { aModel, aSource, idAndName } from '../support/nodes.js';
import { projectOf } from '../support/project.js';

const raw = aSource('raw_films', idAndName);
const since = variable({ name: 'since', type: 'timestamp', default: null });
const seen = aModel(
  'seen',
  idAndName,
  sql`
  select id, name
  from ${raw}
  ${since.when((value) => sql`where seen_at >= ${value}`)}`,
  { materialized: ephemeral() },
);
const films = aModel(
  'films',
  { name: text() },
  sql`
    select name
    from ${seen}`,
);
const look = analysis({
  name: 'look',
  description: '',
  columns: idAndName,
  query: sql`select * from ${films}`,
});
const unit = unitTest({ name: 'unit', description: '', model: films, given: [], expected: [] });
const project = projectOf(raw, seen, films, look, unit, since);

const compile =
  (name: string, variables = {}) =>
  (dialect: 'duckdb' | 'snowflake') =>
    compileNode(project, project.get(name), new Namer(dialect, 'ann_'), variables);

describe('compiled SQL', () => {
  it('of a model is its query with its contract, ephemeral models inlined', () => {
    expectSql(compile('films', { since: '2020-01-01' }), {
      duckdb: `select
  cast("name" as varchar) as "name"
from (
with "__ephemeral_seen" as (
  select id, name
  from "ann_raw"."raw_films"
  where seen_at >= cast('2020-01-01' as timestamp)
)
select * from (
    select name
    from "__ephemeral_seen"
)
)`,
      snowflake: `select
  cast("NAME" as varchar) as "NAME"
from (
with "__EPHEMERAL_SEEN" as (
  select id, name
  from "ANN_RAW"."RAW_FILMS"
  where seen_at >= cast('2020-01-01' as timestamp)
)
select * from (
    select name
    from "__EPHEMERAL_SEEN"
)
)`,
    });
  });

  it('of a source selects its columns, of an analysis is its query', () => {
    expectSql(compile('raw_films'), {
      duckdb: 'select "id", "name"\nfrom "ann_raw"."raw_films"',
      snowflake: 'select "ID", "NAME"\nfrom "ANN_RAW"."RAW_FILMS"',
    });
    expect(compile('look')('duckdb')).toBe('select * from "ann_lab"."films"');
  });

  it('does not exist for unit tests', () => {
    expect(() => compile('unit')('duckdb')).toThrow("'unit' is a unit test and has no SQL of its own.");
  });

  it('of an ephemeral model is its own query', () => {
    expect(compile('seen')('duckdb')).toContain('from "ann_raw"."raw_films"');
  });
});
