import { type DeliveredFile, type Delivery, MatineeError, type Source, throwAll } from '@matinee/core';
import type { Place } from '../places/place.js';
import { shapeOf } from './header.js';
import { type Candidate, recognise } from './recognise.js';

/**
 * Finds the files of sources in a place and checks names and headers; no rows are read.
 *
 * @throws LoadError, or an ErrorList with every problem of the delivery.
 */
export async function survey(place: Place, sources: readonly Source[]): Promise<Delivery> {
  const paths = await place.list();
  const errors: MatineeError[] = [];
  const files: DeliveredFile[] = [];
  for (const source of sources) {
    const { candidates, error } = recognise(source, paths, place.name);
    if (error) errors.push(error);
    for (const candidate of candidates) {
      try {
        files.push(await inspect(place, candidate));
      } catch (problem) {
        if (!(problem instanceof MatineeError)) throw problem;
        errors.push(problem);
      }
    }
  }
  throwAll(errors);
  return { place: place.name, files };
}

async function inspect(place: Place, candidate: Candidate): Promise<DeliveredFile> {
  const { source, path } = candidate;
  const { bytes, modifiedAt, version } = await place.look(path);
  const shape = await shapeOf(place, candidate);
  return { source: source.name, path, shape: shape.name, bytes, modifiedAt, version };
}
