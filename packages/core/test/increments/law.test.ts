import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Lab, nodeOf, openLab } from '../support/lab.js';
import type { InlineRow } from '../support/rows-loader.js';
import { ratingsProject } from './ratings-project.js';

interface Rating {
  readonly user_id: number;
  readonly movie_id: number;
  readonly rating: number;
  readonly rated_at: string;
}

/** What is delivered, by key. */
interface Delivered {
  readonly ratings: ReadonlyMap<string, Rating>;
  readonly movies: ReadonlyMap<number, string>;
}

const user = fc.integer({ min: 1, max: 6 });
const movie = fc.integer({ min: 1, max: 6 });
const rating = fc.record({
  user_id: user,
  movie_id: movie,
  rating: fc.integer({ min: 1, max: 10 }).map((half) => half / 2),
  rated_at: fc
    .integer({ min: 0, max: 72 })
    .map((hours) => new Date(Date.UTC(2020, 0, 1, hours)).toISOString().slice(0, 19).replace('T', ' ')),
});
const movies = fc.dictionary(movie.map(String), fc.constantFrom('a', 'b', 'c'), { maxKeys: 6 });

type Change = (before: Delivered) => Delivered;

const put =
  (ratings: readonly Rating[]): Change =>
  (before) => ({
    ...before,
    ratings: new Map([
      ...before.ratings,
      ...ratings.map((one) => [`${one.user_id}-${one.movie_id}`, one] as const),
    ]),
  });

/** New, late and corrected ratings; the same once more; deleted ones; other genres; other movies. */
const change: fc.Arbitrary<Change> = fc.oneof(
  { weight: 4, arbitrary: fc.array(rating, { minLength: 1, maxLength: 5 }).map(put) },
  { weight: 1, arbitrary: fc.constant<Change>((before) => before) },
  {
    weight: 2,
    arbitrary: fc.array(fc.nat(40), { minLength: 1, maxLength: 4 }).map(
      (indexes): Change =>
        (before) => {
          const kept = [...before.ratings].filter((_, index) => !indexes.includes(index));
          return { ...before, ratings: new Map(kept) };
        },
    ),
  },
  {
    weight: 2,
    arbitrary: movies.map(
      (changed): Change =>
        (before) => ({
          ...before,
          movies: new Map([
            ...before.movies,
            ...Object.entries(changed).map(([id, genres]) => [Number(id), genres] as const),
          ]),
        }),
    ),
  },
  {
    weight: 1,
    arbitrary: movie.map(
      (id): Change =>
        (before) => ({ ...before, movies: new Map([...before.movies].filter(([key]) => key !== id)) }),
    ),
  },
);

interface Step {
  readonly changes: readonly Change[];
  readonly minMovie: number;
  readonly plus: number;
  /** Which nodes are built; everything where it says nothing. */
  readonly select: readonly string[] | undefined;
}

const step: fc.Arbitrary<Step> = fc.record({
  changes: fc.array(change, { maxLength: 2 }),
  minMovie: fc.oneof(
    { weight: 6, arbitrary: fc.constant(0) },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: 3 }) },
  ),
  plus: fc.oneof({ weight: 6, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.constant(1) }),
  select: fc.oneof(
    { weight: 4, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.constantFrom(['+src_ratings'], ['+users'], ['+daily'], ['+fact']) },
  ),
});

const TABLES = ['src_ratings', 'users', 'daily', 'fact', 'by_movie'];

function rowsOf({ ratings, movies: known }: Delivered): Record<string, readonly InlineRow[]> {
  return {
    raw_ratings: [...ratings.values()].map((one) => ({ ...one })),
    raw_movies: [...known].map(([movie_id, genres]) => ({ movie_id, genres })),
  };
}

async function tables(lab: Lab): Promise<Record<string, unknown>> {
  const found: Record<string, unknown> = {};
  for (const name of TABLES) found[name] = await lab.rows(`lab.${name}`);
  return found;
}

async function refreshed(delivered: Delivered, { minMovie, plus }: Step): Promise<Record<string, unknown>> {
  const lab = await openLab();
  const built = await lab.build(ratingsProject({ by: 'refresh', plus }), {
    rows: rowsOf(delivered),
    variables: { min_movie: minMovie },
  });
  expect(built.status).toBe('ok');
  return tables(lab);
}

const RUNS = Number(process.env.MATINEE_PROPERTY_RUNS ?? 4);

