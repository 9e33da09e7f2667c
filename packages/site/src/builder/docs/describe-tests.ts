import {
  type Dag,
  DataTest,
  type PastTestResult,
  projectTests,
  type TestCheck,
  UnitTest,
} from '@matinee/core';
import type { TestDocs } from '../../contract/docs.js';
import { groupBy } from '../group-by.js';
import { utcTime } from '../utc-time.js';

/** A test beside the node whose page shows it. */
export interface OwnedTest {
  readonly node: string;
  /** The columns it looks at; none if it looks at rows as a whole. */
  readonly columns: readonly string[];
  readonly docs: TestDocs;
}

/** All tests with their last results, by node. A test of its own is shown with everything that it reads. */
export function describeTests(
  dag: Dag,
  results: readonly PastTestResult[],
): ReadonlyMap<string, readonly OwnedTest[]> {
  const last = new Map(results.map((result) => [result.test, result]));
  const data = projectTests(dag.project, dag).flatMap(({ name, owner, check, options }) => {
    const { declaration } = dag.project.get(owner);
    const description = declaration instanceof DataTest ? declaration.description : '';
    const docs = {
      name,
      check: check?.type ?? 'query',
      description,
      severity: options.severity ?? 'error',
      ...outcome(last.get(name)),
    };
    const shownAt = declaration instanceof DataTest ? dag.inputsOf(owner) : [owner];
    return shownAt.map((node) => ({ node, columns: columnsOf(check), docs }));
  });
  const unit = [...dag.project.nodes.values()].flatMap(({ declaration }) => {
    if (!(declaration instanceof UnitTest)) return [];
    const { name, description, model } = declaration;
    const docs = { name, check: 'unit', description, severity: 'error', ...outcome(last.get(name)) };
    return [{ node: model.name, columns: [], docs }];
  });
  return groupBy([...data, ...unit], ({ node }) => node);
}

function outcome(
  result: PastTestResult | undefined,
): Omit<TestDocs, 'name' | 'check' | 'description' | 'severity'> {
  if (!result) return { status: null, failures: null, at: null, seconds: null, message: null };
  const { status, failures, startedAt, seconds, message } = result;
  return { status, failures, at: utcTime(startedAt), seconds, message };
}

function columnsOf(check: TestCheck | undefined): readonly string[] {
  if (!check) return [];
  if ('columns' in check) return check.columns;
  return 'column' in check ? [check.column] : [];
}
