import type { Session } from '../adapters/adapter.js';
import { changesModel } from '../graph/mappings.js';
import { touchedRows } from '../materialize/slice.js';
import { Model } from '../nodes/model.js';
import type { Relation } from '../nodes/relation.js';
import type { NodeStage } from '../plan/plan.js';
import { storedKind } from '../plan/state.js';
import type { ProjectNode } from '../project/project.js';
import { hasExactRows } from './change-feeds.js';
import type { NodeProgress } from './node-progress.js';
import type { RunContext } from './run-context.js';
import { haveSameColumns, haveSameRows } from './same-rows.js';

interface BuiltCandidate {
  readonly stage: NodeStage;
  /** Takes the step of the change feed, if one is written. */
  readonly progress: NodeProgress;
  /** The version that the rows have if they are others. */
  readonly toVersion: string;
}

/**
 * Whether the rows of a candidate differ from those that are published; undefined if they cannot be compared. How they differ
 * is written down if a model or test maps the relation.
 */
export async function findChanges(
  run: RunContext,
  session: Session,
  { stage, progress, toVersion }: BuiltCandidate,
): Promise<boolean | undefined> {
  const { names, feeds, plan } = run;
  const { node } = stage;
  const published = plan.published.of(node);
  if (!published || !isComparable(run, stage)) return undefined;
  const { increment } = progress;
  if (increment?.touchedRows === 0 && increment.newRows === 0) return false;
  const before = increment ? touchedRows(increment.slice) : names.published(node);
  const after = increment ? increment.slice.rows : names.candidate(node);
  const { columns } = node.declaration;
  // Somebody may have put another table in the place of the published one.
  if (!(await haveSameColumns({ session, columns, before, after }))) return undefined;
  if (feeds.isWanted(node)) {
    const difference = { before: increment?.slice.replaced ?? before, after, toVersion };
    const growth = increment
      ? increment.newRows - increment.touchedRows
      : (progress.rows ?? 0) - published.rows;
    const rows = { after: progress.rows ?? 0, growth };
    progress.step = await feeds.record(session, node, published.rowsVersion, difference, rows);
    return progress.step === undefined || progress.step.changes > 0;
  }
  if (increment ? increment.touchedRows !== increment.newRows : published.rows !== progress.rows) return true;
  const exact = exactColumns(node);
  return !(await haveSameRows({ session, columns, dialect: names.dialect, exact, before, after }));
}

/** Columns whose doubles are no sums, or by which rows are looked up. */
function exactColumns(node: ProjectNode<Relation>): readonly string[] {
  const { columns, key } = node.declaration;
  if (hasExactRows(node)) return Object.keys(columns);
  const mappings = changesModel(node)?.materialized.inputs ?? [];
  return [...key, ...mappings.flatMap((mapping) => Object.values(mapping.columns ?? {}))];
}

/** What a hook does to a table beside its rows would be lost with the candidate. */
function isComparable({ names, state }: RunContext, { node, causes }: NodeStage): boolean {
  const { declaration } = node;
  const hasHook = declaration instanceof Model && declaration.postHook.length > 0;
  const hasOtherColumns = causes.some(({ type }) => type === 'contract');
  return storedKind(state, names, node) === 'table' && !hasOtherColumns && !hasHook;
}
