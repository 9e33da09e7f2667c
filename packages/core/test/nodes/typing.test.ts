import { describe, expect, it } from 'vitest';
import {
  type Dialect,
  type GenericTest,
  given,
  incremental,
  integer,
  lit,
  macro,
  model,
  rowCount,
  type Sql,
  snapshot,
  source,
  sql,
  table,
  text,
  timestamp,
  unitTest,
} from '../../src/index.js';
import { aModel, idAndName } from '../support/nodes.js';
import { thrownBy } from '../support/project.js';

const query = sql`select 1 as id, 'x' as name`;
const options = { name: 'films', description: '', materialized: table(), query } as const;
const films = aModel('films', { id: integer(), name: text(), note: text().nullable() }, query);

describe('what does not compile', () => {
  it('is a reference to a column that is not there', () => {
    integer().references(() => films, 'id');
    // @ts-expect-error
    integer().references(() => films, 'film_id');
    expect(films.columns).not.toHaveProperty('film_id');
  });

  it('is a key of nullable or of unknown columns', () => {
    model({ ...options, columns: idAndName, key: ['id', 'name'] });
    // @ts-expect-error
    const nullable = model({ ...options, columns: { id: integer().nullable() }, key: ['id'] });
    // @ts-expect-error
    model({ ...options, columns: idAndName, key: ['nope'] });
    expect(nullable.columns.id.isNullable).toBe(true);
  });

  it('is no incremental model by a strategy that names no column', () => {
    const base = { name: 'm', description: '', columns: idAndName, key: ['id'], query } as const;
    const models = [
      model({ ...base, materialized: incremental({ strategy: 'append' }) }),
      model({ ...base, materialized: incremental({ strategy: 'merge', onSchemaChange: 'append' }) }),
      model({ ...base, materialized: incremental({ strategy: 'deleteInsert', deleteBy: ['id'] }) }),
    ];
    // @ts-expect-error
    model({ ...base, materialized: incremental({ strategy: 'deleteInsert', deleteBy: ['nope'] }) });
    expect(models.map(({ materialized }) => materialized.type)).toEqual(Array(3).fill('incremental'));
  });

  it('is a snapshot of unknown columns', () => {
    const strategy = { type: 'check', columns: ['nope'] } as const;
    // @ts-expect-error
    snapshot({ name: 's', description: '', columns: idAndName, key: ['id'], strategy, query });
    const columns = { id: integer().nullable() };
    const byId = { type: 'check', columns: ['id'] } as const;
    // @ts-expect-error
    const nullable = snapshot({ name: 's', description: '', columns, key: ['id'], strategy: byId, query });
    expect(nullable.naturalKey).toEqual(['id']);
  });

  it('is a shape of a file with columns that the source does not declare', () => {
    const shape = { name: 'plain', file: 'films.csv', header: ['id', 'title'] } as const;
    // @ts-expect-error
    const raw = source({ name: 'raw_films', description: '', columns: idAndName, shapes: [shape] });
    expect(raw.shapes).toEqual([shape]);
  });

  it('is freshness by a column that is no time', () => {
    const columns = { id: integer(), seen_at: timestamp().nullable() };
    const raw = { name: 'raw_films', description: '', columns, shapes: [] } as const;
    source({ ...raw, freshness: { warnAfter: { hours: 12 }, column: 'seen_at' } });
    // @ts-expect-error
    const wrong = source({ ...raw, freshness: { warnAfter: { hours: 12 }, column: 'id' } });
    expect(wrong.freshness?.column).toBe('id');
  });

  it('is a macro that lacks a dialect', () => {
    const body = (value: Sql) => sql`f(${value})`;
    // @ts-expect-error
    const partial: ReturnType<typeof macro> = macro('partial', { duckdb: body });
    macro('whole', { duckdb: body, snowflake: body });
    const dialect: Dialect = 'snowflake';
    expect([partial, dialect]).toHaveLength(2);
  });

  it('is a unit test with unknown columns or values of another type', () => {
    unitTest({
      name: 'u',
      description: '',
      model: films,
      given: [given(films, [{ id: 1n, note: null }])],
      expected: [{ id: 1 }],
    });
    // @ts-expect-error
    given(films, [{ id: 1, title: 'Heat' }]);
    // @ts-expect-error
    given(films, [{ id: 'one' }]);
    // @ts-expect-error
    unitTest({ name: 'u', description: '', model: films, given: [], expected: [{ title: 'Heat' }] });
    expect(films.columns.note.isNullable).toBe(true);
  });

  it('is a bare string in SQL, which is refused when it runs as well', () => {
    // @ts-expect-error
    const error = thrownBy(() => sql`select ${'id'}`);
    expect(error).toMatchObject({ code: 'SQL_VALUE' });
  });
});

