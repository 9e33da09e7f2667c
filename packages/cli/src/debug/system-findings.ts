import { readFileSync } from 'node:fs';
import { arch, availableParallelism, platform, totalmem } from 'node:os';
import { messageOf } from '@matinee/core';
import { formatBytes, plural } from '../output/numbers.js';
import type { Finding } from './finding.js';

const OLDEST_NODE = [20, 19] as const;

/** Versions and the machine. */
export async function* systemFindings(): AsyncGenerator<Finding> {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    readonly version: string;
  };
  yield { ok: true, what: 'matinee', found: version };
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const isRecent = major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1]);
  yield {
    ok: isRecent,
    what: 'node',
    found: process.versions.node,
    todo: isRecent ? undefined : `install Node ${OLDEST_NODE.join('.')} or later`,
  };
  yield await duckDb();
  const machine = `${platform()} ${arch()}, ${plural(availableParallelism(), 'core')}, ${formatBytes(totalmem())} of memory`;
  yield { ok: true, what: 'machine', found: machine };
}

async function duckDb(): Promise<Finding> {
  try {
    const { openDuckDb, withSession } = await import('@matinee/core');
    const warehouse = await openDuckDb({ path: ':memory:' });
    const [row] = await withSession(warehouse, (session) =>
      session.query('select version() as version'),
    ).finally(() => warehouse.close());
    return { ok: true, what: 'duckdb', found: String(row?.version) };
  } catch (error) {
    return {
      ok: false,
      what: 'duckdb',
      found: messageOf(error),
      todo: 'install the packages again: pnpm install',
    };
  }
}
