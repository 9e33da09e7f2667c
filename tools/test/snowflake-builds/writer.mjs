/** A process that builds two tables of one group, and prints what happens as JSON lines. Its argument: see `writers.test.ts`. */
import { join } from 'node:path';
import { stripTypes } from '../../../packages/cli/bin/strip-types.mjs';
import { root } from '../../run.mjs';

await stripTypes([join(root, 'packages/core')]);
const { build, buildDag, dataTest, gatherProject, integer, lit, model, openSnowflake, Secret, sql, table } =
  await import('@matinee/core');
const { url, n, limits } = JSON.parse(process.argv[2]);
const tell = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);

const number = (name) =>
  model({
    name,
    description: `The number ${name}.`,
    materialized: table(),
    columns: { n: integer() },
    query: sql`select ${lit(n)} as n`,
  });
const [one, other] = [number('one'), number('other')];
const same = dataTest({
  name: 'same',
  description: 'Both are the same.',
  query: sql`select a.n from ${one} as a join ${other} as b on a.n <> b.n`,
});
const folder = process.cwd();
const exports = { one, other, same };
const dag = buildDag(
  gatherProject(folder, [
    { package: '@films/models-lab', domain: 'lab', folder: `${folder}/no/such`, exports },
  ]),
);

try {
  const warehouse = await openSnowflake({
    account: 'ACME-TEST',
    user: 'ANNA',
    database: 'LAB',
    credentials: { method: 'password', secret: new Secret('secret') },
    accessUrl: url,
    purpose: `build ${n}`,
    onWait: (holder) => tell({ waits: holder }),
    ...limits,
  });
  tell({ holds: process.pid });
  try {
    const { status, nodes } = await build({
      dag,
      warehouse,
      command: 'build',
      threads: 1,
      onEvent: ({ type }) => tell({ event: type }),
    });
    tell({ ended: [status, ...nodes.flatMap(({ error }) => (error ? [error.code] : []))] });
  } finally {
    await warehouse.close();
  }
} catch (error) {
  tell({ ended: ['thrown', error.code ?? String(error)] });
}
