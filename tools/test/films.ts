/** Real films to build the warehouse from: part of them, for most rows of their large files are all alike. */
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from './support.js';

export const realData = process.env.MATINEE_REAL_DATA ?? join(root, '../shared/data/movielens-small');
export const hasRealData = existsSync(join(realData, 'ratings.csv'));
if (!hasRealData)
  console.warn(
    `\n*** SKIPPED: the warehouse of real data. There is no ${realData}; set MATINEE_REAL_DATA to MovieLens files. ***\n`,
  );

/** The highest numbers of what is taken. */
interface Share {
  readonly movies: number;
  readonly users: number;
  /** Of the tag genome. */
  readonly tags: number;
}

/** All movies, a seventh of the ratings, a twentieth of the genome. */
export const MANY: Share = { movies: Number.POSITIVE_INFINITY, users: 100, tags: 60 };
/** A few thousand ratings; no mart is empty. */
export const FEW: Share = { movies: 600, users: 150, tags: 60 };

/** Writes to a folder the real films with low numbers, and what the users with low numbers said of them. */
export async function copyFilms(folder: string, { movies, users, tags }: Share): Promise<void> {
  await mkdir(folder, { recursive: true });
  const isSome = ([movie]: readonly string[]) => Number(movie) <= movies;
  const kept: Readonly<Record<string, (fields: readonly string[]) => boolean>> = {
    'movies.csv': isSome,
    'links.csv': isSome,
    'ratings.csv': ([user, movie = '']) => Number(user) <= users && isSome([movie]),
    'tags.csv': ([, movie = '']) => isSome([movie]),
    'genome-tags.csv': () => true,
    'genome-scores.csv': ([movie = '', tag]) => isSome([movie]) && Number(tag) <= tags,
  };
  for (const [file, isKept] of Object.entries(kept)) {
    const [header = '', ...lines] = (await readFile(join(realData, file), 'utf8')).split(/(?<=\n)/);
    const some = lines.filter((line) => isKept(line.split(',', 3)));
    await writeFile(join(folder, file), [header, ...some].join(''));
  }
}
