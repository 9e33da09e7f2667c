import { utimesSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestWorkspace } from '../support/workspace.js';

const SOURCE = 'packages/models-base/src/sources/raw_orders.ts';
const COLUMNS = "schema: 'raw',";

const shop = new TestWorkspace();
afterAll(() => shop.remove());

/** Makes the delivered file that old. */
function age(hours: number): void {
  const then = Math.floor(Date.now() / 1000) - hours * 3600 - 60;
  utimesSync(join(shop.root, 'data/orders.csv'), then, then);
}

function declare(bounds: string): void {
  shop.write(SOURCE, shop.read(SOURCE).replace(/schema: 'raw',.*/, `${COLUMNS} freshness: ${bounds},`));
}

const untimed = (text: string) =>
  text
    .replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/g, 'TIME')
    .split('\n')
    .map((line) => line.replaceAll(/ +/g, ' '));

beforeAll(async () => {
  age(30);
  expect((await shop.run(['build'])).code).toBe(0);
});

describe('matinee freshness', () => {
  it('says so if no source declares any', async () => {
    const { code, stdout } = await shop.run(['freshness']);
    expect([code, stdout]).toEqual([
      0,
      'No source that is selected declares freshness: { warnAfter: { hours: 36 } } in it says how old it may be.\n',
    ]);
  });

  it('passes, warns or fails by the age of the newest file', async () => {
    declare('{ warnAfter: { hours: 36 }, errorAfter: { days: 3 } }');
    const fresh = await shop.run(['freshness']);
    expect([fresh.code, fresh.stderr]).toEqual([0, '']);
    expect(untimed(fresh.stdout)).toEqual([
      'SOURCE NEWEST (UTC) AGE WARN AFTER ERROR AFTER BY STATUS',
      'raw_orders TIME 1d 6h 1d 12h 3d files pass',
      '',
    ]);
    declare('{ warnAfter: { hours: 24 }, errorAfter: { days: 3 } }');
    const warned = await shop.run(['freshness', '--select', '+fct_countries']);
    expect([warned.code, warned.stdout.trimEnd().split('  ').at(-1)]).toEqual([0, 'warn']);
    declare('{ errorAfter: { days: 1 } }');
    const stale = await shop.run(['freshness']);
    expect([stale.code, stale.stdout.trimEnd().split('  ').at(-1)]).toEqual([1, 'error']);
    expect(await shop.events(['freshness'])).toEqual([
      {
        type: 'freshness',
        source: 'raw_orders',
        status: 'error',
        newest: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z$/),
        age: expect.any(Number),
        warnAfter: null,
        errorAfter: 86_400,
        column: null,
      },
    ]);
  });

  it('refuses bounds that make no sense', async () => {
    declare('{ warnAfter: { days: 3 }, errorAfter: { days: 1 } }');
    const { code, stderr } = await shop.run(['freshness']);
    expect(code).toBe(2);
    expect(stderr).toContain('warnAfter must be below errorAfter');
    expect(stderr).toContain(`${SOURCE}:3`);
  });
});

describe('a build', () => {
  it('warns of sources that are not fresh at its end, though there is nothing to do, and fails by none', async () => {
    declare('{ errorAfter: { days: 1 } }');
    const { code, stdout } = await shop.run(['build']);
    expect(code).toBe(0);
    expect(stdout).toContain('\n1 source is not fresh\n  raw_orders: 1d 6h old, an error after 1d\n');
    expect(stdout).toMatch(/: 0 built, 6 reused, /);
    const events = await shop.events(['build', '--select', 'fct_countries']);
    expect(events.filter(({ type }) => type === 'freshness')).toMatchObject([
      { source: 'raw_orders', status: 'error' },
    ]);
    expect((await shop.events(['history'])).length).toBe(1);
  });

  it('says nothing of what is fresh', async () => {
    age(2);
    const { code, stdout } = await shop.run(['build']);
    expect([code, stdout.includes('not fresh')]).toEqual([0, false]);
  });
});

it('what was never loaded is an error', async () => {
  const other = new TestWorkspace();
  try {
    other.replace(SOURCE, COLUMNS, `${COLUMNS} freshness: { warnAfter: { days: 1 } },`);
    expect((await other.run(['seed'])).code).toBe(0);
    const { code, stdout } = await other.run(['freshness']);
    expect([code, untimed(stdout)[1]]).toEqual([1, 'raw_orders 1d files never loaded']);
  } finally {
    other.remove();
  }
});
