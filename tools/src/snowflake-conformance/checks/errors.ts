import { deepEqual, equal, match } from 'node:assert/strict';
import { MatineeError, StatementError } from '@matinee/core';
import { checksOf } from '../check.js';

/** What a statement fails with. */
async function failure(work: Promise<unknown>): Promise<MatineeError> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof MatineeError)) throw new Error(`It did not fail as it should: ${String(error)}`);
  return error;
}

export const errors = checksOf('errors', {
  'a relation that is not there is named': async ({ session, name }) => {
    match((await failure(session.query(`select * from ${name('nowhere')}`))).message, /nowhere/i);
  },
  'a syntax error says where': async ({ session }) => {
    const error = await failure(session.query('select 1\nfrom from'));
    equal(error instanceof StatementError && error.position !== undefined, true);
  },
  'a division by zero fails': async ({ session, name }) => {
    await session.execute(`create table ${name('t')} as select 0 as n`);
    await failure(session.query(`select 1 / n from ${name('t')}`));
  },
  'a null in a column that takes none fails': async ({ session, name }) => {
    await session.execute(`create table ${name('t')} (n int not null)`);
    await failure(session.execute(`insert into ${name('t')} values (null)`));
  },
  'a text that is no number fails': async ({ session }) => {
    await failure(session.query("select cast('3x' as number(38, 0)) as n"));
  },
  'a running statement can be stopped, and its session goes on': async ({ session }) => {
    const current = 'select current_session() as id';
    const before = await session.query(current);
    const running = session.query(
      'select count(*) as n from table(generator(rowcount => 1000000000)) as a, table(generator(rowcount => 1000)) as b',
    );
    setTimeout(() => session.interrupt(), 500);
    equal((await failure(running)).code, 'STATEMENT_INTERRUPTED');
    deepEqual(await session.query(current), before);
  },
});
