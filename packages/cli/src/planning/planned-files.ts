import type { DeliveredFile, Namer, Plan, SourceLoad } from '@matinee/core';
import { allStages } from '@matinee/core';

/**
 * What a load would do with a file: `new`, `changed`; `again`: it has not changed, but its table is made anew, or other files
 * have hidden rows of it; `same`; `touched`: the
 * same, with other times or in another place of the disk; `gone`: its rows stay; `let go`: its rows go.
 */
export type FileFate = 'new' | 'changed' | 'again' | 'same' | 'touched' | 'gone' | 'let go';

export interface PlannedFile extends Pick<DeliveredFile, 'path' | 'shape' | 'bytes' | 'modifiedAt'> {
  readonly fate: FileFate;
  /** Those of it that stand in the published table, for a file that is no more delivered. */
  readonly rows?: number;
}

/** One source of a plan with all its files, by path. */
export interface PlannedSource {
  readonly source: string;
  /** Stored schema, with the target's prefix. */
  readonly schema: string;
  /** Whether anything is loaded. */
  readonly isLoaded: boolean;
  /** Why, or why not. */
  readonly reason: string;
  readonly files: readonly PlannedFile[];
}

/** The sources of a plan in the order in which they are loaded. */
export function plannedSources(plan: Plan, names: Namer): readonly PlannedSource[] {
  return allStages(plan).flatMap(({ node, action, reason }) => {
    const load = plan.loads.get(node.name);
    if (!load) return [];
    const isLoaded = action === 'load';
    const files = filesOf(load, isLoaded);
    return [{ source: node.name, schema: names.schema(node.schema), isLoaded, reason, files }];
  });
}

function filesOf({ files, load }: SourceLoad, isLoaded: boolean): readonly PlannedFile[] {
  const toLoad = new Set(load.map(({ path }) => path));
  const added = new Set(files.added.map(({ path }) => path));
  const changed = new Set(files.changed.map(({ path }) => path));
  const touched = new Set(files.touched.map(({ path }) => path));
  const fateOf = (path: string): FileFate => {
    if (!isLoaded) return touched.has(path) ? 'touched' : 'same';
    if (added.has(path)) return 'new';
    if (changed.has(path)) return 'changed';
    if (toLoad.has(path)) return 'again';
    return touched.has(path) ? 'touched' : 'same';
  };
  return [
    ...files.delivered.map((file) => plannedFile(file, fateOf(file.path))),
    ...files.gone.map((file) => ({ ...plannedFile(file, 'gone'), rows: file.rows })),
    ...files.dropped.map((file) => ({ ...plannedFile(file, 'let go'), rows: file.rows })),
  ].sort((a, b) => (a.path < b.path ? -1 : 1));
}

function plannedFile({ path, shape, bytes, modifiedAt }: DeliveredFile, fate: FileFate): PlannedFile {
  return { path, shape, bytes, modifiedAt, fate };
}
