import { setTimeout as after } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { interruptible } from '../../src/adapters/interruptible.js';
import { InterruptedError } from '../../src/errors.js';
import { openMemory, openSession } from '../support/lab.js';

const ENDLESS = 'select count(*) from range(3000000) a, range(3000000) b where hash(a.range, b.range) = 7';

it('an interruption before the statement has begun ends it all the same', async () => {
  const session = await openSession(await openMemory());
  const controller = new AbortController();
  const work = interruptible(session, controller.signal, async () => {
    controller.abort();
    await after(20);
    await session.query(ENDLESS);
  });
  await expect(work).rejects.toThrow(InterruptedError);
  expect(await session.query('select 42 as answer')).toEqual([{ answer: 42 }]);
});

it('an interruption is over when the work is', async () => {
  const session = await openSession(await openMemory());
  const controller = new AbortController();
  await interruptible(session, controller.signal, async () => controller.abort());
  await after(150);
  expect(await session.query('select count(*) as numbers from range(20000000)')).toEqual([
    { numbers: 20_000_000 },
  ]);
});
