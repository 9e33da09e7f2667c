import { formatLocation, type SourceLocation, type TestResult, type UnitTestResult } from '@matinee/core';
import type { Colors } from './colors.js';
import { plural } from './numbers.js';
import { rowsTable } from './rows-table.js';

export interface TestPlaces {
  readonly root: string;
  /** Files with the SQL of tests, by test. */
  readonly sqlFiles: ReadonlyMap<string, string>;
  readonly locationOf: (test: string) => Partial<SourceLocation> | undefined;
}

const SAMPLES = 5;

/** All that is known of a failing test: count, place, SQL file, sample rows. */
export async function testDetails(
  result: TestResult | UnitTestResult,
  places: TestPlaces,
  { bold, cyan, dim }: Colors,
): Promise<readonly string[]> {
  const location = places.locationOf(result.test);
  const file = places.sqlFiles.get(result.test);
  const storedIn = 'storedIn' in result ? result.storedIn : undefined;
  const details = [
    ...(location?.file ? [cyan(formatLocation(location, places.root))] : []),
    ...(result.message ? [result.message] : []),
    ...(file ? [`${dim('SQL:')} ${file}`] : []),
    ...(storedIn ? [`${dim('rows kept in:')} ${storedIn}`] : []),
    ...(await samples(result)),
  ];
  return [`${bold(result.test)}: ${outcome(result)}`, ...details.map((line) => `  ${line}`)];
}

function outcome(result: TestResult | UnitTestResult): string {
  if (result.status === 'errored') return 'could not run';
  if ('failures' in result) return plural(result.failures, 'failing row');
  const { missing = [], unexpected = [] } = result.difference ?? {};
  return `${plural(missing.length, 'expected row')} missing, ${unexpected.length} unexpected`;
}

async function samples(result: TestResult | UnitTestResult): Promise<readonly string[]> {
  if ('samples' in result) {
    return result.samples.length > 0 ? lines(await rowsTable(result.samples)) : [];
  }
  const { missing = [], unexpected = [] } = result.difference ?? {};
  return [
    ...(missing.length > 0 ? ['missing:', ...lines(await rowsTable(missing.slice(0, SAMPLES)))] : []),
    ...(unexpected.length > 0
      ? ['unexpected:', ...lines(await rowsTable(unexpected.slice(0, SAMPLES)))]
      : []),
  ];
}

function lines(text: string): readonly string[] {
  return text.split('\n');
}
