import type { Session, WarehouseRow } from '../adapters/adapter.js';
import { sqlType } from '../adapters/column-types.js';
import { openDuckDb } from '../adapters/duckdb/open.js';
import { withSession } from '../adapters/with-session.js';
import { messageOf, ProjectError } from '../errors.js';
import { contractSelect } from '../materialize/contract-select.js';
import type { Columns, Row } from '../nodes/column.js';
import type { UnitTest } from '../nodes/unit-test.js';
import type { Project } from '../project/project.js';
import { renderQuery } from '../project/render-query.js';
import { checkVariables, type VariableValues } from '../project/variables.js';
import { quoteIdentifier } from '../sql/identifier.js';
import { formatLiteral } from '../sql/literal.js';
import { differenceOf, type RowDifference } from './compare-rows.js';

/** How one unit test came out. */
export interface UnitTestResult {
  readonly test: string;
  readonly model: string;
  readonly status: 'passed' | 'failed' | 'errored';
  readonly seconds: number;
  readonly difference: RowDifference | undefined;
  /** The query as it ran. */
  readonly sql: string;
  readonly message: string | undefined;
}

/**
 * Builds a scenario step by step in a warehouse of its own. It calls `look` after each build, with the name of the model's
 * table, and throws what makes a build fail.
 */
export type ScenarioRunner = (
  test: UnitTest,
  look: (session: Session, table: string, expected: readonly Row<Columns>[]) => Promise<boolean>,
) => Promise<void>;

/** Runs unit tests one after the other on an embedded engine of their own. */
export async function runUnitTests(
  project: Project,
  tests: readonly UnitTest[],
  variables: VariableValues,
  runScenario: ScenarioRunner,
): Promise<readonly UnitTestResult[]> {
  if (tests.length === 0) return [];
  const warehouse = await openDuckDb({ path: ':memory:', engineThreads: 1 });
  return withSession(warehouse, async (session) => {
    const results: UnitTestResult[] = [];
    for (const test of tests)
      results.push(
        test.later.length > 0
          ? await runSteps(project, test, runScenario)
          : await runOne(project, test, variables, session),
      );
    return results;
  }).finally(() => warehouse.close());
}

async function runSteps(
  project: Project,
  test: UnitTest,
  runScenario: ScenarioRunner,
): Promise<UnitTestResult> {
  const started = performance.now();
  let difference: RowDifference | undefined;
  let steps = 0;
  try {
    checkVariables(project, test.variables);
    await runScenario(test, async (session, table, expected) => {
      steps++;
      await session.execute('begin transaction');
      difference = await compareWith(session, `select * from ${table}`, test.model.columns, expected).finally(
        () => session.execute('rollback'),
      );
      return difference === undefined;
    });
    const message = difference && `after build ${steps} of ${test.later.length + 1}`;
    return resultOf(test, started, { difference, message });
  } catch (error) {
    const message = `build ${steps + 1}: ${messageOf(error)}`;
    return resultOf(test, started, { status: 'errored', difference, message });
  }
}

/** Passed, unless something says otherwise. */
function resultOf(test: UnitTest, started: number, found: Partial<UnitTestResult>): UnitTestResult {
  return {
    test: test.name,
    model: test.model.name,
    status: found.difference ? 'failed' : 'passed',
    seconds: (performance.now() - started) / 1000,
    difference: undefined,
    sql: '',
    message: undefined,
    ...found,
  };
}

async function compareWith(
  session: Session,
  sql: string,
  columns: Columns,
  rows: readonly Row<Columns>[],
): Promise<RowDifference | undefined> {
  const expectedColumns = columnsNamed(columns, rows);
  await createRows(session, quote('expected'), expectedColumns, rows);
  const actual = await session.query(
    `select ${Object.keys(expectedColumns).map(quote).join(', ')} from (${sql}\n)`,
  );
  const expected = await session.query(`select * from ${quote('expected')}`);
  return differenceOf(actual, expected as readonly WarehouseRow[]);
}

async function runOne(
  project: Project,
  test: UnitTest,
  variables: VariableValues,
  session: Session,
): Promise<UnitTestResult> {
  const started = performance.now();
  let sql = '';
  try {
    checkVariables(project, test.variables);
    await session.execute('begin transaction');
    for (const { relation, rows } of test.given)
      await createRows(session, givenName(relation.name), relation.columns, rows);
    sql = renderUnitTest(project, test, variables);
    const difference = await compareWith(session, sql, test.model.columns, test.expected);
    return resultOf(test, started, { difference, sql });
  } catch (error) {
    return resultOf(test, started, { status: 'errored', sql, message: messageOf(error) });
  } finally {
    await session.execute('rollback').catch(() => undefined);
  }
}

/** The model's query over the given rows. */
function renderUnitTest(project: Project, test: UnitTest, variables: VariableValues): string {
  const given = new Set(test.given.map(({ relation }) => relation.name));
  const { text } = renderQuery(project, test.model.query, {
    dialect: 'duckdb',
    variables: { ...variables, ...test.variables },
    replaced: given,
    relationName: (node) => {
      if (given.has(node.name)) return givenName(node.name);
      throw new ProjectError(
        'UNIT_TEST_GIVEN',
        `The query reads '${node.name}', for which no rows are given.`,
        {
          location: test.location,
          hint: `Add given(${node.name}, []) to the unit test.`,
        },
      );
    },
  });
  return contractSelect(text, test.model.columns, 'duckdb');
}

/** The columns that at least one row names; all, if there are no rows. */
function columnsNamed(columns: Columns, rows: readonly Row<Columns>[]): Columns {
  const named = new Set(rows.flatMap((row) => Object.keys(row)));
  return Object.fromEntries(Object.entries(columns).filter(([name]) => rows.length === 0 || named.has(name)));
}

/** A temporary table with these rows. */
async function createRows(
  session: Session,
  name: string,
  columns: Columns,
  rows: readonly Row<Columns>[],
): Promise<void> {
  const unknown = rows.flatMap((row) => Object.keys(row)).find((column) => !(column in columns));
  if (unknown) throw new ProjectError('UNIT_TEST_COLUMN', `A row names '${unknown}', which is no column.`);
  const definitions = Object.entries(columns).map(
    ([column, { type }]) => `${quote(column)} ${sqlType(type, 'duckdb')}`,
  );
  await session.execute(`create temporary table ${name} (${definitions.join(', ')})`);
  await insertRows(session, name, columns, rows);
}

/** Appends rows to a table that has these columns in this order; columns left out are null. */
export async function insertRows(
  session: Session,
  name: string,
  columns: Columns,
  rows: readonly Row<Columns>[],
): Promise<void> {
  if (rows.length === 0) return;
  const values = rows.map(
    (row) =>
      `(${Object.keys(columns)
        .map((column) => formatLiteral(row[column] ?? null, 'duckdb'))
        .join(', ')})`,
  );
  const list = Object.keys(columns).map(quote).join(', ');
  await session.execute(`insert into ${name} (${list}) values ${values.join(', ')}`);
}

const quote = (name: string) => quoteIdentifier(name, 'duckdb');
const givenName = (name: string) => quote(`given_${name}`);
