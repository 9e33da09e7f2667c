/** Real processes that build one target: one at a time, also when the one that may is killed, or stands still and comes back. */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { LockHolder, SnowflakeLimits } from '@matinee/core';
import * as core from '@matinee/core';
import { describe, expect, it, onTestFinished } from 'vitest';
import { root } from '../support.js';
import { Lab } from './lab.js';

const { numbers } = await import(new URL('writers-project.mjs', import.meta.url).href);

const script = fileURLToPath(new URL('writer.mjs', import.meta.url));

/** Seconds: short ones, for a lease of two minutes is no test's. */
const LIMITS = { leaseTime: 1.2, transactionTimeout: 0.8, lockTimeout: 30 } as const;

interface Line {
  readonly waits?: LockHolder;
  readonly holds?: number;
  readonly event?: string;
  readonly ended?: readonly string[];
}

interface Writer {
  readonly pid: number;
  readonly lines: readonly Line[];
  kill(signal: NodeJS.Signals): void;
  /** What the process ended with. */
  ended(): Promise<readonly string[]>;
}

/** Starts a process that builds version n. */
function writer(lab: Lab, n: number, limits: SnowflakeLimits & { lockTimeout?: number } = LIMITS): Writer {
  const args = [script, JSON.stringify({ url: lab.emulator.url, n, limits })];
  const child: ChildProcessByStdio<null, Readable, null> = spawn(process.execPath, args, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines: Line[] = [];
  createInterface(child.stdout).on('line', (line) => lines.push(JSON.parse(line)));
  const closed = once(child, 'close');
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  return {
    pid: child.pid ?? 0,
    lines,
    kill: (signal) => child.kill(signal),
    async ended() {
      await closed;
      return lines.findLast(({ ended }) => ended)?.ended ?? ['killed'];
    },
  };
}

const PATIENTLY = { timeout: 20_000, interval: 10 };

/** Waits until the emulator is busy with a statement that begins like this. */
const reached = (lab: Lab, start: string) =>
  expect
    .poll(
      () => lab.emulator.log.some(({ sql, state }) => state === 'running' && sql.startsWith(start)),
      PATIENTLY,
    )
    .toBe(true);

/** Lets a statement take its time, so that a process can be stopped while it waits for the answer. */
const slowDown = (lab: Lab, start: string, milliseconds = 400) =>
  lab.emulator.fault({
    kind: 'slow',
    milliseconds,
    match: { sql: start },
    // The note on the publication has the words of its moves and changes, and comes first.
    after: start === NOTE || start.startsWith('create') ? 0 : 1,
  });

const NOTE = 'insert into "_MATINEE"."PUBLICATIONS"';
/** Of the transaction that ends a publication. */
const OWN_PART = 'insert into "_MATINEE"."RELATIONS"';

/** When a process is stopped, by the statement that it then waits for. */
const LATER: readonly (readonly [when: string, statement: string])[] = [
  ['between two moves', 'alter table "LAB"."ONE__'],
  ['in its transaction', OWN_PART],
];
/** Only looked at with MATINEE_FAULT_EVERY, to spare seconds. */
const EARLIER: typeof LATER = [
  ['while it builds', 'create or replace transient table "LAB"."OTHER__'],
  ['before it moves tables', NOTE],
];

/** A target where version 1 is published. */
async function open(): Promise<Lab> {
  const lab = await Lab.open({ idleTransactionSeconds: 1 });
  const project: Readonly<Record<string, unknown>> = numbers(core, 1);
  expect((await lab.build(Object.values(project), { threads: 1 })).status).toBe('ok');
  return lab;
}

async function expectPublished(lab: Lab, n: number): Promise<void> {
  expect(await lab.rows('select n from lab.one union all select n from lab.other')).toEqual([{ n }, { n }]);
  expect(await lab.rows('select publication from _matinee.publications')).toEqual([]);
}

describe('two processes that build the same target', { timeout: 60_000 }, () => {
  it('take turns, and the second says for whom it waits', async () => {
    const lab = await open();
    slowDown(lab, 'create or replace transient table "LAB"."ONE__', 2000);
    const first = writer(lab, 2);
    await expect.poll(() => first.lines.some(({ holds }) => holds), PATIENTLY).toBe(true);
    const second = writer(lab, 3);
    expect(await first.ended()).toEqual(['ok']);
    expect(await second.ended()).toEqual(['ok']);
    expect(second.lines[0]?.waits).toMatchObject({ pid: first.pid, purpose: 'build 2' });
    await expectPublished(lab, 3);
  });

  it('do so when the first is killed: its lease ends, and what it had begun is no hindrance', async () => {
    const lab = await open();
    slowDown(lab, OWN_PART, 15_000);
    const first = writer(lab, 2);
    await reached(lab, OWN_PART);
    const second = writer(lab, 3);
    await expect.poll(() => second.lines.some(({ waits }) => waits), PATIENTLY).toBe(true);
    first.kill('SIGKILL');
    expect(await first.ended()).toEqual(['killed']);
    expect(await second.ended()).toEqual(['ok']);
    expect(second.lines[0]?.waits).toMatchObject({ pid: first.pid, purpose: 'build 2' });
    await expectPublished(lab, 3);
  });
});

describe('a process that stands still until another one has built, and comes back', {
  timeout: 60_000,
}, () => {
  it.each(process.env.MATINEE_FAULT_EVERY ? [...EARLIER, ...LATER] : LATER)(
    'publishes nothing: %s',
    async (_when, statement) => {
      const lab = await open();
      slowDown(lab, statement);
      const zombie = writer(lab, 2);
      await reached(lab, statement);
      zombie.kill('SIGSTOP');
      const successor = writer(lab, 3);
      expect(await successor.ended()).toEqual(['ok']);
      await expectPublished(lab, 3);
      const before = lab.emulator.log.length;
      zombie.kill('SIGCONT');
      expect((await zombie.ended()).join(' ')).toMatch(/_LOST|TEST_FAILED/);
      await expectPublished(lab, 3);
      const ledger = await lab.rows(
        "select count(*) as versions from _matinee.node_versions where definition like '%2 as n%'",
      );
      expect(ledger).toEqual([{ versions: 0 }]);
      const candidates = lab.emulator.log
        .slice(before)
        .filter(({ sql, state }) => state === 'succeeded' && /__3__CANDIDATE/i.test(sql));
      expect(candidates).toEqual([]);
    },
  );
});