describe('a snapshot', () => {
  const history = snapshot({
    name: 'film_history',
    description: '',
    columns: { id: integer(), seen: timestamp() },
    key: ['id'],
    strategy: { type: 'timestamp', updatedAt: 'seen' },
    tests: [rowCount({ min: 1 })],
    query,
  });

  it('has the history’s columns, and its id for a key', () => {
    expect(Object.keys(history.columns)).toEqual([
      'id',
      'seen',
      'scd_id',
      'updated_at',
      'valid_from',
      'valid_to',
    ]);
    expect(Object.keys(history.queryColumns)).toEqual(['id', 'seen']);
    expect([history.key, history.naturalKey]).toEqual([['scd_id'], ['id']]);
    expect(history.columns.valid_to.isNullable).toBe(true);
    integer().references(() => history, 'scd_id');
  });

  it('tests that each key has one open version, beside its own tests', () => {
    const [open, own] = history.tests as [GenericTest, GenericTest];
    expect(open.check).toEqual({ type: 'unique', columns: ['id'] });
    expect(open.options.name).toBe('unique_open_film_history_id');
    expect(open.options.where?.strings).toEqual(['valid_to is null']);
    expect(own.check).toEqual({ type: 'rowCount', min: 1 });
  });
});

describe('a column', () => {
  it('is never changed: every method gives another', () => {
    const plain = text();
    const full = plain.describe('A name.').nullable().unique().acceptedValues(['a']);
    expect([plain.isNullable, plain.description, plain.columnTests.length]).toEqual([false, '', 0]);
    expect([full.isNullable, full.description, full.values]).toEqual([true, 'A name.', ['a']]);
  });

  it('is described by the column that it references, unless it has words of its own', () => {
    const people = aModel('people', { id: integer().describe('Who it is.'), name: text() }, query);
    const authors = aModel('authors', { id: integer().references(() => people, 'id') }, query);
    const toAuthor = integer().references(() => authors, 'id');
    expect(authors.columns.id.description).toBe('Who it is.');
    expect(toAuthor.nullable().unique().description).toBe('Who it is.');
    expect(toAuthor.describe('Who wrote it.').description).toBe('Who wrote it.');
    expect(toAuthor.references(() => films, 'id').description).toBe('Who it is.');
    expect(text().references(() => people, 'name').description).toBe('');
  });

  it('gets a not-null test unless it is nullable, then those stated, in order', () => {
    const types = (column: { testsFor(name: string): readonly GenericTest[] }) =>
      column.testsFor('x').map(({ check }) => check.type);
    expect(
      types(
        integer()
          .unique()
          .references(() => films, 'id'),
      ),
    ).toEqual(['notNull', 'unique', 'relationships']);
    expect(types(text().acceptedValues(['a']).nullable())).toEqual(['acceptedValues']);
  });
});

it('declarations know their file and line', () => {
  const here = model({ ...options, columns: idAndName });
  expect(here.location?.file).toBe(import.meta.filename);
  expect(lit(1).value).toBe(1);
});
