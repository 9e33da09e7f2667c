import { join } from 'node:path';
import {
  InterruptedError,
  LoadError,
  type LoadedSource,
  type LoadRequest,
  MatineeError,
  provenanceColumns,
  quoteIdentifier,
  type SourceTarget,
  sqlType,
} from '@matinee/core';
import type { Place } from '../places/place.js';
import { readingOf } from '../reading/reading.js';
import { type FileToLoad, loadExactly } from './exact-load.js';
import { loadFast } from './fast-load.js';
import { gunzip } from './gunzip.js';
import { requireFewRejects } from './reject-limit.js';
import { RejectLog } from './reject-log.js';

/** Creates and fills the table of one source. @throws LoadError, with the rejected rows kept. */
export async function loadSource(
  place: Place,
  request: LoadRequest,
  target: SourceTarget,
  temporaryFolder: string,
): Promise<LoadedSource> {
  const { source, table } = target;
  const { session, delivery, loadId, rejectsTable, signal } = request;
  const file = delivery.files.find((delivered) => delivered.source === source.name);
  const shape = source.shapes.find(({ name }) => name === file?.shape);
  if (!file || !shape) {
    await createEmpty(request, target);
    return { source: source.name, rows: 0, rejectedRows: 0, repeatedRows: 0, overruledRows: 0, files: [] };
  }
  const started = performance.now();
  const delivered = place.localPath(file.path);
  const path = file.path.endsWith('.gz') ? join(temporaryFolder, `${source.name}.csv`) : delivered;
  if (path !== delivered) await gunzip(delivered, path, signal);
  const rejects = new RejectLog({
    session,
    table: rejectsTable,
    loadId,
    source: source.name,
    file: file.path,
  });
  const toLoad: FileToLoad = {
    source,
    table,
    reading: readingOf(source, shape),
    path,
    name: file.path,
    loadId,
    session,
    signal,
    onBytes: (bytesDone) =>
      request.onProgress?.({
        source: source.name,
        file: file.path,
        bytesDone: path === delivered ? bytesDone : Math.min(bytesDone, file.bytes),
        bytesTotal: file.bytes,
      }),
  };
  const settled = await settle(toLoad, rejects, temporaryFolder, delivered);
  requireFewRejects(request.maxRejects, source.name, delivered, rejects, settled.rows + settled.repeatedRows);
  const counts = { rows: settled.rows, rejectedRows: rejects.count, repeatedRows: settled.repeatedRows };
  const seconds = (performance.now() - started) / 1000;
  return { source: source.name, ...counts, overruledRows: 0, files: [{ ...file, ...counts, seconds }] };
}

async function settle(file: FileToLoad, rejects: RejectLog, temporaryFolder: string, delivered: string) {
  try {
    const rows = await loadFast(file);
    return rows === undefined ? await loadExactly(file, rejects, temporaryFolder) : { rows, repeatedRows: 0 };
  } catch (error) {
    if (file.signal?.aborted) throw new InterruptedError();
    if (error instanceof LoadError || !(error instanceof MatineeError) || error.code !== 'STATEMENT_FAILED')
      throw error;
    throw new LoadError('LOAD_FAILED', `${file.source.name}: ${error.message}`, {
      location: { file: delivered },
      cause: error,
    });
  }
}

/** An optional source that was not delivered is an empty table. */
async function createEmpty({ session }: LoadRequest, { source, table }: SourceTarget): Promise<void> {
  const data = Object.entries(source.columns).map(
    ([name, { type }]) => `${quoteIdentifier(name, 'duckdb')} ${sqlType(type, 'duckdb')}`,
  );
  const provenance = Object.values(provenanceColumns).map(
    (name) => `${quoteIdentifier(name, 'duckdb')} varchar`,
  );
  await session.execute(`create or replace table ${table} (${[...data, ...provenance].join(', ')})`);
}
