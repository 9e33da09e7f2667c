import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { epochSeconds } from './time.js';

export interface Delivery {
  readonly ratings: readonly { userId: number; movieId: number; rating: number; time: number }[];
  readonly tags: readonly { userId: number; movieId: number; tag: string; time: number }[];
  readonly movies: readonly { movieId: number; title: string; genres: string }[];
  readonly links: readonly { movieId: number; imdbId: string; tmdbId: number | null }[];
  readonly genomeScores: readonly { movieId: number; tagId: number; relevance: number }[];
  readonly genomeTags: readonly { tagId: number; tag: string }[];
}

type CsvRow = Readonly<Record<string, string>>;

/** Reads the six files of a folder in either published shape, plain or `.gz`. Times are epoch seconds. */
export function readDelivery(folder: string): Delivery {
  const read = (groupLens: string, kaggle: string, optional = false): Reader => {
    for (const [file, isKaggle] of [
      [groupLens, false],
      [kaggle, true],
    ] as const) {
      const bytes = readPlainOrGz(join(folder, file));
      if (bytes) return new Reader(bytes, isKaggle);
    }
    if (optional) return new Reader(Buffer.alloc(0), false);
    throw new Error(`${folder} holds neither ${groupLens} nor ${kaggle}`);
  };
  return {
    ratings: read('ratings.csv', 'rating.csv').keyed(['userId', 'movieId'], (row, reader) => ({
      userId: Number(row.userId),
      movieId: Number(row.movieId),
      rating: Number(row.rating),
      time: reader.time(row.timestamp!),
    })),
    tags: read('tags.csv', 'tag.csv').all((row, reader) => ({
      userId: Number(row.userId),
      movieId: Number(row.movieId),
      tag: reader.text(row.tag!),
      time: reader.time(row.timestamp!),
    })),
    movies: read('movies.csv', 'movie.csv').keyed(['movieId'], (row, reader) => ({
      movieId: Number(row.movieId),
      title: reader.text(row.title!),
      genres: reader.text(row.genres!),
    })),
    links: read('links.csv', 'link.csv').keyed(['movieId'], (row) => ({
      movieId: Number(row.movieId),
      imdbId: row.imdbId!.padStart(7, '0'),
      tmdbId: row.tmdbId === '' ? null : Number(row.tmdbId),
    })),
    genomeScores: read('genome-scores.csv', 'genome_scores.csv', true).keyed(['movieId', 'tagId'], (row) => ({
      movieId: Number(row.movieId),
      tagId: Number(row.tagId),
      relevance: Number(row.relevance),
    })),
    genomeTags: read('genome-tags.csv', 'genome_tags.csv', true).keyed(['tagId'], (row, reader) => ({
      tagId: Number(row.tagId),
      tag: reader.text(row.tag!),
    })),
  };
}

function readPlainOrGz(path: string): Buffer | undefined {
  if (existsSync(path)) return readFileSync(path);
  return existsSync(`${path}.gz`) ? gunzipSync(readFileSync(`${path}.gz`)) : undefined;
}

class Reader {
  readonly #rows: readonly CsvRow[];
  readonly #isKaggle: boolean;

  constructor(bytes: Buffer, isKaggle: boolean) {
    this.#isKaggle = isKaggle;
    this.#rows = parse(bytes, { columns: true, escape: isKaggle ? '\\' : '"' });
  }

  /** One quote inside a Kaggle field is written as two. */
  text(value: string): string {
    return this.#isKaggle ? value.replaceAll('""', '"') : value;
  }

  time(value: string): number {
    return this.#isKaggle ? epochSeconds(value) : Number(value);
  }

  all<T>(convert: (row: CsvRow, reader: Reader) => T): T[] {
    return this.#rows.map((row) => convert(row, this));
  }

  /** Identical rows of one key collapse; different ones are rejects, which these deliveries do not have. */
  keyed<T>(key: readonly string[], convert: (row: CsvRow, reader: Reader) => T): T[] {
    const rows = new Map<string, T>();
    for (const row of this.#rows) {
      const id = key.map((column) => row[column]).join();
      const converted = convert(row, this);
      const known = rows.get(id);
      if (known && JSON.stringify(known) !== JSON.stringify(converted)) {
        throw new Error(`the delivery holds two different rows for ${key.join()} = ${id}`);
      }
      rows.set(id, converted);
    }
    return [...rows.values()];
  }
}
