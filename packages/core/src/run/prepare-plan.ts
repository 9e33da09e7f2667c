import type { Session } from '../adapters/adapter.js';
import type { Delivery } from '../adapters/source-loader.js';
import { UsageError } from '../errors.js';
import { selectNodes } from '../graph/selection.js';
import { Namer } from '../materialize/names.js';
import { Source } from '../nodes/source.js';
import { buildPlan } from '../plan/build-plan.js';
import type { Plan } from '../plan/plan.js';
import type { TargetState } from '../plan/published.js';
import type { WarehouseState } from '../plan/state.js';
import { Ledger } from './ledger.js';
import type { BuildOptions } from './run-options.js';
import { neededSchemas, writtenSchemas } from './written-schemas.js';

/** A plan, and what it was made from. */
export interface PreparedPlan {
  readonly plan: Plan;
  readonly state: WarehouseState;
}

/** The target as it is planned on. */
export interface PlanSite {
  readonly runId: string;
  readonly names: Namer;
  readonly ledger: Ledger;
  /** Whether publications were finished that had been broken off, whose candidates may be left anywhere. */
  readonly isRecovered?: boolean;
}

/** Looks at the target, the delivery and the target that is deferred to, and plans. Nothing is written. */
export async function preparePlan(
  options: BuildOptions,
  session: Session,
  { runId, names, ledger, isRecovered = false }: PlanSite,
): Promise<PreparedPlan> {
  const { dag, fullRefresh, withoutTests, atomic, limit, window } = options;
  const selected = selectKinds(options);
  const afterKill = writtenSchemas(dag);
  const schemas = isRecovered ? afterKill : neededSchemas(dag, selected, options.defer !== undefined);
  const state = await ledger.readState({ schemas, afterKill });
  const plan = buildPlan({
    dag,
    runId,
    selected,
    state,
    names,
    variables: options.variables ?? {},
    delivery: await survey(options, selected, state),
    prune: options.prune ?? false,
    deferred: await deferredState(options, session, schemas),
    fullRefresh: fullRefresh ?? false,
    withoutTests: withoutTests ?? false,
    atomic: atomic ?? false,
    limit,
    backfill: window !== undefined,
  });
  return { plan, state };
}

function selectKinds({ dag, select, exclude, kinds }: BuildOptions): ReadonlySet<string> {
  const selected = selectNodes(dag, select, exclude);
  return kinds
    ? new Set([...selected].filter((name) => kinds.includes(dag.project.get(name).kind)))
    : selected;
}

async function survey(
  { dag, loader, limit, signal, onEvent }: BuildOptions,
  selected: ReadonlySet<string>,
  { files }: WarehouseState,
): Promise<Delivery | undefined> {
  const declarations = [...selected].map((name) => dag.project.get(name).declaration);
  const sources = declarations.filter((declaration) => declaration instanceof Source);
  if (sources.length === 0 || limit?.type === 'empty') return undefined;
  if (!loader)
    throw new UsageError('SOURCE_MISSING', 'Sources are selected, but nothing says where their files are.', {
      hint: 'Give --source with a folder, a .zip file or s3://bucket/prefix.',
    });
  return loader.survey(sources, [...files.values()].flat(), signal, {
    onProgress: (progress) => onEvent?.({ type: 'survey_progress', progress }),
    onStoreRetry: (retry) => onEvent?.({ type: 'store_retry', retry }),
  });
}

async function deferredState(
  { defer, warehouse }: BuildOptions,
  session: Session,
  schemas: ReadonlySet<string>,
): Promise<TargetState | undefined> {
  if (!defer) return undefined;
  const names = new Namer(warehouse.dialect, defer.schemaPrefix, defer.database);
  return { names, state: await new Ledger(session, names).readState({ schemas }) };
}
