import { createHash } from 'node:crypto';
import { type DeliveredFile, type Delivery, MatineeError, type Source, throwAll } from '@matinee/core';
import type { FileFacts, Place } from '../places/place.js';
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
  const versions = new Map<string, string[]>();
  for (const source of sources) {
    const { candidates, error } = recognise(source, paths, place.name);
    if (error) errors.push(error);
    for (const candidate of candidates) {
      try {
        const { file, facts } = await inspect(place, candidate);
        files.push(file);
        const parts = versions.get(source.name) ?? [];
        versions.set(source.name, [...parts, `${file.path}\n${file.shape}\n${facts.version}`]);
      } catch (problem) {
        if (!(problem instanceof MatineeError)) throw problem;
        errors.push(problem);
      }
    }
  }
  throwAll(errors);
  return {
    place: place.name,
    files,
    fingerprint: (source) => fingerprintOf(versions.get(source) ?? []),
  };
}

async function inspect(
  place: Place,
  candidate: Candidate,
): Promise<{ readonly file: DeliveredFile; readonly facts: FileFacts }> {
  const { source, path } = candidate;
  const facts = await place.look(path);
  const shape = await shapeOf(place, candidate);
  const { bytes, modifiedAt } = facts;
  return { file: { source: source.name, path, shape: shape.name, bytes, modifiedAt }, facts };
}

function fingerprintOf(versions: readonly string[]): string {
  return createHash('sha256')
    .update([...versions].sort().join('\n\n'))
    .digest('hex')
    .slice(0, 16);
}
