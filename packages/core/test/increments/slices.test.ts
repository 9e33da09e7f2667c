import { describe, expect, it } from 'vitest';
import { type Column, incremental, integer, mapped, ProjectError, sql, text } from '../../src/index.js';
import { nodeOf, openLab, testOf } from '../support/lab.js';
import { aModel, aSource } from '../support/nodes.js';
import { dagOf, thrownBy } from '../support/project.js';
import { buildOk } from './build-ok.js';

describe('a test of rows that were computed and came out the same', () => {
  it('runs when what they refer to has changed', async () => {
    const lab = await openLab();
    const project = () => {
      const rawUsers = aSource('raw_users', { id: integer(), name: text() }, { key: ['id'] });
      const rawVotes = aSource('raw_votes', { id: integer(), user_id: integer() }, { key: ['id'] });
      const users = aModel('users', { id: integer(), name: text() }, sql`select id, name from ${rawUsers}`, {
        key: ['id'],
      });
      const votes = aModel(
        'votes',
        { id: integer(), user_id: integer().references(() => users, 'id') },
        sql`select votes.id, votes.user_id from ${rawVotes} as votes left join ${users} as users on users.id = votes.user_id`,
        {
          key: ['id'],
          materialized: incremental({
            maxShare: 1,
            inputs: [mapped(rawVotes, { id: 'id' }), mapped(users, { id: 'user_id' })],
          }),
        },
      );
      return [rawUsers, rawVotes, users, votes];
    };
    const raw_votes = [
      { id: 1, user_id: 1 },
      { id: 2, user_id: 2 },
    ];
    const users = (...names: readonly string[]) => names.map((name, index) => ({ id: index + 1, name }));
    await buildOk(lab, project(), { rows: { raw_votes, raw_users: users('A', 'B') } });
    const renamed = await buildOk(lab, project(), { rows: { raw_votes, raw_users: users('A', 'C') } });
    expect(nodeOf(renamed, 'votes')).toMatchObject({ rowsChanged: false });
    expect(testOf(renamed, 'relationships_votes_user_id__users').status).toBe('passed');
    const gone = await lab.build(project(), { rows: { raw_votes, raw_users: users('A') } });
    expect(testOf(gone, 'relationships_votes_user_id__users')).toMatchObject({
      status: 'failed',
      failures: 1,
    });
  });
});

describe('a mapping', () => {
  const raw = () => aSource('raw', { id: integer(), other: integer(), label: text() }, { key: ['id'] });
  const pairs = (source: ReturnType<typeof raw>, columns: Readonly<Record<string, string>>) =>
    aModel('pairs', { id: integer(), other: integer() }, sql`select id, other from ${source}`, {
      key: ['id'],
      materialized: incremental({ maxShare: 1, inputs: [mapped(source, columns as never)] }),
    });

  it.each<[string, Readonly<Record<string, string>>]>([
    ['without columns', {}],
    ['of two columns to the same one', { id: 'id', other: 'id' }],
    ['of columns of different types', { label: 'id' }],
  ])('%s is refused', (_, columns) => {
    const source = raw();
    expect(thrownBy(() => dagOf(source, pairs(source, columns)))).toBeInstanceOf(ProjectError);
  });

  it('lets a query name its input’s columns by the input’s name', async () => {
    const lab = await openLab();
    const project = () => {
      const source = raw();
      const kept = aModel('kept', { id: integer() }, sql`select raw.id from ${source}`, {
        key: ['id'],
        materialized: incremental({ maxShare: 1, inputs: [mapped(source, { id: 'id' })] }),
      });
      return [source, kept];
    };
    const rows = (...ids: readonly number[]) => ({ raw: ids.map((id) => ({ id, other: 1, label: 'a' })) });
    await buildOk(lab, project(), { rows: rows(1, 2) });
    await buildOk(lab, project(), { rows: rows(1, 3) });
    expect(await lab.rows('lab.kept')).toEqual([{ id: 1 }, { id: 3 }]);
  });

  it('of a column that holds null, though it must not, is still followed', async () => {
    const lab = await openLab();
    const project = (type: Column = integer()) => {
      const source = aSource('raw', { id: integer(), kind: type }, { key: ['id'] });
      const kinds = aModel(
        'kinds',
        { kind: type, items: integer() },
        sql`select kind, count(*) as items from ${source} group by kind`,
        {
          key: ['kind' as never],
          materialized: incremental({ maxShare: 1, inputs: [mapped(source, { kind: 'kind' })] }),
        },
      );
      return [source, kinds];
    };
    const rows = (...kinds: readonly (number | null)[]) => ({ raw: kinds.map((kind, id) => ({ id, kind })) });
    await buildOk(lab, project(), { rows: rows(1, null), withoutTests: true });
    await buildOk(lab, project(), { rows: rows(1, 2), withoutTests: true });
    expect(await lab.rows('lab.kinds')).toEqual([
      { kind: 1, items: 1 },
      { kind: 2, items: 1 },
    ]);
  });
});
