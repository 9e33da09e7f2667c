import { fileURLToPath } from 'node:url';
import { UsageError } from '@matinee/core';
import { Folder } from './folder.js';
import type { Place } from './place.js';

/** The place that a path or URL names. @throws UsageError for kinds of places that are not supported. */
export function openPlace(name: string): Place {
  if (name.startsWith('file://')) return new Folder(fileURLToPath(name));
  const scheme = /^([a-z][a-z0-9+.-]+):\/\//i.exec(name)?.[1];
  if (!scheme) return new Folder(name);
  throw new UsageError('SOURCE_PLACE', `Sources at ${scheme}:// are not supported yet.`, {
    hint: 'Copy the files to a folder and give that with --source.',
  });
}
