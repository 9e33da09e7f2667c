import { performance } from 'node:perf_hooks';
import type { DeliveredFile, LoadedFile, LoadedSource, SourceTarget } from '@matinee/core';
import { readingOf } from '../reading/reading.js';
import { exceeds } from '../reject-limit.js';
import type { LoadContext } from './context.js';
import { type FileOutcome, loadFile } from './load-file.js';
import { RawTable } from './raw-table.js';
import { resolveKeys } from './resolve-keys.js';
import { tooManyRejects } from './too-many-rejects.js';

/**
 * Creates a source's table and fills it with its files.
 *
 * @throws LoadError LOAD_REJECTS if more rows were rejected than the request puts up with; they are kept all the same.
 */
export async function loadSource(context: LoadContext, target: SourceTarget): Promise<LoadedSource> {
  const { request } = context;
  const { source } = target;
  const files = request.delivery.files.filter((file) => file.source === source.name);
  const table = new RawTable(
    target,
    files.map(({ path }) => path),
    request.loadId,
  );
  await request.session.execute(table.create());
  const loads: FileLoad[] = [];
  for (const file of files) {
    const started = performance.now();
    const shape = source.shapes.find(({ name }) => name === file.shape)!;
    const reading = readingOf(source, shape);
    const outcome = await loadFile(context, table, file, reading);
    loads.push({ file, reading, outcome, seconds: (performance.now() - started) / 1000 });
  }
  const proven = loads.length === 0 || (loads.length === 1 && loads[0]!.outcome.keysAscend);
  const verdicts = source.key.length === 0 || proven ? undefined : await resolveKeys(context, table, loads);
  const verdictsOf = ({ file }: FileLoad) => ({
    ...{ conflict: 0, repeated: 0, overruled: 0 },
    ...verdicts?.get(file.path),
  });
  const loadedFiles = loads.map((load): LoadedFile => {
    const { file, outcome, seconds } = load;
    const { conflict, repeated, overruled } = verdictsOf(load);
    return {
      ...file,
      rows: outcome.rows - conflict - repeated - overruled,
      rejectedRows: outcome.rejectedRows + conflict,
      repeatedRows: repeated,
      seconds,
    };
  });
  const loaded: LoadedSource = {
    source: source.name,
    rows: sum(loadedFiles.map(({ rows }) => rows)),
    rejectedRows: sum(loadedFiles.map(({ rejectedRows }) => rejectedRows)),
    repeatedRows: sum(loadedFiles.map(({ repeatedRows }) => repeatedRows)),
    overruledRows: sum(loads.map((load) => verdictsOf(load).overruled)),
    files: loadedFiles,
  };
  const delivered = loaded.rows + loaded.rejectedRows + loaded.repeatedRows + loaded.overruledRows;
  if (exceeds(request.maxRejects, loaded.rejectedRows, delivered)) {
    throw await tooManyRejects(context, loaded, delivered);
  }
  return loaded;
}

/** A file as far as it is loaded. */
export interface FileLoad {
  readonly file: DeliveredFile;
  readonly reading: ReturnType<typeof readingOf>;
  readonly outcome: FileOutcome;
  readonly seconds: number;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
