import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isFine, type RunResult, type TestResult, type UnitTestResult } from '@matinee/core';

/** Where compiled SQL goes, below the workspace's root. */
export const COMPILED_FOLDER = 'target/compiled';

/**
 * Writes the SQL of all tests that did not pass.
 *
 * @returns the files relative to the root, by test name.
 */
export function writeTestSql(root: string, { tests, unitTests }: RunResult): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const result of [...tests, ...unitTests]) {
    if (isFine(result.status) || result.sql === '') continue;
    const file = `${COMPILED_FOLDER}/tests/${fileName(result.test)}.sql`;
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), `${comment(result)}${result.sql.trim()}\n`);
    files.set(result.test, file);
  }
  return files;
}

/** A test's name is free text. */
export function fileName(test: string): string {
  return test.replace(/[^\w.-]+/g, '_').slice(0, 150);
}

function comment(result: TestResult | UnitTestResult): string {
  const about =
    'model' in result
      ? `-- Unit test of ${result.model}: what its query makes of the given rows.`
      : `-- Rows that fail the test '${result.test}' of ${result.owner}.`;
  const candidate = /__candidate\b/i.test(result.sql)
    ? '\n-- It ran on a candidate (…__candidate), which was not published and is gone: leave the suffix out to run it on what is.'
    : '';
  return `${about}${candidate}\n`;
}
