import type { Session } from '../adapters/adapter.js';
import type { Namer } from '../materialize/names.js';
import { formatLiteral } from '../sql/literal.js';
import type { TestStatus } from '../testing/judge.js';
import { LEDGER_SCHEMA } from './ledger-tables.js';

/** A run as the ledger has it. Times are UTC, `YYYY-MM-DD HH:MM:SS.mmm`. */
export interface PastRun {
  readonly runId: string;
  readonly command: string;
  readonly target: string | null;
  readonly startedAt: string;
  /** Null while it runs, and for one that was killed. */
  readonly seconds: number | null;
  /** `ok`, `failed`, `interrupted`, `running`, or `killed`: it never ended. */
  readonly status: string;
  readonly built: number;
  readonly reused: number;
  readonly failed: number;
  readonly skipped: number;
  readonly testsFailed: number;
}

/** What one run did about one node. */
export interface PastNodeResult {
  readonly runId: string;
  readonly startedAt: string;
  readonly action: string;
  readonly status: string;
  readonly reason: string;
  readonly rowsChanged: boolean | null;
  readonly rows: number | null;
  readonly seconds: number;
  readonly testsFailed: number;
  readonly message: string | null;
}

/** What one run did about one of several nodes. */
export interface PastBuild {
  readonly node: string;
  readonly startedAt: string;
  readonly action: string;
  readonly status: string;
  readonly rows: number | null;
  readonly seconds: number;
}

/** How a test came out last. */
export interface PastTestResult {
  readonly test: string;
  readonly startedAt: string;
  readonly status: TestStatus;
  readonly failures: number | null;
  readonly seconds: number | null;
  readonly message: string | null;
}

/** What the last run was to do and has not done. */
export interface UnfinishedRun {
  readonly runId: string;
  readonly command: string;
  readonly status: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly options: Readonly<Record<string, unknown>>;
  /** Nodes that failed, were skipped or that it did not come to; for `test`, the nodes whose tests did not pass. */
  readonly unfinished: readonly string[];
}

/** Reads the past from a ledger that is there. */
export class History {
  readonly #session: Session;
  readonly #names: Namer;

  constructor(session: Session, names: Namer) {
    this.#session = session;
    this.#names = names;
  }

  /** Whether there is a ledger at all. */
  async exists(): Promise<boolean> {
    const columns = await this.#session.columns(this.#names.schema(LEDGER_SCHEMA));
    return columns.get('runs')?.has('planned') ?? false;
  }

