import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../../packages/core/test/support/files.js';
import { root, run as runProgram } from '../support.js';
import { connect, PATIENTLY, run } from './protocol-support.js';

const program = join(root, 'tools/bin/snowflake-emulator.mjs');

const ENGINE = `
export async function openEngine() {
  const current = { database: null, schema: null, warehouse: null, role: null };
  const session = {
    current,
    execute: async ({ sql }) => ({
      columns: [{ name: 'SQL', type: 'text', nullable: false }],
      rows: [[sql]],
      statementTypeId: 4096,
    }),
    close: async () => console.log('session closed'),
  };
  return { openSession: async () => session, close: async () => console.log('engine closed') };
}`;

test('the emulator runs in a process of its own until its input ends', async () => {
  const folder = temporaryFolder();
  const [engine, users] = [join(folder, 'engine.mjs'), join(folder, 'users.json')];
  writeFileSync(engine, ENGINE);
  writeFileSync(users, JSON.stringify([{ name: 'CARLA', password: 'secret' }]));
  const child = spawn(process.execPath, [
    program,
    '--engine',
    engine,
    '--users',
    users,
    '--account',
    'acme-test',
  ]);
  let printed = '';
  child.stdout.on('data', (data: Buffer) => {
    printed += data;
  });
  await expect.poll(() => printed, PATIENTLY).toContain('\n');
  const connection = await connect(JSON.parse(printed), { username: 'CARLA', password: 'secret' });
  expect((await run(connection, 'select me')).rows).toEqual([['select me']]);
  child.stdin.end();
  expect((await once(child, 'exit'))[0]).toBe(0);
  expect(printed.trim().split('\n').slice(1)).toEqual(['session closed', 'engine closed']);
});

test('alone it serves on DuckDB, with a database and a user', async () => {
  const child = spawn(process.execPath, [program]);
  const [printed] = await once(child.stdout, 'data');
  const connection = await connect(JSON.parse(String(printed)), {
    username: 'MATINEE',
    password: 'matinee',
    database: 'matinee',
  });
  expect((await run(connection, 'select current_database(), 7 / 2')).rows).toEqual([['MATINEE', 3.5]]);
  child.stdin.end();
  expect((await once(child, 'exit'))[0]).toBe(0);
});

test.each([
  ['snowflake-emulator', '--database <name>   a database that is there'],
  ['fakesnow', '--complete  add what it lacks'],
])('%s says how it is used, and serves nothing', async (name, line) => {
  const { status, stdout } = await runProgram(
    process.execPath,
    [join(root, `tools/bin/${name}.mjs`), '--help'],
    root,
  );
  expect(status).toBe(0);
  expect(stdout).toContain(line);
});
