import { type FileShape, LoadError, type Source } from '@matinee/core';

/** A delivered file that may belong to a source: its name fits one of the source's shapes. */
export interface Candidate {
  readonly source: Source;
  readonly path: string;
  readonly gzip: boolean;
  /** The shapes whose files are called so, told apart by their headers. */
  readonly shapes: readonly FileShape[];
}

/** Finds the file of a source among the paths of a delivery, in any of its shapes, plain or gzip. */
export function recognise(
  source: Source,
  paths: readonly string[],
  place: string,
): { readonly candidates: readonly Candidate[]; readonly error?: LoadError } {
  const candidates = expectedNames(source)
    .filter((name) => paths.includes(name))
    .map((path) => {
      const gzip = path.endsWith('.gz');
      const shapes = source.shapes.filter(({ file }) => path === (gzip ? `${file}.gz` : file));
      return { source, path, gzip, shapes };
    });
  if (candidates.length > 1) return { candidates, error: ambiguous(source, candidates, place) };
  if (candidates.length === 0 && !source.optional) {
    return { candidates, error: missing(source, paths, place) };
  }
  return { candidates };
}

function expectedNames({ shapes }: Source): readonly string[] {
  return [...new Set(shapes.flatMap(({ file }) => [file, `${file}.gz`]))];
}

function ambiguous(source: Source, candidates: readonly Candidate[], place: string): LoadError {
  const names = candidates.map(({ path }) => path);
  return new LoadError(
    'LOAD_AMBIGUOUS',
    `${source.name}: ${place} holds ${list(names, 'and')}, of which one is expected.`,
    { location: { file: place }, hint: 'Leave the file that is to be loaded and move the other away.' },
  );
}

function missing(source: Source, paths: readonly string[], place: string): LoadError {
  const names = expectedNames(source);
  const lowerCase = names.map((name) => name.toLowerCase());
  const similar = paths.find((path) => lowerCase.includes(path.toLowerCase()));
  return new LoadError(
    'LOAD_FILE_MISSING',
    `${source.name}: ${place} holds no file named ${list(names, 'or')}.`,
    {
      location: { file: place },
      hint: similar
        ? `Rename ${similar}: capital and small letters count.`
        : 'Add the file to the folder, or name the folder that holds it.',
    },
  );
}

function list(names: readonly string[], word: string): string {
  return `${names.slice(0, -1).join(', ')}${names.length > 1 ? ` ${word} ` : ''}${names.at(-1) ?? ''}`;
}
