import { describe, expect, it } from 'vitest';
import {
  type Columns,
  Fingerprints,
  incremental,
  integer,
  type Materialization,
  mapped,
  type Sql,
  sql,
  table,
  text,
  thisModel,
  type VariableValue,
  variable,
  whenIncremental,
} from '../support/internals.js';
import { aModel, aSource, idAndName } from '../support/nodes.js';
import { projectOf } from '../support/project.js';

const raw = aSource('raw_films', idAndName);
const year = variable({ name: 'year', type: 'int', default: 1995 });
const other = variable({ name: 'other', type: 'int', default: 1 });

interface Change {
  readonly query?: Sql;
  readonly columns?: Columns;
  readonly materialized?: Materialization;
  readonly values?: Readonly<Record<string, VariableValue>>;
}

function fingerprintOf({
  query,
  columns = idAndName,
  materialized = table(),
  values = {},
}: Change = {}): string {
  const films = aModel('films', columns, query ?? sql`select id, name from ${raw} where id > ${year}`, {
    materialized,
  });
  const project = projectOf(raw, films, year, other);
  const fingerprints = new Fingerprints({ project, dialect: 'duckdb', variables: values });
  return fingerprints.of(project.get('films') as Parameters<Fingerprints['of']>[0]).fingerprint;
}

describe('the fingerprint of a model', () => {
  it.each<[string, Change]>([
    [
      'comments and formatting',
      {
        query: sql`select id,name -- both
      from ${raw} /* where */ where id > ${year}`,
      },
    ],
    ['the description of a column', { columns: { id: integer().describe('x'), name: text() } }],
    ['the value of a variable that it does not read', { values: { other: 2 } }],
    ['a default that is stated', { values: { year: 1995 } }],
  ])('is unaffected by %s', (_what, change) => {
    expect(fingerprintOf(change)).toBe(fingerprintOf());
  });

  it.each<[string, Change]>([
    ['its SQL', { query: sql`select id, name from ${raw} where id >= ${year}` }],
    ['a type in its contract', { columns: { id: text(), name: text() } }],
    ['what may be null', { columns: { id: integer(), name: text().nullable() } }],
    ['accepted values', { columns: { id: integer(), name: text().acceptedValues(['a']) } }],
    ['the order of its columns', { columns: { name: text(), id: integer() } }],
    ['its materialization', { materialized: incremental() }],
    ['the value of a variable that it reads', { values: { year: 1996 } }],
  ])('changes with %s', (_what, change) => {
    expect(fingerprintOf(change)).not.toBe(fingerprintOf());
  });

  it('changes with the part of its SQL that stands in increments only', () => {
    const query = (limit: number) =>
      sql`select id, name from ${raw} ${whenIncremental(sql`where id > (select max(id) - ${limit} from ${thisModel})`)}`;
    expect(fingerprintOf({ query: query(1) })).not.toBe(fingerprintOf({ query: query(2) }));
  });

  it('tells texts apart that differ in blanks only', () => {
    const query = (literal: Sql) => sql`select id, ${literal} as name from ${raw}`;
    expect(fingerprintOf({ query: query(sql`'a  b'`) })).not.toBe(
      fingerprintOf({ query: query(sql`'a b'`) }),
    );
  });
});

describe('the fingerprint of a model that maps its inputs', () => {
  const mapping = (source: Parameters<typeof mapped>[0]) => {
    const films = aModel('films', idAndName, sql`select id, name from ${raw}`, {
      key: ['id'],
      materialized: incremental({ inputs: [mapped(source, { id: 'id' })] }),
    });
    const project = projectOf(raw, films);
    const fingerprints = new Fingerprints({ project, dialect: 'duckdb', variables: {} });
    return fingerprints.of(project.get('films') as Parameters<Fingerprints['of']>[0]).fingerprint;
  };

  it('holds what is mapped, and not where or how the input is declared', () => {
    const columns = { id: integer().describe('Another text.'), name: text() };
    const elsewhere = aSource('raw_films', columns, { key: ['id'] });
    const here = aSource('raw_films', idAndName, { key: ['id'] });
    expect(mapping(elsewhere)).toBe(mapping(here));
    expect(mapping(aSource('raw_others', idAndName, { key: ['id'] }))).not.toBe(mapping(here));
  });
});
