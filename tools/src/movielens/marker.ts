import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TableName } from './csv-shape.js';
import type { SetSpec } from './options.js';

/** To be raised with every change that alters a byte of any set. */
export const GENERATOR_VERSION = 2;
export const MARKER_NAME = 'GENERATED.json';
const GENERATOR = 'matinee movielens';

/** One file of a finished set; `rows` leaves the header out, `bytes` is its size on disk. */
export interface GeneratedFile {
  readonly table: TableName;
  readonly name: string;
  readonly rows: number;
  readonly bytes: number;
}

/** What a made folder says of itself. It holds no times, so that equal sets have equal markers. */
export interface Marker {
  readonly generator: string;
  readonly version: number;
  readonly spec: SetSpec;
  readonly files: readonly GeneratedFile[];
}

export async function writeMarker(
  folder: string,
  spec: SetSpec,
  files: readonly GeneratedFile[],
): Promise<void> {
  const marker: Marker = { generator: GENERATOR, version: GENERATOR_VERSION, spec: inOrder(spec), files };
  await writeFile(join(folder, MARKER_NAME), `${JSON.stringify(marker, null, 2)}\n`);
}

/** The marker of a folder that this generator made, in this version or another; undefined for any other folder. */
export async function readMarker(folder: string): Promise<Marker | undefined> {
  try {
    const marker: Partial<Marker> = JSON.parse(await readFile(join(folder, MARKER_NAME), 'utf8'));
    const whole =
      marker.generator === GENERATOR && marker.files?.every(({ name }) => typeof name === 'string');
    return whole ? (marker as Marker) : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a folder holds exactly the set of this spec: same parameters, same version, all files at full size. */
export async function isUpToDate(folder: string, marker: Marker, spec: SetSpec): Promise<boolean> {
  if (marker.version !== GENERATOR_VERSION) return false;
  if (JSON.stringify(marker.spec) !== JSON.stringify(inOrder(spec))) return false;
  const sizes = await Promise.all(marker.files.map(({ name }) => sizeOf(join(folder, name))));
  return marker.files.every(({ bytes }, i) => sizes[i] === bytes);
}

async function sizeOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).size;
  } catch {
    return undefined;
  }
}

/** The same spec with its members in one fixed order, so that equal specs have equal texts. */
function inOrder({ seed, shape, gzip, counts }: SetSpec): SetSpec {
  const { ratings, users, movies, tags, genomeMovies, genomeTags } = counts;
  return { seed, shape, gzip, counts: { ratings, users, movies, tags, genomeMovies, genomeTags } };
}
