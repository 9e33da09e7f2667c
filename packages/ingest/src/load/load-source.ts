import { exceedsRejectLimit, type LoadedFile, type LoadedSource, type SourceTarget } from '@matinee/core';
import { fileAccount, standingAccount } from './accounts.js';
import type { LoadContext } from './context.js';
import { dropTables } from './drop-tables.js';
import { loadAnew } from './load-anew.js';
import { loadIntoStanding } from './load-into-standing.js';
import { tooManyRejects } from './too-many-rejects.js';

/**
 * Creates a source's table and fills it with its files; where the rows of some files stand already, only with the others.
 *
 * @throws LoadError LOAD_REJECTS if more rows were rejected than the request puts up with; they are kept all the same.
 */
export async function loadSource(context: LoadContext, target: SourceTarget): Promise<LoadedSource> {
  const { request, place } = context;
  const { standing } = target;
  const { loads, verdicts, slice } = standing?.inPlace
    ? await loadIntoStanding(context, target, standing)
    : await loadAnew(context, target);
  const files: LoadedFile[] = [];
  for (const load of loads) {
    const checksum = load.outcome.checksum ?? (await place.checksum?.(load.file, request.signal));
    files.push({ ...fileAccount(load, verdicts.get(load.file.path)), checksum });
  }
  const kept = (standing?.kept ?? []).map((file) => standingAccount(file, verdicts.get(file.path)));
  const delivered = sum(
    files,
    ({ rows, rejectedRows, repeatedRows, overruledRows }) =>
      rows + rejectedRows + repeatedRows + overruledRows,
  );
  const loaded: LoadedSource = {
    source: target.source.name,
    rows: sum([...files, ...kept], ({ rows }) => rows),
    rejectedRows: sum(files, ({ rejectedRows }) => rejectedRows),
    repeatedRows: sum([...verdicts.values()], ({ repeated = 0 }) => repeated),
    overruledRows: sum([...verdicts.values()], ({ overruled = 0 }) => overruled),
    files,
    kept,
    ...(slice && { slice }),
  };
  if (exceedsRejectLimit(request.maxRejects, loaded.rejectedRows, delivered)) {
    await dropTables(request.session, slice?.helpers ?? []);
    throw await tooManyRejects(context, loaded, delivered);
  }
  return loaded;
}

function sum<T>(items: readonly T[], number: (item: T) => number): number {
  return items.reduce((total, item) => total + number(item), 0);
}
