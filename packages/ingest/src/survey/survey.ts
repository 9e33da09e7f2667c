import { createHash } from 'node:crypto';
import { type DeliveredFile, type Delivery, MatineeError, type Source, throwAll } from '@matinee/core';
import type { Place } from '../places/place.js';
import { checkHeader } from './check-header.js';
import { findFiles } from './find-files.js';

/** Finds the files of sources at a place and checks their headers. @throws LoadError, all problems at once. */
export async function surveyPlace(place: Place, sources: readonly Source[]): Promise<Delivery> {
  const placed = await place.list();
  const found = sources.map((source) => findFiles(source, placed, place.name));
  const files = found.flatMap((each) => each.files);
  const headers = await Promise.all(files.map((file) => headerError(place, file, sources)));
  throwAll([...found.flatMap((each) => each.errors), ...headers.filter((error) => error !== undefined)]);
  return {
    place: place.name,
    files,
    fingerprint: (source) => {
      const own = files.filter((file) => file.source === source);
      return createHash('sha256').update(JSON.stringify(own)).digest('hex');
    },
  };
}

async function headerError(
  place: Place,
  file: DeliveredFile,
  sources: readonly Source[],
): Promise<MatineeError | undefined> {
  const shape = sources
    .find((source) => source.name === file.source)
    ?.shapes.find(({ name }) => name === file.shape);
  try {
    if (shape) await checkHeader(place.localPath(file.path), file.path, shape);
    return undefined;
  } catch (error) {
    if (error instanceof MatineeError) return error;
    throw error;
  }
}
