import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import type { ShapeName, TableName } from '../../src/movielens/index.js';

const KAGGLE_NAMES = {
  ratings: 'rating',
  tags: 'tag',
  movies: 'movie',
  links: 'link',
  'genome-scores': 'genome_scores',
  'genome-tags': 'genome_tags',
} as const satisfies Record<TableName, string>;

export const TABLE_NAMES = Object.keys(KAGGLE_NAMES) as TableName[];

/** Parses CSV text of a shape with an independent parser; the header is left in. */
export function parseShape(shape: ShapeName, text: string): string[][] {
  if (shape === 'grouplens') return parse(text, { record_delimiter: '\r\n' });
  const rows: string[][] = parse(text, { record_delimiter: '\n', escape: '\\' });
  return rows.map((row) => row.map((field) => field.replaceAll('""', '"')));
}

function toCommon(table: TableName, row: string[]): string[] {
  if (table === 'links') return [row[0]!, row[1]!.padStart(7, '0'), row[2]!];
  if (table !== 'ratings' && table !== 'tags') return row;
  return [...row.slice(0, 3), String(Date.parse(`${row[3]!.replace(' ', 'T')}Z`) / 1000)];
}

/** The data rows of one file, from either shape in one common form: epoch seconds, imdbId padded to seven digits. */
export function readTable(
  folder: string,
  table: TableName,
  shape: ShapeName = 'grouplens',
  gzip = false,
): string[][] {
  const name = shape === 'kaggle' ? KAGGLE_NAMES[table] : table;
  const bytes = readFileSync(join(folder, `${name}.csv${gzip ? '.gz' : ''}`));
  const rows = parseShape(shape, (gzip ? gunzipSync(bytes) : bytes).toString('utf8')).slice(1);
  return shape === 'kaggle' ? rows.map((row) => toCommon(table, row)) : rows;
}

/** How many rows have each key. */
export function countBy<T>(rows: Iterable<T>, key: (row: T) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const row of rows) counts.set(key(row), (counts.get(key(row)) ?? 0) + 1);
  return counts;
}
