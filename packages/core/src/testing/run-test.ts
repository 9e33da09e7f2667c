import type { Session, WarehouseRow } from '../adapters/adapter.js';
import { messageOf } from '../errors.js';
import type { Severity } from '../nodes/generic-test.js';
import { judge, type TestStatus } from './judge.js';
import type { ProjectTest } from './project-tests.js';

/** How one test came out. */
export interface TestResult {
  readonly test: string;
  /** The node that answers for it. */
  readonly owner: string;
  readonly severity: Severity;
  readonly status: TestStatus;
  /** The number of failing rows; of keys for a unique test. */
  readonly failures: number;
  /** Up to five of them. */
  readonly samples: readonly WarehouseRow[];
  readonly seconds: number;
  /** The SQL that returns the failing rows. */
  readonly sql: string;
  /** Why it was not run, or what went wrong when it ran. */
  readonly message: string | undefined;
  /** The table that keeps the failing rows, if that was asked for. */
  readonly storedIn: string | undefined;
}

export interface TestRun {
  readonly test: ProjectTest;
  readonly sql: string;
  readonly session: Session;
  /** Keep the failing rows in this table (quoted name). */
  readonly storeIn?: string | undefined;
}

const SAMPLES = 5;

/** The result of a test that was not run, with the reason. */
export function notRun(
  test: ProjectTest,
  sql: string,
  status: 'proved' | 'reused' | 'skipped' | 'warned',
  reason: string,
  failures = 0,
): TestResult {
  return { ...unrun(test, sql), status, failures, message: `not run: ${reason}` };
}

/** A result before anything has come out. */
function unrun(test: ProjectTest, sql: string): Omit<TestResult, 'status'> {
  return {
    test: test.name,
    owner: test.owner,
    severity: test.options.severity ?? 'error',
    failures: 0,
    samples: [],
    seconds: 0,
    sql,
    message: undefined,
    storedIn: undefined,
  };
}

/** Runs one test. An SQL error makes it `errored`, it is not thrown. */
export async function runTest({ test, sql, session, storeIn }: TestRun): Promise<TestResult> {
  const started = performance.now();
  const result = (status: TestStatus, rest: Partial<TestResult> = {}): TestResult => ({
    ...unrun(test, sql),
    status,
    seconds: (performance.now() - started) / 1000,
    ...rest,
  });
  try {
    const [row] = await session.query(`select count(*) as failures from (${sql}\n) as failing`);
    const failures = Number(row?.failures ?? 0);
    const status = judge(failures, test.options);
    if (storeIn && failures === 0) await session.execute(`drop table if exists ${storeIn}`);
    if (failures === 0) return result(status);
    const samples = await session.query(`select * from (${sql}\n) as failing limit ${SAMPLES}`);
    if (storeIn) await session.execute(`create or replace table ${storeIn} as\n${sql}`);
    return result(status, { failures, samples, storedIn: storeIn });
  } catch (error) {
    return result('errored', { message: messageOf(error) });
  }
}
