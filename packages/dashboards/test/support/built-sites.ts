import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { copyFilms, hasRealData, MANY, realData } from '../../../../tools/test/films.js';
import { generateFilms } from '../../../../tools/test/generate-films.js';
import { runMatinee } from '../../../../tools/test/warehouse/command-line.js';

/** A warehouse, and the site that was written from it. */
export interface BuiltSite {
  readonly database: string;
  readonly folder: string;
}

export interface BuiltSites {
  /** With the variables as they are by default: on the small set no tag reaches enough movies. */
  readonly thin: BuiltSite;
  /** The same warehouse after a second build, with all ratings and lower thresholds: no table is empty. */
  readonly full: BuiltSite;
  remove(): void;
}

/** Builds the warehouse of the small MovieLens set, or of a generated sample where that is not at hand, and its sites. */
export async function buildSites(): Promise<BuiltSites> {
  const temporary = mkdtempSync(join(tmpdir(), 'matinee-dashboards-'));
  const source = await findSource(temporary);
  const database = join(temporary, 'warehouse.duckdb');
  const build = async (name: string, variables: object): Promise<BuiltSite> => {
    const vars = ['--vars', JSON.stringify(variables)];
    const environment = { MATINEE_DATABASE: database };
    await runMatinee(['build', '--source', source, ...vars], environment);
    const folder = join(temporary, name);
    await runMatinee(['site', 'build', '--out', folder, ...vars], environment);
    const copy = join(temporary, `${name}.duckdb`);
    cpSync(database, copy);
    return { database: copy, folder };
  };
  const thin = await build('thin', {});
  const full = await build('full', { ratings_since: null, min_tag_movies: 5 });
  return { thin, full, remove: () => rmSync(temporary, { recursive: true, force: true }) };
}

/** All of the films if MATINEE_REAL_DATA names them. */
async function findSource(temporary: string): Promise<string> {
  if (process.env.MATINEE_REAL_DATA) return realData;
  if (hasRealData) {
    const films = join(temporary, 'films');
    await copyFilms(films, MANY);
    return films;
  }
  return generateFilms(join(temporary, 'sample'), ['--ratings', '60000']);
}
