import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { openSink } from './byte-sink.js';
import { ByteWriter } from './byte-writer.js';
import { SHAPES } from './csv-shape.js';
import { GenerateError } from './errors.js';
import { type GeneratedFile, isUpToDate, writeMarker } from './marker.js';
import { type MovieLensModel, makeModel } from './model.js';
import { type GenerateOptions, resolveSpec, type SetSpec } from './options.js';
import { inspectOut, makeStage, publishStage } from './out-folder.js';
import { RowWriter } from './row-writer.js';
import { TABLES, type Table } from './tables.js';

/** A complete set on disk. */
export interface GeneratedSet {
  /** The folder, as an absolute path. */
  readonly out: string;
  /** True if the folder already held exactly this set, so that nothing was written. */
  readonly upToDate: boolean;
  readonly spec: SetSpec;
  readonly files: readonly GeneratedFile[];
  /** How long the call took. */
  readonly seconds: number;
}

/** Told about every MB or so of each table. */
type OnRows = (table: Table, tableRows: number) => void;

async function writeTable(
  table: Table,
  model: MovieLensModel,
  spec: SetSpec,
  folder: string,
  onRows: OnRows,
) {
  const shape = SHAPES[spec.shape];
  const name = `${shape.fileNames[table.name]}${spec.gzip ? '.gz' : ''}`;
  const sink = await openSink(join(folder, name), spec.gzip);
  try {
    const bytes = new ByteWriter(sink);
    const out = new RowWriter(shape, bytes, (rows) => onRows(table, rows));
    out.header(table.columns);
    await table.write(model, out);
    await bytes.finish();
    await sink.close();
    onRows(table, out.rows);
    return { table: table.name, name, rows: out.rows, bytes: (await stat(join(folder, name))).size };
  } catch (error) {
    await sink.abandon();
    throw error;
  }
}

async function writeSet(spec: SetSpec, folder: string, onRows: OnRows): Promise<GeneratedFile[]> {
  const model = makeModel(spec.seed, spec.counts);
  const files: GeneratedFile[] = [];
  for (const table of TABLES) {
    const file = await writeTable(table, model, spec, folder, onRows);
    const expected = table.rows(spec.counts);
    if (file.rows !== expected) {
      throw new GenerateError(
        'wrong-count',
        `${file.name} came out with ${file.rows} rows instead of ${expected}; this is a fault of the generator`,
      );
    }
    files.push(file);
  }
  return files;
}

/** Counts rows over all tables, reports them, and stops the work once the signal says so. */
function watch(spec: SetSpec, { onProgress, signal }: GenerateOptions): OnRows {
  const rowsInAll = TABLES.reduce((sum, table) => sum + table.rows(spec.counts), 0);
  const byTable = new Map<Table, number>();
  return (table, tableRows) => {
    if (signal?.aborted) throw new GenerateError('cancelled', 'cancelled; nothing was written');
    byTable.set(table, tableRows);
    const rowsDone = [...byTable.values()].reduce((sum, rows) => sum + rows, 0);
    onProgress?.({ table: table.name, tableRows, rowsDone, rowsInAll });
  };
}

/**
 * Makes a folder of MovieLens CSV files with invented data: the same options give the same bytes. Memory does not grow
 * with the number of ratings. The folder appears whole or not at all; one that this generator did not make is never
 * replaced, and one that already holds this very set is left as it is.
 *
 * @throws GenerateError with code `usage`, `folder-not-ours` or `cancelled`; errors of the file system as they come
 */
export async function generateMovieLens(options: GenerateOptions): Promise<GeneratedSet> {
  const begun = performance.now();
  const seconds = () => (performance.now() - begun) / 1000;
  const spec = resolveSpec(options);
  const folder = await inspectOut(options.out);
  if (folder.marker && (await isUpToDate(folder.path, folder.marker, spec))) {
    return { out: folder.path, upToDate: true, spec, files: folder.marker.files, seconds: seconds() };
  }
  const stage = await makeStage(folder.path);
  try {
    const files = await writeSet(spec, stage, watch(spec, options));
    await writeMarker(stage, spec, files);
    // Looked at again, because someone may have put something there in the meantime.
    await publishStage(stage, await inspectOut(options.out));
    return { out: folder.path, upToDate: false, spec, files, seconds: seconds() };
  } catch (error) {
    await rm(stage, { recursive: true, force: true });
    throw error;
  }
}
