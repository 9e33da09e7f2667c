import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runMatinee } from './command-line.js';
import { compareRows, compareWarehouse, reading } from './compare.js';
import { compareHistory } from './compare-history.js';
import { compareCubes } from './cubes/compare-cubes.js';
import { analysisRows } from './oracle/analyses.js';
import { type Delivery, readDelivery } from './oracle/delivery.js';
import { type HistoryRow, nextHistory } from './oracle/history.js';
import { recommendations } from './oracle/recommendation.js';
import { historyCube, snapshotTable } from './oracle/snapshot.js';
import { withinBounds } from './oracle/staging.js';
import type { Cell } from './oracle/table.js';
import { defaultVariables, type Variables } from './oracle/variables.js';
import { expectedWarehouse } from './oracle/warehouse.js';

/** Milliseconds for one build and the comparison of every row. */
const patience = 300_000;

/** Variables under which no mart is thin or empty, on the small set either. */
export const allRatings = { ratings_since: null, min_tag_movies: 5 };

/** Builds one warehouse with each of the variables in turn and compares all of it after each build. */
export function buildsAsExpected(
  prepare: (temporary: string) => Promise<string>,
  runs: readonly Partial<Variables>[],
): void {
  let temporary: string;
  let database: string;
  let folder: string;
  let delivery: Delivery;
  let history: readonly HistoryRow[] = [];

  beforeAll(async () => {
    temporary = await mkdtemp(join(tmpdir(), 'matinee-warehouse-'));
    database = join(temporary, 'w.duckdb');
    folder = await prepare(temporary);
    delivery = readDelivery(folder);
  });

  afterAll(async () => {
    await rm(temporary, { recursive: true, force: true });
  });

  function matinee(command: string, args: readonly string[]): Promise<string> {
    return runMatinee([command, ...args], { MATINEE_DATABASE: database });
  }

  describe.each(runs.map((vars, index) => ({ vars, build: index + 1, json: JSON.stringify(vars) })))(
    'build $build with $json',
    ({ vars, build, json }) => {
      const variables = { ...defaultVariables, ...vars };

      it(
        'gives every table, view, column and row',
        async () => {
          await matinee('build', ['--source', folder, '--vars', json]);
          const expected = [...expectedWarehouse(delivery, variables), snapshotTable, historyCube];
          expect(await reading(database, (connection) => compareWarehouse(connection, expected))).toEqual([]);
        },
        patience,
      );

      it('continues the snapshot', async () => {
        history = nextHistory(history, recommendations(withinBounds(delivery, variables)), build);
        expect(await reading(database, (connection) => compareHistory(connection, history))).toEqual([]);
      });

      it(
        'answers from cubes what the marts answer, under random filters',
        async () => {
          expect(await reading(database, compareCubes)).toEqual([]);
        },
        patience,
      );

      const analyses = [
        'top_5_genres_high_engagement',
        'top_5_grouped_genres_high_engagement',
        'top_5_movies_by_category',
      ] as const;

      it.each(analyses)('answers %s', async (name) => {
        const output = await matinee('show', [name, '--vars', json, '--limit', '100', '--json']);
        const lines = output.split('\n').filter((line) => line !== '');
        const rows = lines.map((line) => JSON.parse(line) as Record<string, Cell>);
        const expected = analysisRows(withinBounds(delivery, variables))[name];
        const actual = rows.map((row) => Object.values(row));
        expect(compareRows(actual, expected, Object.keys(rows[0] ?? {}))).toEqual([]);
      });
    },
  );
}
