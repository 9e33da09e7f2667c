import { describe, expect, it } from 'vitest';
import { type Dialect, type GenericTest, projectTests, renderQuery, runTest } from '../../src/index.js';
import { failingRows, genericTestName } from '../../src/testing/generic-tests.js';
import { expectSql } from '../support/golden.js';
import { openMemory, openSession } from '../support/lab.js';
import { dagOf, projectOf } from '../support/project.js';
import { cases, films, people } from './generic-cases.js';

const project = projectOf(people, films);

function render(test: GenericTest, dialect: Dialect): string {
  const quote = (name: string) => (dialect === 'snowflake' ? name.toUpperCase() : name);
  return renderQuery(project, failingRows(films, test), {
    dialect,
    relationName: (node) => `"${quote(node.schema)}"."${quote(node.name)}"`,
  }).text;
}

describe.each(cases)('%s', (_name, test, expected) => {
  it('has a name and its SQL in each dialect', () => {
    expect(genericTestName(films, test)).toBe(expected.name);
    expectSql((dialect) => render(test, dialect), expected);
  });

  it.each(['good', 'bad'] as const)('counts and shows the failing rows of %s data', async (which) => {
    const session = await openSession(await openMemory());
    await session.execute('create schema lab');
    await session.execute('create table lab.people as select unnest([1, 2]) as id');
    await session.execute('create table lab.films (id bigint, name varchar, person bigint, parent bigint)');
    await session.execute(`insert into lab.films values ${expected[which]}`);
    const [declared] = projectTests(projectOf(people), dagOf(people));
    const sqlText = render(test, 'duckdb');
    const result = await runTest({ test: { ...declared!, options: test.options }, sql: sqlText, session });
    expect(result.message).toBeUndefined();
    const failing = which === 'bad' ? expected : { failures: 0, samples: [] };
    expect(result).toMatchObject({ failures: failing.failures, samples: failing.samples });
    expect(result.status).toBe(failing.failures > 0 ? 'failed' : 'passed');
  });
});
