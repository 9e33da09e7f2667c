import { createHash } from 'node:crypto';
import type { Stage } from '../catalog/objects.js';
import type { StagedFile } from '../duckdb-engine.js';
import { notEmulated } from '../errors.js';
import type { DuckSession } from '../session.js';
import { Cursor } from '../syntax/cursor.js';

/** A place in a stage: `@db.schema.stage/prefix`. */
export interface StageLocation {
  readonly stage: Stage;
  readonly prefix: string;
}

/** A file, with its names: for METADATA$FILENAME without the bucket, for COPY and LIST with it. */
export interface LocatedFile extends StagedFile {
  readonly name: string;
  readonly url: string;
}

/** @param path what stands behind the `@` @throws SnowflakeError 002003 for a stage that is not there. */
export function locate(session: DuckSession, path: string): StageLocation {
  if (path.startsWith('~') || path.startsWith('%'))
    throw notEmulated('the stages of users and tables (@~, @%)');
  const slash = /^(?:"(?:[^"]|"")*"|[^/"])+/.exec(path)?.[0].length ?? path.length;
  const name = new Cursor(path.slice(0, slash)).qualifiedName();
  return { stage: session.current.stage(name), prefix: path.slice(slash + 1) };
}

/** The files at a place, in the order of their names. The prefix is one of the text: `a` finds `ab.csv`. */
export async function filesAt(
  session: DuckSession,
  { stage, prefix }: StageLocation,
): Promise<readonly LocatedFile[]> {
  const files = stage.url === undefined ? internalFiles(stage) : await externalFiles(session, stage.url);
  return files.filter(({ path }) => path.startsWith(prefix)).sort((a, b) => (a.path < b.path ? -1 : 1));
}

function internalFiles(stage: Stage): readonly LocatedFile[] {
  return [...stage.files].map(([path, { bytes, modified }]) => ({
    path,
    name: path,
    url: `${stage.name.toLowerCase()}/${path}`,
    etag: createHash('md5').update(bytes).digest('hex'),
    size: bytes.length,
    modified,
    read: async () => bytes,
  }));
}

async function externalFiles(session: DuckSession, given: string): Promise<readonly LocatedFile[]> {
  const { stageFiles } = session.options;
  if (!stageFiles) throw notEmulated('external stages without the option stageFiles');
  const url = given.endsWith('/') ? given : `${given}/`;
  const folder = url.replace(/^\w+:\/\/[^/]+\//, '');
  return (await stageFiles(url)).map((file) => ({
    ...file,
    name: `${folder}${file.path}`,
    url: `${url}${file.path}`,
    read: () => file.read(),
  }));
}
