import { NodeError } from '../errors.js';
import type { Relation } from '../nodes/relation.js';
import type { NodeStage } from '../plan/plan.js';
import type { ProjectNode } from '../project/project.js';
import type { TestResult } from '../testing/run-test.js';
import type { UnitTestResult } from '../testing/unit-tests.js';

/** @throws NodeError UNIT_TEST_FAILED if a unit test of the node did not pass. */
export function requireUnitTests({ node, unitTests }: NodeStage, results: readonly UnitTestResult[]): void {
  const names = new Set(unitTests.map((test) => test.name));
  const failed = results.filter((result) => names.has(result.test) && result.status !== 'passed');
  if (failed.length === 0) return;
  throw new NodeError(
    'UNIT_TEST_FAILED',
    `${node.name}: ${failed.length} unit test(s) fail: ${failed.map(({ test }) => test).join(', ')}.`,
    {
      location: node.declaration.location,
      hint: `See them with: matinee test --select ${node.name}.`,
    },
  );
}

/** Data tests that keep a node from being published. */
export function testsFailed(node: ProjectNode<Relation>, failed: readonly TestResult[]): NodeError {
  return new NodeError(
    'TEST_FAILED',
    `${node.name}: ${failed.length} test(s) fail: ${failed.map(({ test }) => test).join(', ')}.`,
    {
      location: node.declaration.location,
      hint: 'What was published before is still in place.',
    },
  );
}
