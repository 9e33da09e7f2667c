import type { Session } from '../adapters/adapter.js';
import { untouchedRows } from '../materialize/slice.js';
import type { Relation } from '../nodes/relation.js';
import { hashOf } from '../plan/hash.js';
import type { ProjectNode } from '../project/project.js';
import { quoteIdentifier } from '../sql/identifier.js';
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
 * The rows of an increment on which a test can fail, as a bracketed query, given that it passed on the rows before: the
 * new ones, and those old ones that new or changed rows elsewhere have to do with. Undefined if it may fail on any row.
 */
export async function rowsToTest(
  test: ProjectTest,
  fingerprint: string,
  { run, session, node, increment }: TestedIncrement,
): Promise<string | undefined> {
  const { check, options } = test;
  if (!check || options.where || !hasPassedBefore(test, fingerprint, run, node)) return undefined;
  const { slice } = increment;
  switch (check.type) {
    case 'notNull':
    case 'acceptedValues':
    case 'range':
      return slice.rows;
    case 'expression':
      return test.reads.length === 1 ? slice.rows : undefined;
    case 'unique':
      return withUntouched(
        increment,
        run,
        `(${list(check.columns, run)}) in (select ${list(check.columns, run)} from ${slice.rows})`,
      );
    case 'relationships':
      return check.to === 'self'
        ? undefined
        : relatedRows(test, { run, session, node, increment }, check.to(), check);
    case 'rowCount':
      return undefined;
  }
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
  const [before, now] = [plan.published.of(to)?.rowsVersion, plan.versions.of(parent.name)];
  if (before === now) return increment.slice.rows;
  const values = await feeds.valuesBetween(session, to, before ?? null, now ?? null, { [field]: column });
  const own = quoteIdentifier(column, run.names.dialect);
  return (
    values && withUntouched(increment, run, `${own} in (select ${own} from (${values}) as changed_values)`)
  );
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

/** Whether the test passed, without a single failing row, on all that stood before this run. */
function hasPassedBefore(
  test: ProjectTest,
  fingerprint: string,
  { plan, project }: RunContext,
  node: ProjectNode<Relation>,
): boolean {
  const passed = plan.published.of(node)?.tests[test.name];
  const versions = test.reads
    .toSorted()
    .map((name) => plan.published.of(project.get(name) as ProjectNode<Relation>)?.rowsVersion ?? null);
  return passed?.failures === 0 && passed.version === hashOf([fingerprint, versions]);
}
