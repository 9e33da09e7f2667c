import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { defaultMemoryLimit } from '../../src/adapters/duckdb/memory.js';
import { type DuckDbOptions, openDuckDb, type Session } from '../../src/index.js';
import { temporaryFolder } from '../support/files.js';
import { closing, openSession } from '../support/lab.js';

const GIBIBYTE = 2 ** 30;
const ROWS = 1_500_000;

async function open(options: DuckDbOptions): Promise<Session> {
  return openSession(closing(await openDuckDb({ engineThreads: 1, ...options })));
}

async function setting(session: Session, name: string): Promise<string> {
  const [row] = await session.query(`select current_setting('${name}') as value`);
  return String(row?.value);
}

/** Sorts some 100 MB of rows, and adds up what only comes out if every row came back from disk as it went there. */
function sortRows(session: Session) {
  return session.query(
    `select count(*) as n, sum(length(label)) as letters, count(*) filter (place = n + 1) as in_place
     from (
       select n, label, row_number() over (order by label) as place
       from (select range as n, lpad(range::varchar, 64, '0') as label from range(${ROWS}))
     ) as sorted`,
  );
}

describe('the memory limit', () => {
  it.each([
    [16 * GIBIBYTE, 0, '8192MiB'],
    [16 * GIBIBYTE, 4 * GIBIBYTE, '2048MiB'],
    [16 * GIBIBYTE, 2 ** 64, '8192MiB'],
    [GIBIBYTE / 2, 0, '512MiB'],
    [16 * GIBIBYTE, 2 ** 20, '512MiB'],
  ])('of a machine with %d bytes, of which %d are allowed, is %s', (total, constrained, limit) => {
    expect(defaultMemoryLimit(total, constrained)).toBe(limit);
  });

  it('is half of what the process may use unless one is given', async () => {
    const mebibytes = Number.parseInt(defaultMemoryLimit(), 10);
    const session = await open({ path: join(temporaryFolder(), 'x.duckdb') });
    const [value, unit] = (await setting(session, 'memory_limit')).split(' ');
    expect(Number(value) * (unit === 'GiB' ? 1024 : 1)).toBeCloseTo(mebibytes, -3);
    const given = await open({ path: ':memory:', memoryLimit: '100 mb' });
    expect(await setting(given, 'memory_limit')).toBe('95.3 MiB');
  });

  it('of a file that is open here already stays as it is', async () => {
    const path = join(temporaryFolder(), 'x.duckdb');
    const first = await open({ path, memoryLimit: '64MiB', temporaryFolder: temporaryFolder() });
    const folder = await setting(first, 'temp_directory');
    const second = await open({ path, temporaryFolder: temporaryFolder() });
    expect(await setting(second, 'memory_limit')).toBe('64.0 MiB');
    expect(await setting(second, 'temp_directory')).toBe(folder);
  });
});

describe('a query that needs more memory than it may have', () => {
  it('spills and gives the right rows', async () => {
    const folder = temporaryFolder();
    const session = await open({ path: join(folder, 'x.duckdb'), memoryLimit: '80MB' });
    const spilled: number[] = [];
    const watch = setInterval(() => {
      if (existsSync(join(folder, 'x.duckdb.tmp')))
        spilled.push(readdirSync(join(folder, 'x.duckdb.tmp')).length);
    }, 5);
    const rows = await sortRows(session).finally(() => clearInterval(watch));
    expect(rows).toEqual([{ n: ROWS, letters: 64 * ROWS, in_place: ROWS }]);
    expect(Math.max(...spilled)).toBeGreaterThan(0);
  });

  it('fails when it may not spill as much, and says what to raise', async () => {
    const path = join(temporaryFolder(), 'x.duckdb');
    const session = await open({ path, memoryLimit: '80MB', maxSpill: '1MB' });
    await expect(sortRows(session)).rejects.toMatchObject({
      code: 'WAREHOUSE_DISK_FULL',
      hint: "Free disk space, or raise the target's maxSpill or memoryLimit, then build again.",
    });
    expect(await session.query('select 1 as n')).toEqual([{ n: 1 }]);
  });
});

describe('the folder that is spilled to', () => {
  it('is the instance’s own where several may read or build at a time', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'x.duckdb');
    await (await openDuckDb({ path })).close();
    const reader = await open({ path, readOnly: true });
    expect(await setting(reader, 'temp_directory')).toMatch(
      new RegExp(`^${path}.tmp-.*-${process.pid}-[0-9a-f]{8}$`),
    );
    const places = [];
    for (const name of ['a.duckdb', 'b.duckdb']) {
      const builder = await open({ path: join(folder, name), temporaryFolder: join(folder, 'new', 'spill') });
      places.push(await setting(builder, 'temp_directory'));
    }
    expect(new Set(places).size).toBe(2);
    expect(places.every((place) => place.startsWith(join(folder, 'new', 'spill/')))).toBe(true);
  });

  it('may be shared by two builds at a time, and is empty when they are done', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'x.duckdb');
    const other = join(folder, 'y.duckdb');
    const spill = join(folder, 'spill');
    const warehouses = [];
    for (const file of [path, other])
      warehouses.push(
        await openDuckDb({ path: file, temporaryFolder: spill, memoryLimit: '80MB', engineThreads: 1 }),
      );
    const sessions = await Promise.all(warehouses.map((warehouse) => warehouse.openSession()));
    const results = await Promise.all(sessions.map(sortRows));
    expect(results).toEqual([
      [{ n: ROWS, letters: 64 * ROWS, in_place: ROWS }],
      [{ n: ROWS, letters: 64 * ROWS, in_place: ROWS }],
    ]);
    for (const session of sessions) await session.close();
    for (const warehouse of warehouses) await warehouse.close();
    expect(readdirSync(spill)).toEqual([]);
  });

  it('is cleared of what killed processes of this host left, and of nothing else', async () => {
    const spill = temporaryFolder();
    const { pid: dead } = spawnSync(process.execPath, ['--version']);
    const names = [
      `spill-${hostname()}-${dead}-0a1b2c3d`,
      `spill-${hostname()}-${process.pid}-0a1b2c3d`,
      `spill-elsewhere-${dead}-0a1b2c3d`,
      `spill-${hostname()}-${dead}-notes`,
    ];
    for (const name of names) {
      mkdirSync(join(spill, name));
      writeFileSync(join(spill, name, 'duckdb_temp_storage_DEFAULT-0.tmp'), 'x');
    }
    await open({ path: ':memory:', temporaryFolder: spill });
    expect(readdirSync(spill).sort()).toEqual(names.slice(1).sort());
  });
});
