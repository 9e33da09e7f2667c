import type { ByteWriter } from './byte-writer.js';
import { GROUPLENS } from './grouplens-shape.js';
import { KAGGLE } from './kaggle-shape.js';

export type TableName = 'ratings' | 'tags' | 'movies' | 'links' | 'genome-scores' | 'genome-tags';
export type ShapeName = 'grouplens' | 'kaggle';

/** How one of the two published shapes writes the same data. */
export interface CsvShape {
  readonly name: ShapeName;
  readonly fileNames: Readonly<Record<TableName, string>>;
  readonly lineEnd: string;
  /** A column name as it stands in the header. */
  header(column: string): string;
  /** A text field, quoted as the shape wants it. */
  text(value: string): string;
  /** IMDb's number: a positive whole number. */
  imdb(number: number): string;
  /** Appends a time given in epoch seconds. */
  time(writer: ByteWriter, seconds: number): void;
}

export const SHAPES: Readonly<Record<ShapeName, CsvShape>> = { grouplens: GROUPLENS, kaggle: KAGGLE };
