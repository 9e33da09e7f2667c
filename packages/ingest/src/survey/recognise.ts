import { type FileShape, LoadError, type Source } from '@matinee/core';
import { isIgnored } from '../places/ignored.js';
import { holdings } from '../places/nearby.js';
import type { FileFacts, ListedFile } from '../places/place.js';
import { folderOf, partsOf } from './parts.js';

/** A delivered file that may belong to a source: its name, or that of the folder it lies in, fits one of its shapes. */
export interface Candidate {
  readonly source: Source;
  readonly path: string;
  readonly gzip: boolean;
  readonly facts?: FileFacts | undefined;
  /** The shapes it may have, those first that are called like the file or its folder. */
  readonly shapes: readonly FileShape[];
}

export interface Recognised {
  /** By path, in byte order. */
  readonly candidates: readonly Candidate[];
  readonly errors: readonly LoadError[];
}

/** Finds the files of a source in a listing: one for the whole table, in any of its shapes, and parts in its folders. */
export function recognise(source: Source, listing: readonly ListedFile[], place: string): Recognised {
  const whole = wholeFilesOf(source, listing);
  const { parts, twins, unknown } = partsOf(source, listing);
  const candidates = [...whole, ...parts].sort(byPath);
  const errors: LoadError[] = [];
  if (whole.length > 1) errors.push(ambiguous(source, place, whole.map(pathOf)));
  for (const pair of twins) errors.push(ambiguous(source, place, pair));
  if (unknown.length > 0) errors.push(unknownFiles(source, place, unknown));
  if (candidates.length === 0 && errors.length === 0 && !source.optional) {
    errors.push(missing(source, listing, place));
  }
  return { candidates, errors };
}

/** The folders of a place that may hold parts of these sources. */
export function foldersOf(sources: readonly Source[]): ReadonlySet<string> {
  return new Set(sources.flatMap(({ shapes }) => shapes.flatMap((shape) => folderOf(shape) ?? [])));
}

function wholeFilesOf(source: Source, listing: readonly ListedFile[]): readonly Candidate[] {
  const names = new Set(expectedNames(source));
  return listing
    .filter(({ path }) => names.has(path))
    .map(({ path, facts }) => {
      const gzip = path.endsWith('.gz');
      const shapes = source.shapes.filter(({ file }) => path === (gzip ? `${file}.gz` : file));
      return { source, path, gzip, facts, shapes };
    });
}

function expectedNames({ shapes }: Source): readonly string[] {
  return [...new Set(shapes.flatMap(({ file }) => [file, `${file}.gz`]))];
}

function pathOf({ path }: Candidate): string {
  return path;
}

function byPath(one: Candidate, other: Candidate): number {
  return Buffer.compare(Buffer.from(one.path), Buffer.from(other.path));
}

function ambiguous(source: Source, place: string, paths: readonly string[]): LoadError {
  return new LoadError(
    'LOAD_AMBIGUOUS',
    `${source.name}: ${place} holds ${list(paths, 'and')}, of which one is expected.`,
    { location: { file: place }, hint: 'Leave the file that is to be loaded and move the other away.' },
  );
}

const SHOWN = 5;

function unknownFiles(source: Source, place: string, paths: readonly string[]): LoadError {
  const shown = list(paths.slice(0, SHOWN), paths.length > SHOWN ? '' : 'and');
  const more = paths.length > SHOWN ? ` and ${(paths.length - SHOWN).toLocaleString('en')} more` : '';
  return new LoadError(
    'LOAD_UNKNOWN_FILE',
    `${source.name}: ${place} holds ${shown}${more} beside its .csv and .csv.gz files, and would lose what is in them.`,
    {
      location: { file: place },
      hint: 'Deliver them as .csv or .csv.gz, or move them away; names that begin with _ or . are passed over.',
    },
  );
}

function missing(source: Source, listing: readonly ListedFile[], place: string): LoadError {
  const names = expectedNames(source);
  const lowerCase = names.map((name) => name.toLowerCase());
  const similar = listing.find(({ path }) => lowerCase.includes(path.toLowerCase()))?.path;
  const folders = [...foldersOf([source])].map((folder) => `${folder}/`);
  const parts = folders.length > 0 ? `, and no .csv files below ${list(folders, 'or')}` : '';
  return new LoadError(
    'LOAD_FILE_MISSING',
    `${source.name}: ${place} holds no file named ${list(names, 'or')}${parts}.`,
    {
      location: { file: place },
      hint: similar
        ? `Rename ${similar}: capital and small letters count.`
        : `Add the file, or name the place that holds it. ${holdings(place, namesIn(listing))}`,
    },
  );
}

/** What lies in the place itself, by name. A missing file most often lies in one of its folders. */
function namesIn(listing: readonly ListedFile[]): readonly string[] {
  const names = new Set(listing.map(({ path }) => /^[^/]*\/?/.exec(path)?.[0] ?? path));
  // A folder may be listed both by itself and by what lies in it.
  return [...names].filter((name) => !names.has(`${name}/`) && !isIgnored(name)).sort();
}

function list(names: readonly string[], word: string): string {
  if (word === '') return names.join(', ');
  return `${names.slice(0, -1).join(', ')}${names.length > 1 ? ` ${word} ` : ''}${names.at(-1) ?? ''}`;
}
