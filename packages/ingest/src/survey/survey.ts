import {
  type DeliveredFile,
  type Delivery,
  InterruptedError,
  type KnownFile,
  MatineeError,
  type Source,
  type SurveyProgress,
  throwAll,
} from '@matinee/core';
import { inParallel } from '../in-parallel.js';
import type { Place, WantedFile } from '../places/place.js';
import { type Candidate, foldersOf, recognise } from './recognise.js';
import { shapeOf } from './shape.js';

/** How many files are looked at side by side: where they are far away it is the waiting that takes time. */
const AT_ONCE = 8;

/**
 * Finds the files of sources in a place and checks names and headers; no rows are loaded.
 *
 * @param known files that were loaded before: while their version stays they are not opened, and while only their checksum
 * does, they count as unchanged
 * @param signal ends it at once
 * @param onProgress called before the listing, with each of its pages, after it, and with each file
 * @throws LoadError, or an ErrorList with every problem of the delivery; InterruptedError.
 */
export async function survey(
  place: Place,
  sources: readonly Source[],
  known: readonly KnownFile[] = [],
  signal?: AbortSignal,
  onProgress?: (progress: SurveyProgress) => void,
): Promise<Delivery> {
  onProgress?.({ place: place.name, filesDone: 0, filesTotal: undefined });
  const listing = await place.list(foldersOf(sources), signal, (objectsListed) =>
    onProgress?.({ place: place.name, objectsListed, filesDone: 0, filesTotal: undefined }),
  );
  const found = sources.flatMap((source): readonly (MatineeError | Candidate)[] => {
    const { candidates, errors } = recognise(source, listing, place.name);
    return [...errors, ...candidates];
  });
  const filesTotal = found.filter((item) => !(item instanceof MatineeError)).length;
  let filesDone = 0;
  const report = () => onProgress?.({ place: place.name, filesDone, filesTotal });
  report();
  const knownFiles = new Map(known.map((file) => [keyOf(file), file]));
  const results = await inParallel(found, AT_ONCE, async (item): Promise<DeliveredFile | MatineeError> => {
    if (item instanceof MatineeError) return item;
    if (signal?.aborted) throw new InterruptedError();
    const result = await inspect(place, item, knownFiles, signal).catch((problem: unknown) => {
      if (problem instanceof MatineeError && !(problem instanceof InterruptedError)) return problem;
      throw problem;
    });
    filesDone++;
    report();
    return result;
  });
  throwAll(results.filter((result) => result instanceof MatineeError));
  return { place: place.name, files: results.filter((result) => 'path' in result) };
}

async function inspect(
  place: Place,
  candidate: Candidate,
  known: ReadonlyMap<string, KnownFile>,
  signal: AbortSignal | undefined,
): Promise<DeliveredFile> {
  const { source, path, shapes } = candidate;
  const facts = candidate.facts ?? (await place.look(path, signal));
  const before = known.get(keyOf({ source: source.name, path }));
  const contentVersion = await contentVersionOf(place, { path, ...facts }, before, signal);
  const isKnown =
    before?.contentVersion === contentVersion && shapes.some(({ name }) => name === before.shape);
  const shape = isKnown ? before.shape : (await shapeOf(place, candidate, { path, ...facts }, signal)).name;
  return { source: source.name, path, shape, ...facts, contentVersion };
}

/** The version under which a file's content was loaded before, or that of now. It is read only if nothing else can tell. */
async function contentVersionOf(
  place: Place,
  file: WantedFile,
  before: KnownFile | undefined,
  signal: AbortSignal | undefined,
): Promise<string> {
  if (before?.version === file.version) return before.contentVersion;
  if (before?.checksum === undefined || before.bytes !== file.bytes) return file.version;
  const checksum = await place.checksum?.(file, signal);
  return checksum === before.checksum ? before.contentVersion : file.version;
}

function keyOf({ source, path }: Pick<KnownFile, 'source' | 'path'>): string {
  return JSON.stringify([source, path]);
}
