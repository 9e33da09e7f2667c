import { deepEqual, rejects } from 'node:assert/strict';
import { checksOf } from '../check.js';

export const transactions = checksOf('transactions', {
  'others see a transaction once it is committed': async ({ session, other, name }) => {
    await session.execute(`create table ${name('t')} (n int)`);
    await session.transaction(async () => {
      await session.execute(`insert into ${name('t')} values (1)`);
      deepEqual(await other.query(`select count(*) as n from ${name('t')}`), [{ n: 0 }]);
    });
    deepEqual(await other.query(`select count(*) as n from ${name('t')}`), [{ n: 1 }]);
  },
  'what fails is rolled back': async ({ session, name }) => {
    await session.execute(`create table ${name('t')} (n int)`);
    const work = session.transaction(async () => {
      await session.execute(`insert into ${name('t')} values (1)`);
      await session.query('select * from nowhere_to_be_found');
    });
    await rejects(work);
    deepEqual(await session.query(`select count(*) as n from ${name('t')}`), [{ n: 0 }]);
  },
  'DDL commits what was open before it': async ({ session, other, name }) => {
    await session.execute(`create table ${name('t')} (n int)`);
    const work = session.transaction(async () => {
      await session.execute(`insert into ${name('t')} values (1)`);
      await session.execute(`create table ${name('u')} (n int)`);
      throw new Error('on purpose');
    });
    await rejects(work);
    deepEqual(await other.query(`select count(*) as n from ${name('t')}`), [{ n: 1 }]);
  },
});
