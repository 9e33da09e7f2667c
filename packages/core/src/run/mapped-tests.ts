import type { Session } from '../adapters/adapter.js';
import { storedInputs } from '../graph/mappings.js';
import { type Slice, touchedRows, untouchedRows, valuesThatStay } from '../materialize/slice.js';
import { isTouched, type Touched } from '../materialize/touched.js';
import type { InputMapping } from '../nodes/materialization.js';
import type { Relation } from '../nodes/relation.js';
import type { ProjectNode } from '../project/project.js';
import { isEphemeral } from '../project/render-query.js';
import { quoteIdentifier } from '../sql/identifier.js';
import type { ProjectTest } from '../testing/project-tests.js';
import type { Increment } from './increment.js';
import type { RunContext } from './run-context.js';
import { hadPassed } from './slice-tests.js';

export interface MappedTestSite {
  readonly run: RunContext;
  readonly session: Session;
  /** What was computed anew of a node of the same group, if not all of it was. */
  readonly incrementOf: (name: string) => Increment | undefined;
  readonly nameOf: (node: ProjectNode<Relation>) => string;
  /** The test's query with some relations read by other texts. */
  readonly textWith: (relationName: (node: ProjectNode<Relation>) => string) => string;
}

/**
 * The query of a mapped test for those failing rows that what has changed since it passed can have brought about. Undefined
 * if there may be others: it did not pass before, is not mapped, or the changes are not known.
 */
export async function changedPartOf(
  test: ProjectTest,
  fingerprint: string,
  site: MappedTestSite,
): Promise<string | undefined> {
  const { run, session, textWith } = site;
  if (!test.inputs || !hadPassed(test, fingerprint, run) || !hasViewsOfBefore(test, run)) return undefined;
  const changes = await Promise.all(test.inputs.map((mapping) => changedValues(mapping, site)));
  if (changes.includes(undefined)) return undefined;
  const touched = touchedTables(changes.flatMap((change) => change ?? []));
  if (touched.length === 0) return undefined;
  const { dialect } = run.names;
  const restricted = (node: ProjectNode<Relation>) => {
    const mapping = test.inputs?.find(({ input }) => input.name === node.name);
    return (mapping && restrictedInput(mapping, touched, node, site)) ?? site.nameOf(node);
  };
  const condition = isTouched({ alias: 'failing', touched, dialect, columnOf: (column) => column });
  const hint = dialect === 'duckdb' ? 'materialized ' : '';
  const tables = touched.map(({ table, values }) => `${table} as ${hint}(\n${values}\n)`);
  const text = `with ${tables.join(',\n')}
select * from (
${textWith(restricted)}
) as failing where ${condition}`;
  // A query that names columns by their table does not find them in a bracketed query.
  const isSound = await session.describe(text).then(
    () => true,
    () => false,
  );
  return isSound ? text : undefined;
}

/** Values of columns of the test's query. */
interface Values {
  readonly columns: readonly string[];
  readonly query: string;
}

interface TouchedValues extends Touched {
  readonly values: string;
}

function touchedTables(changes: readonly Values[]): readonly TouchedValues[] {
  const byColumns = new Map<string, Values[]>();
  for (const change of changes) {
    const key = JSON.stringify(change.columns.toSorted());
    byColumns.set(key, [...(byColumns.get(key) ?? []), change]);
  }
  return [...byColumns.values()].map((same, index) => ({
    table: `touched_${index}`,
    columns: same[0]?.columns ?? [],
    values: same.map(({ query }) => query).join('\nunion\n'),
  }));
}

/** The values of a mapping's columns in the rows that have changed; none if no row has, undefined if that is not known. */
async function changedValues(
  { input, columns }: InputMapping,
  { run, session, incrementOf }: MappedTestSite,
): Promise<readonly Values[] | undefined> {
  const [before, now] = [run.plan.before.of(input.name), run.plan.versions.of(input.name)];
  if (before === now) return [];
  if (!columns) return undefined;
  const ordered = Object.fromEntries(Object.entries(columns).sort(([, a], [, b]) => (a < b ? -1 : 1)));
  const slice = incrementOf(input.name)?.slice;
  const node = run.project.get(input.name) as ProjectNode<Relation>;
  const query = slice
    ? valuesInSlice(slice, ordered)
    : await run.feeds.valuesBetween(session, node, before ?? null, now ?? null, ordered);
  return query === undefined ? undefined : [{ columns: Object.values(ordered), query }];
}

function valuesInSlice(slice: Slice, columns: Readonly<Record<string, string>>): string {
  const q = (name: string) => quoteIdentifier(name, slice.dialect);
  const list = Object.entries(columns)
    .map(([from, to]) => `${q(from)} as ${q(to)}`)
    .join(', ');
  const names = Object.keys(columns);
  const isInTouched =
    slice.newRowsAreTouched &&
    slice.touched.every((one) => names.every((name) => one.columns.includes(name)));
  const tables = isInTouched
    ? slice.touched.map(({ table }) => table)
    : [touchedRows(slice, names.map(q).join(', ')), slice.rows];
  return tables.map((table) => `select ${list} from ${table} as changed`).join('\nunion\n');
}

/** The rows of an input that can matter, as a bracketed query; undefined if that cannot be told. */
function restrictedInput(
  { columns = {} }: InputMapping,
  touched: readonly Touched[],
  node: ProjectNode<Relation>,
  { run, nameOf, incrementOf }: MappedTestSite,
): string | undefined {
  const { dialect } = run.names;
  const own = new Map(Object.entries(columns).map(([from, to]) => [to, from]));
  const matching = (tables: readonly Touched[]) =>
    isTouched({ alias: 'input_rows', touched: tables, dialect, columnOf: (name) => own.get(name) });
  const condition = matching(touched);
  if (!condition) return undefined;
  const slice = incrementOf(node.name)?.slice;
  if (!slice) return `(select * from ${nameOf(node)} as input_rows where ${condition})`;
  // The candidate is a view of new rows and old ones that stay: to look for these only where there are any saves a scan.
  const staying = touched.map(
    (one): Touched => ({
      ...one,
      table: valuesThatStay(
        slice,
        one.table,
        Object.fromEntries(Object.entries(columns).filter(([, to]) => one.columns.includes(to))),
      ),
    }),
  );
  const found = `(select * from ${slice.published} as input_rows where ${matching(staying)})`;
  const list = Object.keys(slice.columns)
    .map((name) => quoteIdentifier(name, dialect))
    .join(', ');
  return `(select ${list} from ${slice.rows} as input_rows where ${condition}
union all
select ${list} from ${untouchedRows({ ...slice, published: found })} as untouched)`;
}

/** Whether all views that a test reads show their inputs as they did before. */
function hasViewsOfBefore(test: ProjectTest, { dag, project, plan }: RunContext): boolean {
  return storedInputs(dag, test.name).between.every((name) => {
    const node = project.get(name) as ProjectNode<Relation>;
    return isEphemeral(node) || plan.before.isAsDefined(node);
  });
}
