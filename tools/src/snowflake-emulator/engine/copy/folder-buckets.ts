import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { EngineOptions, StagedFile } from '../duckdb-engine.js';

/** Buckets that are folders of the local disk: what lies under `s3://films/ml/` is in `films/ml` of the root. */
export function folderBuckets(root: string): NonNullable<EngineOptions['stageFiles']> {
  return async (url) => {
    const folder = join(root, url.replace(/^\w+:\/\//, ''));
    if (!existsSync(folder)) return [];
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const files = entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
    return Promise.all(files.map((file) => stagedFile(folder, file)));
  };
}

async function stagedFile(folder: string, file: string): Promise<StagedFile> {
  const { size, mtime } = await stat(file);
  const etag = createHash('md5')
    .update(await readFile(file))
    .digest('hex');
  return {
    path: relative(folder, file).replaceAll(sep, '/'),
    etag,
    size,
    modified: mtime,
    read: () => readFile(file),
  };
}
