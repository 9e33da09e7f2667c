/**
 * Where builds are killed: our emulator of Snowflake, in a process of its own. What is published there is copied into a DuckDB
 * file by a connection of its own, and that file is looked at as a DuckDB warehouse is.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { stripTypes } from '../../packages/cli/bin/strip-types.mjs';
import { root as repository } from '../run.mjs';
import { observe } from './observe.mjs';
import { copyPublished } from './snowflake-copy.mjs';

const EMULATOR = join(repository, 'tools/bin/snowflake-emulator.mjs');
const DATABASE = 'STALL';
const [BUILDER, READER] = ['BUILDER', 'READER'];
const PASSWORD = 'secret';

export class SnowflakeSite {
  /** The tables of a group are swapped one after the other. */
  publishesAtOnce = false;
  #workspace;
  #emulator;
  #url;
  #connectOutside;

  /** @param {import('./workspace.mjs').Workspace} workspace */
  constructor(workspace) {
    this.#workspace = workspace;
  }

  async open() {
    await stripTypes(['packages/core', 'packages/ingest', 'tools'].map((name) => join(repository, name)));
    ({ connectOutside: this.#connectOutside } = await import(
      '../dist/snowflake-conformance/outside-connection.js'
    ));
    const users = join(this.#workspace.root, 'users.json');
    writeFileSync(users, JSON.stringify([BUILDER, READER].map((name) => ({ name, password: PASSWORD }))));
    const args = [EMULATOR, '--database', DATABASE, '--users', users];
    this.#emulator = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    const [line] = await once(createInterface(this.#emulator.stdout), 'line');
    this.#url = JSON.parse(line).url;
  }

  async close() {
    this.#emulator.stdin.end();
    await once(this.#emulator, 'close');
  }

  get build() {
    return { target: 'snowflake', env: this.#accountOf(BUILDER) };
  }

  hasLog() {
    return false;
  }

  /**
   * A process was killed: what it had sent comes to its end, then Snowflake ends its sessions and with them what they had open,
   * and its lease is over. That takes minutes on an account; here it is made to have passed.
   */
  async settle() {
    const isBusy = ({ state }) => state === 'queued' || state === 'running';
    while ((await this.#ask('log')).some(isBusy)) await sleep(20);
    await this.#ask('sessions', 'DELETE');
    await this.#ask('log', 'DELETE');
    await this.#read(async (read) => {
      if (await hasTable(read, 'LEASE'))
        await read('update "_MATINEE"."LEASE" set expires_at = since where holder is not null');
    });
  }

  async observe(name, laws) {
    const copy = this.#workspace.keptFile(name);
    for (const file of [copy, `${copy}.wal`]) rmSync(file, { force: true });
    return this.#read(async (read) => {
      const { views, unreadable, candidates } = await copyPublished(read, copy);
      const isUnderWay =
        (await hasTable(read, 'PUBLICATIONS')) &&
        (await read('select publication from "_MATINEE"."PUBLICATIONS"')).length > 0;
      // A view whose tables have moved may still be the old one: it comes last.
      const own = laws.filter(({ reads }) => isUnderWay === false || reads.every((one) => !views.has(one)));
      const observation = await observe(copy, own);
      return {
        ...observation,
        exists: true,
        unreadable: [...observation.unreadable, ...unreadable],
        candidates,
        left: await this.#left(read, isUnderWay),
        passing: isUnderWay ? views : new Set(),
      };
    });
  }

  async empty() {
    await this.#read(async (read) => {
      for (const [schema] of await read(
        "select schema_name from information_schema.schemata where schema_name not in ('PUBLIC', 'INFORMATION_SCHEMA')",
      ))
        await read(`drop schema "${schema}" cascade`);
    });
  }

  /** What a build that came to its end has no use for any more. */
  async #left(read, isUnderWay) {
    const left = isUnderWay ? ['the note on a publication'] : [];
    if (
      (await hasTable(read, 'LEASE')) &&
      (await read('select holder from "_MATINEE"."LEASE" where holder is not null')).length > 0
    )
      left.push('the lease');
    const sessions = (await this.#ask('sessions')).filter(({ user }) => user === BUILDER);
    if (sessions.some(({ isInTransaction }) => isInTransaction)) left.push('an open transaction');
    if (sessions.length > 0) left.push('a session');
    return left;
  }

  async #read(work) {
    const connection = await this.#connectOutside(this.#accountOf(READER));
    try {
      return await work((sql) => connection.rows(sql));
    } finally {
      await connection.close();
    }
  }

  async #ask(what, method = 'GET') {
    return (await fetch(`${this.#url}/emulator/${what}`, { method })).json();
  }

  #accountOf(user) {
    return {
      SNOWFLAKE_ACCOUNT: 'STALL-TEST',
      SNOWFLAKE_USER: user,
      SNOWFLAKE_PASSWORD: PASSWORD,
      SNOWFLAKE_DATABASE: DATABASE,
      SNOWFLAKE_WAREHOUSE: 'COMPUTE_WH',
      SNOWFLAKE_ACCESS_URL: this.#url,
    };
  }
}

async function hasTable(read, name) {
  const found = await read(
    `select table_name from information_schema.tables where table_schema = '_MATINEE' and table_name = '${name}'`,
  );
  return found.length > 0;
}
