import type { DeliveredFile, StandingFile } from '../adapters/source-loader.js';

/** What a delivery changes about the files that a source was loaded from. */
export interface SourceFiles {
  readonly delivered: readonly DeliveredFile[];
  /** All whose rows stand in the published table. */
  readonly standing: readonly StandingFile[];
  readonly added: readonly DeliveredFile[];
  /** Loaded before, and others now. */
  readonly changed: readonly DeliveredFile[];
  /** Loaded before, and the same now. */
  readonly kept: readonly StandingFile[];
  /** Those among them that have another version now, though the same content. */
  readonly touched: readonly StandingFile[];
  /** Gone from the place they were loaded from. Their rows stay until that is asked for otherwise. */
  readonly gone: readonly StandingFile[];
  /** Their rows go: of another place, of a table that is delivered under another name now, or gone and pruned. */
  readonly dropped: readonly StandingFile[];
}

/**
 * Compares what is delivered for a source with what it was loaded from.
 *
 * @param place where the delivery lies. Files of another place belong to another delivery, unless some of these files are
 *   the very same: then the delivery has moved.
 * @param prune let go of the rows of files that are gone
 */
export function compareFiles(
  delivered: readonly DeliveredFile[],
  standing: readonly StandingFile[],
  { place, prune }: { readonly place: string; readonly prune: boolean },
): SourceFiles {
  const before = new Map(standing.map((file) => [file.path, file]));
  const now = new Map(delivered.map((file) => [file.path, file]));
  const tables = new Set(delivered.map(({ path }) => tableOf(path)));
  const kept = standing.flatMap((file) => {
    const found = now.get(file.path);
    return found && isSame(file, found)
      ? { ...file, version: found.version, modifiedAt: found.modifiedAt }
      : [];
  });
  const missing = standing.filter(({ path }) => !now.has(path));
  const isGone = (file: StandingFile) =>
    !prune && (file.place === place || kept.length > 0) && !tables.has(tableOf(file.path));
  return {
    delivered,
    standing,
    added: delivered.filter(({ path }) => !before.has(path)),
    changed: delivered.filter(({ path }) => before.has(path) && !isSame(before.get(path), now.get(path))),
    kept,
    touched: kept.filter(({ path, version }) => before.get(path)?.version !== version),
    gone: missing.filter(isGone),
    dropped: missing.filter((file) => !isGone(file)),
  };
}

/** The files of which a source consists once the delivery is loaded, each with all that decides what rows it gives. */
export function filesVersion(
  files: readonly Pick<DeliveredFile, 'path' | 'shape' | 'contentVersion'>[],
): string {
  return JSON.stringify(
    files.map(({ path, shape, contentVersion }) => JSON.stringify([path, shape, contentVersion])).sort(),
  );
}

export function filesAfter({ delivered, gone }: SourceFiles): readonly DeliveredFile[] {
  return [...delivered, ...gone];
}

/** The rows of files that no delivered file stands for: those that go for good. */
export function goneRows({ delivered, dropped }: SourceFiles): number {
  const tables = new Set(delivered.map(({ path }) => tableOf(path)));
  return dropped.filter(({ path }) => !tables.has(tableOf(path))).reduce((sum, { rows }) => sum + rows, 0);
}

function isSame(before: DeliveredFile | undefined, now: DeliveredFile | undefined): boolean {
  return before?.contentVersion === now?.contentVersion && before?.shape === now?.shape;
}

/** What a file delivers: the same part packed and unpacked; the whole table under any of its names. */
function tableOf(path: string): string {
  return path.includes('/') ? path.replace(/\.gz$/, '') : '';
}
