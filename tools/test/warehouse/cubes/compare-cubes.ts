/**
 * Cubes against marts under random filters. The cubes' side is plain TypeScript over all rows of a cube, as a page computes
 * it; the marts' side is SQL with their measures.
 */
import type { DuckDBConnection } from '@duckdb/node-api';
import { compareAudience } from './audience.js';
import { compareCohorts } from './cohorts.js';
import { CubeReader } from './cube-reader.js';
import { compareDistinctCounts } from './distinct-counts.js';
import { compareGenreMovies } from './genre-movies.js';
import { compareHistoryCube } from './history.js';
import { compareTags } from './tags.js';

/** All differences, as sentences. */
export async function compareCubes(connection: DuckDBConnection): Promise<string[]> {
  const reader = new CubeReader(connection);
  const found: string[] = [];
  for (const compare of [
    compareAudience,
    compareDistinctCounts,
    compareCohorts,
    compareGenreMovies,
    compareTags,
    compareHistoryCube,
  ])
    found.push(...(await compare(reader)));
  return found;
}