  /** The latest runs, newest first. */
  async runs(limit: number): Promise<readonly PastRun[]> {
    const count = (status: string) => `count(case when status = '${status}' then 1 end)`;
    const rows = await this.#session.query(`with nodes as (
  select run_id, ${count('ok')} as built, ${count('reused')} as reused, ${count('failed')} as failed, ${count('skipped')} as skipped
  from ${this.#table('node_results')} group by run_id
), tests as (
  select run_id, count(*) as tests_failed from ${this.#table('test_results')} where status in ('failed', 'errored') group by run_id
)
select runs.run_id, command, target, cast(started_at as varchar) as started_at, seconds, status,
  coalesce(built, 0) as built, coalesce(reused, 0) as reused, coalesce(failed, 0) as failed, coalesce(skipped, 0) as skipped,
  coalesce(tests_failed, 0) as tests_failed
from ${this.#table('runs')} as runs
left join nodes on nodes.run_id = runs.run_id
left join tests on tests.run_id = runs.run_id
order by runs.started_at desc, runs.run_id limit ${limit}`);
    return rows.map((row) => ({
      runId: String(row.run_id),
      command: String(row.command),
      target: row.target === null ? null : String(row.target),
      startedAt: String(row.started_at),
      seconds: row.seconds === null ? null : Number(row.seconds),
      status: String(row.status),
      built: Number(row.built),
      reused: Number(row.reused),
      failed: Number(row.failed),
      skipped: Number(row.skipped),
      testsFailed: Number(row.tests_failed),
    }));
  }

  /** What the latest runs did about one node, newest first. */
  async node(name: string, limit: number): Promise<readonly PastNodeResult[]> {
    const rows = await this.#session.query(`with tests as (
  select run_id, count(*) as tests_failed from ${this.#table('test_results')}
  where node = ${this.#literal(name)} and status in ('failed', 'errored') group by run_id
)
select runs.run_id, cast(started_at as varchar) as started_at, action, results.status, reason, rows_changed, row_count,
  results.seconds, coalesce(tests_failed, 0) as tests_failed, message
from ${this.#table('node_results')} as results
join ${this.#table('runs')} as runs on runs.run_id = results.run_id
left join tests on tests.run_id = results.run_id
where results.node = ${this.#literal(name)}
order by runs.started_at desc, runs.run_id limit ${limit}`);
    return rows.map((row) => ({
      runId: String(row.run_id),
      startedAt: String(row.started_at),
      action: String(row.action),
      status: String(row.status),
      reason: String(row.reason),
      rowsChanged: row.rows_changed === null ? null : Boolean(row.rows_changed),
      rows: row.row_count === null ? null : Number(row.row_count),
      seconds: Number(row.seconds),
      testsFailed: Number(row.tests_failed),
      message: row.message === null ? null : String(row.message),
    }));
  }

  /** What the latest runs did about each node, newest first. */
  async builds(limit: number): Promise<readonly PastBuild[]> {
    const rows = await this.#session.query(`with ranked as (
  select results.node, cast(runs.started_at as varchar) as started_at, results.action, results.status, results.row_count, results.seconds,
    row_number() over (partition by results.node order by runs.started_at desc, runs.run_id) as place
  from ${this.#table('node_results')} as results
  join ${this.#table('runs')} as runs on runs.run_id = results.run_id
)
select * from ranked where place <= ${limit} order by node, place`);
    return rows.map((row) => ({
      node: String(row.node),
      startedAt: String(row.started_at),
      action: String(row.action),
      status: String(row.status),
      rows: row.row_count === null ? null : Number(row.row_count),
      seconds: Number(row.seconds),
    }));
  }

  /** How every test came out when it ran last. */
  async testResults(): Promise<readonly PastTestResult[]> {
    const rows = await this.#session.query(`with ranked as (
  select results.test, cast(runs.started_at as varchar) as started_at, results.status, results.failures, results.seconds, results.message,
    row_number() over (partition by results.test order by runs.started_at desc, runs.run_id) as place
  from ${this.#table('test_results')} as results
  join ${this.#table('runs')} as runs on runs.run_id = results.run_id
)
select * from ranked where place = 1 order by test`);
    return rows.map((row) => ({
      test: String(row.test),
      startedAt: String(row.started_at),
      status: String(row.status) as TestStatus,
      failures: row.failures === null ? null : Number(row.failures),
      seconds: row.seconds === null ? null : Number(row.seconds),
      message: row.message === null ? null : String(row.message),
    }));
  }

  /** The last run of all and what it left to do; undefined if nothing ever ran. */
  async lastRun(): Promise<UnfinishedRun | undefined> {
    const [run] = await this.#session.query(
      `select run_id, command, status, variables, options, planned from ${this.#table('runs')} order by started_at desc, run_id limit 1`,
    );
    if (!run) return undefined;
    const runId = String(run.run_id);
    const command = String(run.command);
    const planned: readonly string[] = JSON.parse(String(run.planned ?? '[]'));
    const done = new Set(command === 'test' ? await this.#tested(runId, planned) : await this.#built(runId));
    return {
      runId,
      command,
      status: String(run.status),
      variables: JSON.parse(String(run.variables ?? '{}')),
      options: JSON.parse(String(run.options ?? '{}')),
      unfinished: planned.filter((name) => !done.has(name)),
    };
  }

  async #built(runId: string): Promise<readonly string[]> {
    const rows = await this.#session.query(
      `select node from ${this.#table('node_results')} where run_id = ${this.#literal(runId)} and status in ('ok', 'reused')`,
    );
    return rows.map(({ node }) => String(node));
  }

  /** Nodes and unit tests of which some test has a result, and none a bad one. */
  async #tested(runId: string, planned: readonly string[]): Promise<readonly string[]> {
    const rows = await this.#session.query(
      `select node, test, status in ('failed', 'errored') as is_bad from ${this.#table('test_results')} where run_id = ${this.#literal(runId)}`,
    );
    return planned.filter((name) => {
      const own = rows.filter(({ node, test }) => node === name || test === name);
      return own.length > 0 && !own.some(({ is_bad }) => is_bad === true);
    });
  }

  #table(name: string): string {
    return this.#names.inSchema(LEDGER_SCHEMA, name);
  }

  #literal(text: string): string {
    return formatLiteral(text, this.#names.dialect);
  }
}
