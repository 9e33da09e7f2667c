import type { DeliveredFile, StandingFile } from '../adapters/source-loader.js';
import { LoadError } from '../errors.js';
import type { Source } from '../nodes/source.js';
import { filesAfter, type SourceFiles } from './source-files.js';

/** What is loaded into a source's table, once it is to be loaded at all. */
export interface SourceLoad {
  readonly files: SourceFiles;
  /** The files that are loaded. */
  readonly load: readonly DeliveredFile[];
  /** Those among them that have not changed, but have rows which other files have hidden so far. */
  readonly uncovered: readonly DeliveredFile[];
  /** Files whose rows are taken over as they stand. */
  readonly stay: readonly StandingFile[];
  /** Whether the standing table stays and only takes in what has changed; otherwise a new one is made. */
  readonly inPlace: boolean;
}

export interface LoadCircumstances {
  /** The published table holds the rows of its files, all of them, as the source's code of now reads them. */
  readonly isKnown: boolean;
  /** All of it is to be made anew, or rows are to be left out. */
  readonly isAnew: boolean;
}

/** With more than this share of a source's bytes to load, all of it is loaded. */
const MAX_SHARE = 0.5;

/**
 * Loads the files that are new or have changed, if the rows of the others stand there just as they would be loaded; otherwise
 * all files.
 *
 * @throws LoadError LOAD_FILE_GONE if rows can neither be loaded nor taken over.
 */
export function sourceLoad(
  source: Source,
  files: SourceFiles,
  { isKnown, isAnew }: LoadCircumstances,
): SourceLoad {
  const { added, changed, dropped, delivered, gone } = files;
  const uncovered =
    changed.length + dropped.length === 0 ? [] : files.kept.filter(({ hiddenRows }) => hiddenRows > 0);
  const load = [...added, ...changed, ...uncovered];
  const isSmall = sizeOf(load) <= sizeOf(filesAfter(files)) * MAX_SHARE;
  if (isKnown && !isAnew && isSmall && isInParts(files.standing)) {
    const stay = [...files.kept.filter((file) => !uncovered.includes(file)), ...gone];
    return { files, load, uncovered, stay, inPlace: true };
  }
  if (gone.length > 0 && !isKnown) throw cannotKeep(source, gone);
  return { files, load: delivered, uncovered: [], stay: gone, inPlace: false };
}

/** Whether the table of these files tells them apart row by row: that of a whole source in one file says it once for all. */
function isInParts(files: readonly StandingFile[]): boolean {
  return files.length > 1 || files.some(({ path }) => path.includes('/'));
}

function sizeOf(files: readonly DeliveredFile[]): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}

function cannotKeep(source: Source, gone: readonly StandingFile[]): LoadError {
  const paths = gone.map(({ path }) => path);
  return new LoadError(
    'LOAD_FILE_GONE',
    `${source.name}: ${paths.join(', ')} ${paths.length === 1 ? 'is' : 'are'} gone, and the source has to be loaded anew: its code has changed, or rows had been left out.`,
    {
      ...(source.location && { location: source.location }),
      hint: 'Put the files back, or let go of their rows with --prune.',
    },
  );
}
