/** A process that builds two tables of one group, and prints what happens as JSON lines. Its argument: see `writers.test.ts`. */
import { join } from 'node:path';
import { stripTypes } from '../../../packages/cli/bin/strip-types.mjs';
import { root } from '../../run.mjs';
import { numbers } from './writers-project.mjs';

await stripTypes([join(root, 'packages/core')]);
const core = await import('@matinee/core');
const { build, buildDag, gatherProject, openSnowflake, Secret } = core;
const { url, n, limits } = JSON.parse(process.argv[2]);
const tell = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);

const folder = process.cwd();
const dag = buildDag(
  gatherProject(folder, [
    { package: '@films/models-lab', domain: 'lab', folder: `${folder}/no/such`, exports: numbers(core, n) },
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
