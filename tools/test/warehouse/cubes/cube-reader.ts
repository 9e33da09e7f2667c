import type { DuckDBConnection } from '@duckdb/node-api';
import { lit, type Renderable, renderSql } from '@matinee/core';
import fc from 'fast-check';
import {
  fctUserBehaviourGenres,
  fctUserBehaviourGenresConcat,
  intMovieGenres,
} from '../../../../packages/models-audience/src/index.js';
import {
  fctTagPerformance,
  intMovieRatingStats,
  intTagMovieLink,
} from '../../../../packages/models-content/src/index.js';
import {
  fctMovieRecommendations,
  movieRecommendationsSnapshot,
} from '../../../../packages/models-recommendation/src/index.js';
import { srcMovies } from '../../../../packages/models-staging/src/index.js';
import { groupBy } from '../oracle/group.js';

const DAY = 86_400_000;
const SEED = 20;

const schemas: Readonly<Record<string, string>> = {
  [srcMovies.name]: 'staging',
  [intMovieGenres.name]: 'audience',
  [fctUserBehaviourGenres.name]: 'audience',
  [fctUserBehaviourGenresConcat.name]: 'audience',
  [fctTagPerformance.name]: 'content',
  [intTagMovieLink.name]: 'content',
  [intMovieRatingStats.name]: 'content',
  [fctMovieRecommendations.name]: 'recommendation',
  [movieRecommendationsSnapshot.name]: 'snapshots',
};

export type Cell = number | string | null;
export type Cells = readonly Cell[];
export type CubeRow = Readonly<Record<string, Cell>>;

/** Days, both included. */
export interface Range {
  readonly from: string;
  readonly to: string;
}

/** Reads a warehouse, cubes as rows and marts by queries. */
export class CubeReader {
  readonly #connection: DuckDBConnection;

  constructor(connection: DuckDBConnection) {
    this.#connection = connection;
  }

  async rows(relation: string): Promise<CubeRow[]> {
    const result = await this.#connection.runAndReadAll(`select * from ${relation}`);
    return result
      .getRowObjects()
      .map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plain(value)])));
  }

  async query(query: Renderable): Promise<Cells[]> {
    const result = await this.#connection.runAndReadAll(textOf(query));
    return result.getRows().map((row) => row.map(plain));
  }
}

/** The first difference between rows in any order, as a sentence; doubles are equal within ten digits. */
export function differences(of: string, cube: readonly Cells[], marts: readonly Cells[]): string[] {
  const [found, expected] = [written(cube), written(marts)];
  for (let at = 0; at < Math.max(found.length, expected.length); at++)
    if (found[at] !== expected[at]) return [`${of}: cubes say ${found[at]}, marts ${expected[at]}`];
  return [];
}

function written(rows: readonly Cells[]): string[] {
  const cell = (value: Cell) => (typeof value === 'number' ? Number(value.toPrecision(10)) : value);
  return rows.map((row) => row.map(cell).join(' | ')).sort();
}

/** Filters that are the same in every run. */
export function someOf<T>(filters: fc.Arbitrary<T>, count: number): T[] {
  return fc.sample(filters, { numRuns: count, seed: SEED });
}

/** Ranges from days before the first to days after the last; many begin or end with a day that has rows, or the next. */
export function rangesOver(rows: readonly CubeRow[]): fc.Arbitrary<Range> {
  const days = [...new Set(rows.map(({ rating_day }) => Date.parse(String(rating_day)) / DAY))].sort(
    (a, b) => a - b,
  );
  const [first = 0, last = 0] = [days.at(0), days.at(-1)];
  const active = fc.constantFrom(...days, ...days.map((day) => day + 1));
  const day = fc.oneof(fc.integer({ min: first - 3, max: last + 3 }), { weight: 3, arbitrary: active });
  const text = (number: number) => new Date(number * DAY).toISOString().slice(0, 10);
  return fc.tuple(day, day).map(([a, b]) => ({ from: text(Math.min(a, b)), to: text(Math.max(a, b)) }));
}

export function isIn({ rating_day }: CubeRow, { from, to }: Range): boolean {
  return String(rating_day) >= from && String(rating_day) <= to;
}

/** How many distinct things are active in a range, by the rule of `activityDays`. */
export function distinct(rows: readonly CubeRow[], range: Range, column: string): number {
  const start = Date.parse(range.from);
  const first = (row: CubeRow) =>
    Number(row.days_since_previous) > (Date.parse(String(row.rating_day)) - start) / DAY;
  return total(
    rows.filter((row) => isIn(row, range) && first(row)),
    column,
  );
}

export function total(rows: readonly CubeRow[], column: string): number {
  return rows.reduce((sum, row) => sum + Number(row[column]), 0);
}

/** One row for each combination of values: these, then what is computed of the group. */
export function grouped(
  rows: readonly CubeRow[],
  columns: readonly string[],
  compute: (rows: readonly CubeRow[]) => Cells,
): Cells[] {
  const groups = groupBy(rows, (row) => JSON.stringify(columns.map((column) => row[column])));
  return Array.from(groups, ([key, of]) => [...(JSON.parse(key) as Cell[]), ...compute(of)]);
}

/** A condition that a column is one of some values; of none it never is. */
export function anyOf(column: string, values: readonly (string | number)[]): Renderable {
  const list = values.map((value) => textOf(lit(value))).join(', ');
  return { [renderSql]: () => (values.length === 0 ? 'false' : `${column} in (${list})`) };
}

function textOf(query: Renderable): string {
  return query[renderSql]({
    dialect: 'duckdb',
    incremental: false,
    relation: ({ name }) => `${schemas[name]}.${name}`,
    self: () => '',
    variable: (_, fallback) => fallback,
  });
}

function plain(value: unknown): Cell {
  if (value === null || typeof value === 'number') return value;
  return typeof value === 'bigint' ? Number(value) : String(value);
}
