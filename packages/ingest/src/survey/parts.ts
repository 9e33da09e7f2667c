import type { FileShape, Source } from '@matinee/core';
import { isIgnored } from '../places/ignored.js';
import type { ListedFile } from '../places/place.js';
import type { Candidate } from './recognise.js';

/** What the folders of a source hold. */
export interface Parts {
  readonly parts: readonly Candidate[];
  /** Pairs of paths that are equal but for `.gz`. */
  readonly twins: readonly (readonly [string, string])[];
  /** Files that look like data but are not read. */
  readonly unknown: readonly string[];
}

/** The folder whose files are parts of the table that a shape's file holds: `ratings` for `ratings.csv`. */
export function folderOf({ file }: FileShape): string | undefined {
  return /^(.+)\.[^.]+$/.exec(file)?.[1];
}

/**
 * The parts of a source: files called `….csv` or `….csv.gz`, at any depth in a folder that is called like one of its
 * shapes' files. What begins with `_` or `.` is passed over, be it a file or a folder.
 */
export function partsOf(source: Source, listing: readonly ListedFile[]): Parts {
  const parts: Candidate[] = [];
  const unknown: string[] = [];
  for (const { path, facts } of listing) {
    const [folder, ...inside] = path.split('/');
    if (inside.length === 0 || !source.shapes.some((shape) => folderOf(shape) === folder)) continue;
    if (inside.some(isIgnored)) continue;
    const name = inside.at(-1)!;
    if (PART.test(name)) {
      const own = source.shapes.filter((shape) => folderOf(shape) === folder);
      const others = source.shapes.filter((shape) => !own.includes(shape));
      parts.push({ source, path, gzip: name.endsWith('.gz'), facts, shapes: [...own, ...others] });
    } else if (DATA.test(name)) {
      unknown.push(path);
    }
  }
  const paths = new Set(parts.map(({ path }) => path));
  const twins = [...paths]
    .filter((path) => paths.has(`${path}.gz`))
    .map((path) => [path, `${path}.gz`] as const);
  return { parts, twins, unknown };
}

const PART = /\.csv(\.gz)?$/;

/** Names of files that hold rows, or will once they are complete: `x.CSV`, `x.csv.part`, `x.parquet`. */
const DATA = /\.(csv|tsv|gz|zip|bz2|xz|zst|parquet|orc|avro|jsonl|ndjson|xlsx?)(\.[^.]*)?$/i;
