import { type DeliveredFile, LoadError, type MatineeError, type Source } from '@matinee/core';
import type { PlacedFile } from '../places/place.js';

/** The files of a source among all that lie at a place, and what is wrong with them. */
export interface FoundFiles {
  readonly files: readonly DeliveredFile[];
  readonly errors: readonly MatineeError[];
}

/** Recognises a source's files by name, in any of its shapes, plain or gzipped. */
export function findFiles(source: Source, placed: readonly PlacedFile[], place: string): FoundFiles {
  const files = source.shapes.flatMap((shape) =>
    placed
      .filter(({ path }) => path === shape.file || path === `${shape.file}.gz`)
      .map((file): DeliveredFile => ({ ...file, source: source.name, shape: shape.name })),
  );
  if (files.length > 1) return { files: [], errors: [ambiguous(source, files, place)] };
  if (files.length === 0 && !source.optional) return { files: [], errors: [missing(source, place)] };
  return { files, errors: [] };
}

function ambiguous(source: Source, files: readonly DeliveredFile[], place: string): LoadError {
  const names = files.map(({ path }) => `'${path}'`).join(' and ');
  return new LoadError('LOAD_FILE_AMBIGUOUS', `${source.name}: ${names} both hold its rows.`, {
    location: { file: place },
    hint: 'Leave one of them in the folder.',
  });
}

function missing(source: Source, place: string): LoadError {
  const names = source.shapes.map(({ name, file }) => `'${file}' (${name})`).join(' or ');
  return new LoadError('LOAD_FILE_MISSING', `${source.name}: there is no ${names}.`, {
    location: { file: place },
    hint: 'Each may be gzipped, with .gz behind its name. Is this the right folder?',
  });
}
