import { hostname } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { type LockHolder, openSnowflake, type SnowflakeOptions } from '@matinee/core';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { LeaseTable } from './lease-table.js';
import { openSession, type Site, site } from './support.js';

async function leased(
  options: Partial<SnowflakeOptions> = {},
): Promise<Site & { readonly table: LeaseTable }> {
  const table = new LeaseTable();
  return { ...(await site(table.answer, { readOnly: false, purpose: 'matinee build', ...options })), table };
}

const open = async (place: Site, more: Partial<SnowflakeOptions> = {}) => {
  const warehouse = await openSnowflake({ ...place.options, ...more });
  onTestFinished(() => warehouse.close());
  return warehouse;
};

describe('a lease', () => {
  it('is taken by whoever opens for writing, held, and let go of in the end', async () => {
    const place = await leased({ leaseTime: 1 });
    expect(place.table.row).toMatchObject({
      fence: 1,
      purpose: 'matinee build',
      pid: process.pid,
      host: hostname(),
    });
    const session = await openSession(place);
    await wait(1500);
    await expect(place.warehouse.requireWriter?.(session)).resolves.toBeUndefined();
    await place.warehouse.close();
    expect(place.table.row).toMatchObject({ fence: 1, holder: null });
    expect(place.emulator.sessions).toHaveLength(1);
  });

  it('is waited for, told once by whom it is held, and taken when it is let go', async () => {
    const place = await leased();
    const told: LockHolder[] = [];
    const second = open(place, {
      leaseTime: 1,
      onWait: (holder) => told.push(holder),
      purpose: 'matinee run',
    });
    await expect.poll(() => told.length).toBe(1);
    await wait(600);
    await place.warehouse.close();
    await second;
    expect(told).toEqual([
      {
        pid: process.pid,
        host: hostname(),
        purpose: 'matinee build',
        since: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/),
      },
    ]);
    expect(place.table.row).toMatchObject({ fence: 2, purpose: 'matinee run' });
  });

  it('is given up on after the timeout, with the holder’s name, and leaves no session', async () => {
    const place = await leased();
    await expect(open(place, { lockTimeout: 0 })).rejects.toMatchObject({
      code: 'WAREHOUSE_LOCKED',
      message: expect.stringMatching(
        `^ACME-TEST/FILMS is held by process ${process.pid} on ${hostname()} \\(matinee build, since \\d\\d:\\d\\d:\\d\\d UTC\\); gave up after 0 s\\.$`,
      ),
    });
    expect(place.emulator.sessions).toHaveLength(1);
  });

  it('is no longer waited for once interrupted', async () => {
    const place = await leased();
    const controller = new AbortController();
    const opening = open(place, { signal: controller.signal, onWait: () => controller.abort() });
    await expect(opening).rejects.toMatchObject({ code: 'RUN_INTERRUPTED' });
  });

  it('of a process that is gone is over after a while; if it comes back, it may publish nothing', async () => {
    const place = await leased({ leaseTime: 0.4 });
    const session = await openSession(place);
    place.emulator.fault({ kind: 'error', match: { sql: 'set expires_at = dateadd' }, times: 1000 });
    const next = await open(place, { leaseTime: 5, lockTimeout: 5 });
    expect(place.table.row?.fence).toBe(2);
    await expect(place.warehouse.requireWriter?.(session)).rejects.toMatchObject({
      name: 'WarehouseError',
      code: 'LEASE_LOST',
    });
    await place.warehouse.close();
    expect(place.table.row?.holder).not.toBeNull();
    await expect(next.requireWriter?.(session)).resolves.toBeUndefined();
  });

  it('outlives the loss of its session', async () => {
    const place = await leased({ leaseTime: 1 });
    const session = await openSession(place);
    place.emulator.fault({ kind: 'session-gone', match: { sql: 'set expires_at = dateadd' } });
    await vi.waitFor(() => expect(place.engine.opened).toHaveLength(3), { timeout: 3000 });
    await wait(1000);
    await expect(place.warehouse.requireWriter?.(session)).resolves.toBeUndefined();
  });

  it('is held by its row until a transaction ends, where one is open', async () => {
    const place = await leased();
    const session = await openSession(place);
    await place.warehouse.requireWriter?.(session);
    const before = place.statements().length;
    await session.transaction(async () => place.warehouse.requireWriter?.(session));
    expect(place.statements().slice(before)).toEqual([
      'begin transaction',
      expect.stringMatching(/^update "_MATINEE"\."LEASE" set expires_at = .* and expires_at > sysdate\(\)$/),
      'commit',
    ]);
  });

  it('is none of a reader, who may publish nothing', async () => {
    const place = await leased({ readOnly: true });
    expect(place.table.row).toBeUndefined();
    const session = await openSession(place);
    await expect(place.warehouse.requireWriter?.(session)).rejects.toMatchObject({ code: 'LEASE_LOST' });
  });

  it('goes to one of several who come at once', async () => {
    const place = await leased({ readOnly: true });
    const attempts = await Promise.allSettled(
      Array.from({ length: 4 }, () => open(place, { readOnly: false, lockTimeout: 0 })),
    );
    expect(attempts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(place.table.row?.fence).toBe(1);
  });
});
