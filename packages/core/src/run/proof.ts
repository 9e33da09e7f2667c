import type { Session } from '../adapters/adapter.js';
import { type TestCheck, unique } from '../nodes/generic-test.js';
import { Model } from '../nodes/model.js';
import type { NodeStage } from '../plan/plan.js';
import { allStages } from '../plan/plan.js';
import { incrementalOf, renderQuery } from '../project/render-query.js';
import { determinedBy } from '../testing/determined-columns.js';
import { genericTestName } from '../testing/generic-tests.js';
import { type KnownKey, provesKey } from '../testing/key-proof.js';
import type { ProjectTest } from '../testing/project-tests.js';
import type { Increment } from './increment.js';
import type { RunContext } from './run-context.js';

/** What was built of the node that a test belongs to. */
export interface BuiltNode {
  readonly stage: NodeStage;
  /** Columns stored as enums of their accepted values. */
  readonly enums: ReadonlySet<string>;
  readonly isLoaded: boolean;
  /** What was computed anew, if not all of it was. */
  readonly increment: Increment | undefined;
}

/** Why a test need not run: what was built is such that it must hold. Undefined if it has to run. */
export async function proofOf(
  test: ProjectTest,
  built: BuiltNode,
  run: RunContext,
  session: Session,
): Promise<string | undefined> {
  const { check, options } = test;
  if (options.where) return undefined;
  if (check?.type === 'acceptedValues') return enumProof(check, built);
  if (check?.type === 'unique') {
    const { node } = built.stage;
    if (built.isLoaded && check.columns.join() === node.declaration.key.join())
      return 'the load has let every key in once';
    if (await isKeyByForm(check.columns, built.stage, run, session)) return "the query's form proves it";
  }
  return undefined;
}

function enumProof(
  { column, values }: TestCheck & { type: 'acceptedValues' },
  { stage, enums }: BuiltNode,
): string | undefined {
  const accepted = new Set<unknown>(values);
  const stored = enums.has(column) ? stage.node.declaration.columns[column]?.values : undefined;
  return stored?.every((value) => accepted.has(value)) ? "the column's enum type proves it" : undefined;
}

/** Whether a model that is built in full cannot hold a key twice, for its query can give none twice. */
export async function isKeyByForm(
  columns: readonly string[],
  { node, action }: NodeStage,
  run: RunContext,
  session: Session,
): Promise<boolean> {
  const isWhole = action === 'create' || action === 'view';
  if (!isWhole || !(node.declaration instanceof Model) || run.names.dialect !== 'duckdb') return false;
  if (node.declaration.postHook.length > 0) return false;
  const { text } = renderQuery(run.project, node.declaration.query, {
    dialect: run.names.dialect,
    variables: run.variables,
    relationName: (input) => run.plan.published.nameOf(input),
  });
  // Without tests nobody knows that a column is derived from the key.
  const determined = run.withoutTests ? columns : determinedBy(node.declaration, columns);
  return provesKey(session, text, determined, knownKeys(run));
}

/**
 * The keys that a load guarantees, or a test that has passed or must pass before anything is published. Incremental models are
 * refused without a sound key, tests or not.
 */
function knownKeys({ project, names, plan, withoutTests }: RunContext): KnownKey {
  const builtNow = new Set(allStages(plan).map((stage) => stage.node.name));
  return (schema, table) => {
    const node = project
      .relations()
      .find((other) => other.name === table && names.schema(other.schema) === schema);
    if (!node || node.declaration.key.length === 0) return undefined;
    const passed = Object.keys(plan.published.of(node)?.tests ?? {});
    const isKnown = builtNow.has(table)
      ? node.kind === 'source' || !withoutTests || incrementalOf(node) !== undefined
      : node.kind === 'source' ||
        passed.includes(genericTestName(node.declaration, unique(node.declaration.key)));
    return isKnown ? node.declaration.key : undefined;
  };
}