describe('an incremental table', () => {
  it('equals its full refresh after any changes', { timeout: RUNS * 20_000 }, async () => {
    let increments = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(rating, { maxLength: 25 }),
        movies,
        fc.array(step, { minLength: 1, maxLength: 5 }),
        fc.constantFrom(1, 0.5),
        async (ratings, genres, steps, maxShare) => {
          const lab = await openLab();
          let delivered = put(ratings)({
            ratings: new Map(),
            movies: new Map(Object.entries(genres).map(([id, text]) => [Number(id), text])),
          });
          const build = (plus: number, minMovie: number, select?: readonly string[]) =>
            lab.build(ratingsProject({ by: 'changes', maxShare, plus }), {
              rows: rowsOf(delivered),
              variables: { min_movie: minMovie },
              ...(select && { select }),
            });
          expect((await build(0, 0)).status).toBe('ok');
          for (const next of steps) {
            delivered = next.changes.reduce((before, one) => one(before), delivered);
            if (next.select) expect((await build(next.plus, next.minMovie, next.select)).status).toBe('ok');
            else {
              const result = await build(next.plus, next.minMovie);
              expect(result.status).toBe('ok');
              increments += result.nodes.filter((node) => node.increment).length;
              expect(await tables(lab)).toEqual(await refreshed(delivered, next));
            }
          }
          const last = steps.at(-1) as Step;
          expect((await build(last.plus, last.minMovie)).status).toBe('ok');
          expect(await tables(lab)).toEqual(await refreshed(delivered, last));
          expect((await lab.stored()).filter((name) => name.includes('__'))).toEqual([]);
        },
      ),
      { numRuns: RUNS },
    );
    expect(increments).toBeGreaterThan(RUNS / 2);
  });
});

const base: Delivered = {
  ratings: put(
    [1, 2, 3].flatMap((user_id) =>
      [1, 2].map((movie_id) => ({ user_id, movie_id, rating: 3, rated_at: '2020-01-01 10:00:00' })),
    ),
  )({ ratings: new Map(), movies: new Map() }).ratings,
  movies: new Map([
    [1, 'a'],
    [2, 'b'],
  ]),
};

describe('an increment', () => {
  it('computes the rows that a change touches, and no others', async () => {
    const lab = await openLab();
    const project = ratingsProject({ by: 'changes' });
    await lab.build(project, { rows: rowsOf(base) });
    const corrected = put([{ user_id: 2, movie_id: 1, rating: 5, rated_at: '2020-01-01 10:00:00' }])(base);
    const result = await lab.build(project, { rows: rowsOf(corrected) });
    expect(nodeOf(result, 'src_ratings')).toMatchObject({
      action: 'increment',
      increment: { touchedRows: 1, newRows: 1 },
    });
    expect(nodeOf(result, 'daily').increment).toEqual({ touchedRows: 1, newRows: 1 });
    // The profile of user 2 has changed, and so both of its rows are computed.
    expect(nodeOf(result, 'fact').increment).toEqual({ touchedRows: 2, newRows: 2 });
    // One row of the fact is another; the other came out as it was.
    expect(nodeOf(result, 'by_movie').increment).toEqual({ touchedRows: 1, newRows: 1 });
  });

  it('gives way to a full rebuild, and says so, when it touches too much', async () => {
    const lab = await openLab();
    const project = ratingsProject({ by: 'changes', maxShare: 0.4 });
    await lab.build(project, { rows: rowsOf(base) });
    const moved = { ...base, movies: new Map([[1, 'x']]) };
    const result = await lab.build(project, { rows: rowsOf(moved) });
    expect(nodeOf(result, 'fact')).toMatchObject({
      action: 'create',
      increment: undefined,
      reason: 'input changed: src_movies; in full, for its inputs touch 100 % of its rows',
    });
  });

  it('gives way to a full rebuild when a view that it reads has changed', async () => {
    const lab = await openLab();
    await lab.build(ratingsProject({ by: 'changes' }), { rows: rowsOf(base) });
    await lab.session.execute(
      'update _matinee.node_versions set base = replace(base, \'"between":"\', \'"between":"x\')',
    );
    const corrected = put([{ user_id: 2, movie_id: 1, rating: 5, rated_at: '2020-01-01 10:00:00' }])(base);
    const result = await lab.build(ratingsProject({ by: 'changes' }), { rows: rowsOf(corrected) });
    expect(nodeOf(result, 'fact').reason).toContain('a view that it reads has changed');
  });

  it('goes on from changes of several builds, and drops those that all models have read', async () => {
    const lab = await openLab();
    const project = ratingsProject({ by: 'changes' });
    await lab.build(project, { rows: rowsOf(base) });
    let delivered = base;
    for (const value of [1, 2]) {
      delivered = put([{ user_id: value, movie_id: 1, rating: 1, rated_at: '2020-01-01 10:00:00' }])(
        delivered,
      );
      await lab.build(project, { rows: rowsOf(delivered), select: ['+src_ratings'] });
    }
    expect(
      await lab.query("select count(*) as n from _matinee.change_feeds where node = 'src_ratings'"),
    ).toEqual([{ n: 2 }]);
    const result = await lab.build(project, { rows: rowsOf(delivered) });
    expect(nodeOf(result, 'daily').increment).toEqual({ touchedRows: 2, newRows: 2 });
    expect(await lab.query('select count(*) as n from _matinee.change_feeds')).toEqual([{ n: 0 }]);
    const [{ name } = { name: '' }] = await lab.query(
      "select table_name as name from information_schema.tables where table_schema = '_matinee_feeds' and starts_with(table_name, 'src_ratings')",
    );
    expect(await lab.query(`select count(*) as n from _matinee_feeds.${name}`)).toEqual([{ n: 0 }]);
  });
});
