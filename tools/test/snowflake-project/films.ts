/** The films that both targets are built from. */
import { existsSync } from 'node:fs';
import { cp, mkdir, open, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { inRepository } from '../warehouse/command-line.js';

export const realData = process.env.MATINEE_REAL_DATA ?? inRepository('../shared/data/movielens-small');
export const hasRealData = existsSync(join(realData, 'ratings.csv'));
if (!hasRealData)
  console.warn(
    `\n*** SKIPPED: the project on Snowflake. There is no ${realData}; set MATINEE_REAL_DATA to MovieLens files. ***\n`,
  );

const GENOME = 'genome-scores.csv';

/** Of the tag genome, to spare minutes: it is three of four rows, and all alike. */
const GENOME_BYTES = 600_000;

/** Copies the real films to a folder, with the beginning of their tag genome. */
export async function copyFilms(folder: string): Promise<void> {
  await cp(realData, folder, { recursive: true, filter: (path) => basename(path) !== GENOME });
  const [from, to] = [await open(join(realData, GENOME)), await open(join(folder, GENOME), 'w')];
  try {
    const { bytesRead, buffer } = await from.read(Buffer.alloc(GENOME_BYTES), 0, GENOME_BYTES, 0);
    const text = buffer.subarray(0, bytesRead);
    await to.writeFile(text.subarray(0, text.lastIndexOf(10) + 1));
  } finally {
    await from.close();
    await to.close();
  }
}

/** Of which so many come to a few thousand ratings, and no mart is empty. */
const [SOME_MOVIES, SOME_USERS, SOME_TAGS] = [600, 150, 60];

/** Writes to a folder the real films with low numbers, and what the users with low numbers said of them. */
export async function copySomeFilms(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const isSome = ([movie]: readonly string[]) => Number(movie) <= SOME_MOVIES;
  const kept: Readonly<Record<string, (fields: readonly string[]) => boolean>> = {
    'movies.csv': isSome,
    'links.csv': isSome,
    'ratings.csv': ([user, movie = '']) => Number(user) <= SOME_USERS && isSome([movie]),
    'tags.csv': ([, movie = '']) => isSome([movie]),
    'genome-tags.csv': () => true,
    [GENOME]: ([movie = '', tag]) => isSome([movie]) && Number(tag) <= SOME_TAGS,
  };
  for (const [file, isKept] of Object.entries(kept)) {
    const [header = '', ...lines] = (await readFile(join(realData, file), 'utf8')).split(/(?<=\n)/);
    const some = lines.filter((line) => isKept(line.split(',', 3)));
    await writeFile(join(folder, file), [header, ...some].join(''));
  }
}
