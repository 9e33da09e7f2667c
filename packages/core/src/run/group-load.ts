import type { Session } from '../adapters/adapter.js';
import type { Delivery, LoadedSource } from '../adapters/source-loader.js';
import { MatineeError } from '../errors.js';
import { createEmptySource } from '../materialize/empty-source.js';
import { sampleRows } from '../materialize/sample-rows.js';
import type { Source } from '../nodes/source.js';
import type { NodeStage } from '../plan/plan.js';
import type { RunContext } from './run-context.js';
import { sourceTargets } from './source-targets.js';
import { tagStatements } from './tag-statements.js';

/**
 * Loads sources into their candidates, all in one go, and leaves out what an empty or sampled build leaves out.
 *
 * @param onSource told each source whose turn it is, so that an error of the engine is told as that one's
 * @throws LoadError of the loader.
 */
export async function loadSources(
  run: RunContext,
  stages: readonly NodeStage[],
  session: Session,
  onSource: (stage: NodeStage) => void,
): Promise<readonly LoadedSource[]> {
  const { loader, plan, names, ledger, runId, maxRejects, signal, emit } = run;
  for (const { node } of stages) {
    tagStatements(session, runId, node);
    await session.execute(`drop table if exists ${names.candidate(node)}`);
  }
  tagStatements(session, runId);
  if (plan.limit?.type === 'empty') return loadNothing(run, stages, session);
  if (!loader || !plan.delivery) return [];
  const loaded = await loader.load({
    targets: sourceTargets(run, stages),
    session,
    loadId: runId,
    maxRejects,
    rejectsTable: ledger.table('rejected_rows'),
    ...(signal && { signal }),
    onSource: (name) => {
      const stage = stages.find(({ node }) => node.name === name);
      tagStatements(session, runId, stage?.node);
      if (stage) onSource(stage);
    },
    onProgress: (progress) => emit({ type: 'load_progress', progress }),
    onStoreRetry: (retry) => emit({ type: 'store_retry', retry }),
  });
  if (plan.limit?.type !== 'sample') return loaded;
  const sampled: LoadedSource[] = [];
  for (const source of loaded) sampled.push(await sample(run, stages, source, plan.limit.share, session));
  return sampled;
}

async function loadNothing(
  { names, runId }: RunContext,
  stages: readonly NodeStage[],
  session: Session,
): Promise<readonly LoadedSource[]> {
  for (const { node } of stages) {
    tagStatements(session, runId, node);
    const statements = createEmptySource(names.candidate(node), node.declaration as Source, names.dialect);
    for (const statement of statements) await session.execute(statement);
  }
  return stages.map(({ node }) => ({
    source: node.name,
    rows: 0,
    rejectedRows: 0,
    repeatedRows: 0,
    overruledRows: 0,
    files: [],
    kept: [],
  }));
}

async function sample(
  { names, runId }: RunContext,
  stages: readonly NodeStage[],
  loaded: LoadedSource,
  share: number,
  session: Session,
): Promise<LoadedSource> {
  const stage = stages.find(({ node }) => node.name === loaded.source);
  if (!stage) return loaded;
  const { node } = stage;
  tagStatements(session, runId, node);
  const deleted = await session.execute(
    sampleRows(names.candidate(node), node.declaration.columns, share, names.dialect),
  );
  return { ...loaded, rows: loaded.rows - deleted };
}

/** The source that a load error is about, by the file it names. */
export function stageOfFile(
  stages: readonly NodeStage[],
  delivery: Delivery | undefined,
  error: unknown,
): NodeStage | undefined {
  const file = error instanceof MatineeError ? error.location?.file : undefined;
  // Of `tags.csv` and `genome-tags.csv` both end `genome-tags.csv`.
  const [delivered] = (delivery?.files ?? [])
    .filter(({ path }) => file?.endsWith(path))
    .toSorted((one, other) => other.path.length - one.path.length);
  return stages.find(({ node }) => delivered && node.name === delivered.source);
}
