import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  checkProject,
  dataTest,
  ephemeral,
  incremental,
  integer,
  mapped,
  ProjectError,
  refreshedBy,
  sql,
  table,
  view,
} from '../../src/index.js';
import { type Lab, nodeOf, openLab, testOf } from '../support/lab.js';
import { aModel, aSource } from '../support/nodes.js';
import { dagOf, thrownBy } from '../support/project.js';

type Vote = { readonly user_id: number; readonly item_id: number; readonly stars: number };

/**
 * Votes, users ranked among each other, and a fact of both, computed by their changes; and the same two tests mapped and not.
 */
function project({ limit = 100, through = 'view' }: { limit?: number; through?: 'view' | 'ephemeral' } = {}) {
  const raw = aSource(
    'raw',
    { user_id: integer(), item_id: integer(), stars: integer() },
    { key: ['user_id', 'item_id'] },
  );
  const limits = aSource('limits', { most: integer() }, { key: ['most'] });
  const users = aModel(
    'users',
    { user_id: integer(), votes: integer(), place: integer() },
    sql`select user_id, count(*) as votes, rank() over (order by count(*)) as place from ${raw} group by user_id`,
    { key: ['user_id'], materialized: table() },
  );
  const shown = aModel(
    'shown_users',
    { user_id: integer(), votes: integer() },
    sql`select user_id, votes from ${users}`,
    { materialized: through === 'view' ? view() : ephemeral() },
  );
  const fact = aModel(
    'fact',
    { user_id: integer(), item_id: integer(), stars: integer(), place: integer() },
    sql`
      select votes.user_id, votes.item_id, votes.stars, users.place
      from ${raw} as votes join ${users} as users on users.user_id = votes.user_id`,
    {
      key: ['user_id', 'item_id'],
      materialized: incremental({
        maxShare: 1,
        inputs: [
          mapped(raw, { user_id: 'user_id', item_id: 'item_id' }),
          mapped(users, { user_id: 'user_id' }),
        ],
      }),
    },
  );
  const byUser = sql`
    select coalesce(found.user_id, wanted.user_id) as user_id, found.votes, found.stars
    from (select user_id, count(*) as votes, sum(stars) as stars from ${fact} group by user_id) as found
    full join ${shown} as wanted on wanted.user_id = found.user_id
    where found.votes is distinct from wanted.votes
      or found.stars > ${limit}
      or found.stars > (select max(most) from ${limits})`;
  const inputs = [
    mapped(fact, { user_id: 'user_id' }),
    mapped(users, { user_id: 'user_id' }),
    refreshedBy(limits),
  ];
  return [
    raw,
    limits,
    users,
    shown,
    fact,
    dataTest({ name: 'mapped_test', description: '', query: byUser, inputs }),
    dataTest({ name: 'whole_test', description: '', query: byUser }),
  ];
}

const votes = (...stars: readonly number[]): readonly Vote[] =>
  stars.map((one, index) => ({ user_id: (index % 4) + 1, item_id: Math.floor(index / 4), stars: one }));
const most = (limit = 100) => [{ most: limit }];

/** Builds, then breaks the published rows of user 1 behind the engine's back: a test that looks at them now fails. */
async function builtAndBroken(lab: Lab): Promise<void> {
  expect((await lab.build(project(), { rows: { raw: votes(1, 1, 1, 1), limits: most() } })).status).toBe(
    'ok',
  );
  await lab.session.execute('update lab.fact set stars = 1000 where user_id = 1');
}

