import type { Session } from '../adapters/adapter.js';
import { untouchedRows, valuesThatStay } from '../materialize/slice.js';
import type { Relation } from '../nodes/relation.js';
import { passedBefore } from '../plan/test-stages.js';
import type { ProjectNode } from '../project/project.js';
import { quoteIdentifier } from '../sql/identifier.js';
import { determinedBy } from '../testing/determined-columns.js';
import type { ProjectTest } from '../testing/project-tests.js';
import type { Increment } from './increment.js';
import type { RunContext } from './run-context.js';

export interface TestedIncrement {
  readonly run: RunContext;
  readonly session: Session;
  readonly node: ProjectNode<Relation>;
  readonly increment: Increment;
}

/**
 * The rows of an increment on which a generic test can fail, as a bracketed query, given that it passed on the rows before:
 * the new ones, and those old ones that new or changed rows elsewhere have to do with. Undefined if it may fail on any row.
 */
export async function rowsToTest(
  test: ProjectTest,
  fingerprint: string,
  { run, session, node, increment }: TestedIncrement,
): Promise<string | undefined> {
  const { check, options } = test;
  if (!check || options.where || !hadPassed(test, fingerprint, run)) return undefined;
  const { slice } = increment;
  switch (check.type) {
    case 'notNull':
    case 'acceptedValues':
    case 'range':
      return slice.rows;
    case 'expression':
    case 'derived':
      return test.reads.length === 1 ? slice.rows : undefined;
    case 'unique':
      return check.columns.every((column) => node.declaration.key.includes(column))
        ? withSameKeys(check.columns, node.declaration, increment, run)
        : withUntouched(increment, run, cameWith(check.columns, increment, run));
    case 'relationships':
      return check.to === 'self'
        ? undefined
        : relatedRows(test, { run, session, node, increment }, check.to(), check);
    case 'rowCount':
      return undefined;
  }
}

/** Whether a test passed, without a single failing row, on all that stood before this run. */
export function hadPassed(test: ProjectTest, fingerprint: string, { plan, dag }: RunContext): boolean {
  const { published, before } = plan;
  return passedBefore(test, fingerprint, { dag, published, versions: before })?.failures === 0;
}

/**
 * The keys of new rows, and of old ones that may have the key of a new row. No old row that stays has the key of one that goes,
 * so only keys that are new are looked for: few, and in the columns of the key alone. Where the key tells whether a row is
 * touched, none that stays has the key of one that comes.
 */
function withSameKeys(
  key: readonly string[],
  relation: Relation,
  { slice }: Increment,
  run: RunContext,
): string {
  const determined = determinedBy(relation, key);
  if (
    slice.newRowsAreTouched &&
    slice.touched.every((one) => one.columns.every((column) => determined.includes(column)))
  )
    return slice.rows;
  const columns = list(key, run);
  const newKeys = `select ${columns} from ${slice.rows} except select ${columns} from ${slice.replaced}`;
  return `(select ${columns} from ${slice.rows}
union all
select ${columns} from ${slice.published} as stored where (${columns}) in (${newKeys}))`;
}

/** The condition that a row has values that some new row has too. */
function cameWith(columns: readonly string[], { slice }: Increment, run: RunContext): string {
  const values = list(columns, run);
  return `(${values}) in (select ${values} from ${slice.rows})`;
}

/** New rows, and old ones that refer to a row which has changed or is gone. */
async function relatedRows(
  { reads }: ProjectTest,
  { run, session, node, increment }: TestedIncrement,
  parent: Relation,
  { column, field }: { readonly column: string; readonly field: string },
): Promise<string | undefined> {
  const { plan, project, feeds } = run;
  const to = project.get(parent.name) as ProjectNode<Relation>;
  if (!reads.every((name) => name === node.name || name === parent.name)) return undefined;
  const [before, now] = [plan.before.of(to.name), plan.versions.of(to.name)];
  if (before === now) return increment.slice.rows;
  const changed = await feeds.valuesBetween(session, to, before ?? null, now ?? null, { [field]: column });
  if (!changed) return undefined;
  const own = quoteIdentifier(column, run.names.dialect);
  const values = valuesThatStay(increment.slice, `(${changed})`, { [column]: column });
  return withUntouched(increment, run, `${own} in (select ${own} from ${values} as changed_values)`);
}

/** The new rows, and those old ones that stay and meet a condition. Few do, so that is looked for first. */
function withUntouched({ slice }: Increment, { names }: RunContext, where: string): string {
  const columns = list(Object.keys(slice.columns), { names });
  const hint = names.dialect === 'duckdb' ? 'materialized ' : '';
  return `(with found as ${hint}(select ${columns} from ${slice.published} as stored where ${where})
select ${columns} from ${slice.rows} union all select ${columns} from ${untouchedRows({ ...slice, published: 'found' })} as untouched)`;
}

function list(columns: readonly string[], { names }: Pick<RunContext, 'names'>): string {
  return columns.map((column) => quoteIdentifier(column, names.dialect)).join(', ');
}
