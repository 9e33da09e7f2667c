import { describe, expect, it } from 'vitest';
import {
  average,
  count,
  countDistinct,
  type DeclaredMeasures,
  integer,
  type Model,
  type ModelOptions,
  model,
  ratio,
  sql,
  sum,
  table,
  text,
  weightedAverage,
} from '../../src/index.js';
import { dagOf, projectOf, thrownBy } from '../support/project.js';
import { sales } from './support.js';

const d = { description: '' };
const base = {
  name: 'films',
  description: '',
  materialized: table(),
  columns: { id: integer(), title: text() },
  query: sql`select 1 as id, 'x' as title`,
} as const;

/** A model whose measures the compiler does not look at. */
function unchecked(measures: DeclaredMeasures): Model {
  return model({ ...base, measures } as unknown as ModelOptions<typeof base.columns>);
}

const problem = (measures: DeclaredMeasures) => thrownBy(() => projectOf(unchecked(measures)));

describe('what of a measure does not compile', () => {
  it('is a column that is not there', () => {
    model({ ...base, measures: { films: countDistinct('id', d), titles: countDistinct('title', d) } });
    // @ts-expect-error
    const wrong = model({ ...base, measures: { films: countDistinct('film_id', d) } });
    expect(wrong.measures.films.aggregate.column).toBe('film_id');
  });

  it('is a sum or average of what is no number', () => {
    model({ ...base, measures: { ids: sum('id', d) } });
    // @ts-expect-error
    model({ ...base, measures: { titles: sum('title', d) } });
    // @ts-expect-error
    model({ ...base, measures: { titles: average('title', d) } });
    // @ts-expect-error
    const wrong = model({ ...base, measures: { x: weightedAverage({ value: 'id', weight: 'title' }, d) } });
    expect(wrong.measures.x.name).toBe('x');
  });

  it('is a ratio of measures that are not there', () => {
    model({ ...base, measures: { films: count(d), ids: sum('id', d), x: ratio('ids', 'films', d) } });
    // @ts-expect-error
    const wrong = model({ ...base, measures: { films: count(d), x: ratio('ids', 'films', d) } });
    expect(wrong.measures.films.name).toBe('films');
  });

  it('is a measure that is read and was not declared', () => {
    // @ts-expect-error
    expect(sales.measures.turnover).toBeUndefined();
    // @ts-expect-error
    expect(model(base).measures.films).toBeUndefined();
  });
});

describe('a project refuses a measure', () => {
  it('of a column that is not there, or is no number', () => {
    expect(problem({ x: sum('nope', d) })).toMatchObject({
      code: 'NODE_INVALID',
      message: "The measure 'x' of 'films' names 'nope', which is no column of it.",
    });
    expect(problem({ x: average('title', d) })).toMatchObject({
      message: "The measure 'x' of 'films' computes with 'title', which is text and no number.",
    });
    expect(problem({ x: countDistinct('toString', d) })).toMatchObject({
      message: "The measure 'x' of 'films' names 'toString', which is no column of it.",
    });
  });

  it('called like a column, or not in snake case', () => {
    expect(problem({ id: count(d) })).toMatchObject({
      message: "The measure 'id' of 'films' is called like a column of it, which Power BI refuses.",
    });
    expect(problem({ theFilms: count(d) })).toMatchObject({
      message: "The measure 'theFilms' of 'films' is not called in lower snake case.",
    });
  });

  it('that divides what is not there, or a ratio', () => {
    expect(problem({ films: count(d), x: ratio('films', 'nope', d) })).toMatchObject({
      message: "The measure 'x' of 'films' names 'nope', which is no measure of it.",
    });
    const twice = { films: count(d), x: ratio('films', 'films', d), y: ratio('x', 'films', d) };
    expect(problem(twice)).toMatchObject({
      message: "The measure 'y' of 'films' divides 'x', which is a ratio itself: name what that one divides.",
    });
  });
});

it('a measure in a query is no edge of its own: the relation it is read from is', () => {
  const totals = model({
    ...base,
    name: 'totals',
    columns: { n: integer() },
    query: sql`select ${sales.measures.sales} as n from ${sales}`,
  });
  expect(dagOf(sales, totals).inputsOf('totals')).toEqual(['sales']);
});