describe('a mapped test', () => {
  it('looks at the rows that changed inputs map to, and no others', async () => {
    const lab = await openLab();
    await builtAndBroken(lab);
    const rows = { raw: votes(1, 7, 1, 1), limits: most() };
    const result = await lab.build(project(), { rows });
    expect(nodeOf(result, 'fact').increment).toEqual({ touchedRows: 1, newRows: 1 });
    expect(testOf(result, 'mapped_test')).toMatchObject({ status: 'passed' });
    expect(testOf(result, 'whole_test')).toMatchObject({ status: 'failed', failures: 1 });
  });

  it('finds what a change has broken', async () => {
    const lab = await openLab();
    await lab.build(project(), { rows: { raw: votes(1, 1, 1, 1), limits: most() } });
    const result = await lab.build(project(), { rows: { raw: votes(1, 101, 1, 1), limits: most() } });
    expect(testOf(result, 'mapped_test')).toMatchObject({
      status: 'failed',
      failures: 1,
      samples: [{ user_id: 2, votes: 1, stars: 101 }],
    });
    expect(await lab.query('select max(stars) as most from lab.fact')).toEqual([{ most: 1 }]);
  });

  it.each<[string, Parameters<typeof project>[0], number]>([
    ['the test itself', { limit: 99 }, 100],
    ['an input that refreshes it', {}, 99],
  ])('looks at all rows once %s has changed', async (_, changed, limit) => {
    const lab = await openLab();
    await builtAndBroken(lab);
    const rows = { raw: votes(1, 7, 1, 1), limits: most(limit) };
    const result = await lab.build(project(changed), { rows });
    expect(testOf(result, 'mapped_test')).toMatchObject({ status: 'failed', failures: 1 });
  });

  it('looks at all rows when it has not passed on those before', async () => {
    const lab = await openLab();
    const rows = (...stars: readonly number[]) => ({ raw: votes(...stars), limits: most() });
    await lab.build(project(), { rows: rows(1, 1, 1, 1), withoutTests: true });
    await lab.session.execute('update lab.fact set stars = 1000 where user_id = 1');
    const result = await lab.build(project(), { rows: rows(1, 7, 1, 1) });
    expect(testOf(result, 'mapped_test')).toMatchObject({ status: 'failed', failures: 1 });
  });

  it('fails on as many rows as the same test that looks at all of them', { timeout: 120_000 }, async () => {
    const RUNS = Number(process.env.MATINEE_PROPERTY_RUNS ?? 4);
    const vote = fc.record({
      user_id: fc.integer({ min: 1, max: 4 }),
      item_id: fc.integer({ min: 1, max: 4 }),
      stars: fc.integer({ min: 1, max: 12 }),
    });
    const delivery = fc.uniqueArray(vote, {
      maxLength: 10,
      selector: ({ user_id, item_id }) => `${user_id}-${item_id}`,
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(delivery, { minLength: 2, maxLength: 6 }),
        fc.constantFrom('view' as const, 'ephemeral' as const),
        async (deliveries, through) => {
          const lab = await openLab();
          for (const raw of deliveries) {
            const result = await lab.build(project({ limit: 20, through }), {
              rows: { raw, limits: most() },
            });
            const [one, other] = ['mapped_test', 'whole_test'].map((name) => testOf(result, name));
            expect([one?.status, one?.failures]).toEqual([other?.status, other?.failures]);
          }
        },
      ),
      { numRuns: RUNS },
    );
  });
});

describe('the mapping of a test', () => {
  const raw = () => aSource('raw', { id: integer(), kind: integer() }, { key: ['id'] });
  const other = () => aSource('other', { id: integer() }, { key: ['id'] });

  it('must name every table that the query reads', () => {
    const [one, two] = [raw(), other()];
    const incomplete = dataTest({
      name: 'incomplete',
      description: '',
      inputs: [mapped(one, { id: 'id' })],
      query: sql`select one.id from ${one} as one join ${two} as two on two.id = one.id`,
    });
    const error = thrownBy(() => dagOf(one, two, incomplete));
    expect(error).toBeInstanceOf(ProjectError);
    expect(String(error)).toContain("incomplete: its inputs leave out 'other'");
  });

  it('must map columns', () => {
    const one = raw();
    const empty = dataTest({
      name: 'empty',
      description: '',
      inputs: [mapped(one, {})],
      query: sql`select id from ${one}`,
    });
    expect(String(thrownBy(() => dagOf(one, empty)))).toContain("'empty' maps no column of 'raw'");
  });

  it('leads to columns that the query returns, which a check proves', async () => {
    const one = raw();
    const lost = dataTest({
      name: 'lost',
      description: '',
      inputs: [mapped(one, { id: 'id' })],
      query: sql`select kind from ${one}`,
    });
    const { errors } = await checkProject({ dag: dagOf(one, lost), selected: new Set(['lost']) });
    expect(errors.map(({ message }) => message)).toEqual([
      'lost: its inputs are mapped to id, which its query does not return.',
    ]);
  });
});
