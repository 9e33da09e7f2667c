import { describe, expect, it } from 'vitest';
import {
  double,
  equalsRefresh,
  incremental,
  integer,
  type RunOptions,
  StatementError,
  sql,
  text,
  type VerifiedNode,
  verify,
} from '../../src/index.js';
import { ratingsProject } from '../increments/ratings-project.js';
import { type Lab, openLab, watchStatements } from '../support/lab.js';
import { aModel } from '../support/nodes.js';
import { dagOf } from '../support/project.js';

const rows = {
  raw_ratings: [1, 2, 3].flatMap((user_id) =>
    [1, 2].map((movie_id) => ({ user_id, movie_id, rating: user_id / 2, rated_at: '2020-01-01 10:00:00' })),
  ),
  raw_movies: [{ movie_id: 1, genres: 'a' }],
};

async function built() {
  const lab = await openLab();
  const project = ratingsProject({ by: 'changes' });
  await lab.build(project, { rows });
  const run = (select?: readonly string[]) =>
    verify({
      dag: dagOf(...project),
      warehouse: lab.warehouse,
      command: 'verify',
      ...(select && { select }),
    });
  return { lab, run };
}

describe('verification', () => {
  it('finds no difference where there is none, and leaves nothing behind', async () => {
    const { lab, run } = await built();
    const before = await lab.stored();
    const verified = await run();
    expect(
      verified.map((node) => [node.node, node.rows, node.isCurrent, equalsRefresh(node), node.error]),
    ).toEqual([
      ['src_ratings', 6, true, true, undefined],
      ['daily', 3, true, true, undefined],
      ['fact', 6, true, true, undefined],
      ['by_movie', 2, true, true, undefined],
    ]);
    expect(await lab.stored()).toEqual(before);
  });

  it('counts rows that are only here, only there or differ, by column, and shows some', async () => {
    const { lab, run } = await built();
    await lab.session.execute("delete from lab.fact where rating_id = '1-1'");
    await lab.session.execute("update lab.fact set rating = 4.5 where rating_id = '2-1'");
    await lab.session.execute("insert into lab.fact values ('9-9', 9, 9, 1, null, 1)");
    const [verified] = await run(['fact']);
    expect(verified?.difference).toMatchObject({
      onlyLeft: 1,
      onlyRight: 1,
      differing: 1,
      columns: { rating: 1 },
    });
    expect(
      verified?.difference?.samples.map(({ rating_id, side, left_rating, right_rating }) => [
        rating_id,
        side,
        left_rating,
        right_rating,
      ]),
    ).toEqual([
      ['1-1', 'right', null, 0.5],
      ['2-1', 'both', 4.5, 1],
      ['9-9', 'left', 1, null],
    ]);
  });

  it('takes doubles within a billionth for the same', async () => {
    const { lab, run } = await built();
    await lab.session.execute('update lab.fact set rating = rating * (1 + 1e-12)');
    expect((await run(['fact'])).map(equalsRefresh)).toEqual([true]);
  });

  it('takes them for the same where rows have no key', async () => {
    const lab = await openLab();
    const measures = aModel(
      'measures',
      { value: double() },
      sql`select unnest([0.1e0, 0.3e0, 7e0]) as value`,
      {
        materialized: incremental(),
      },
    );
    await lab.build([measures]);
    await lab.session.execute('update lab.measures set value = 0.1::double + 0.2::double where value = 0.3');
    const run = () => verify({ dag: dagOf(measures), warehouse: lab.warehouse, command: 'verify' });
    expect((await run()).map(equalsRefresh)).toEqual([true]);
    await lab.session.execute('update lab.measures set value = 0.3001 where value between 0.2 and 1');
    expect((await run())[0]?.difference).toMatchObject({ onlyLeft: 1, onlyRight: 1, differing: 0 });
  });

  it('refuses a selection without incremental models', async () => {
    const { run } = await built();
    await expect(run(['users'])).rejects.toMatchObject({ code: 'NOT_INCREMENTAL' });
  });
});

describe('a model that cannot be compared', () => {
  const texts = aModel('texts', { label: text() }, sql`select '1' as label`);
  /** Two incremental models over the texts, the first of which reads numbers in them. */
  const readers = (first = sql`select cast(label as integer) as n from ${texts}`) => [
    texts,
    aModel('first', { n: integer() }, first, { materialized: incremental() }),
    aModel('second', { label: text() }, sql`select label from ${texts}`, { materialized: incremental() }),
  ];
  const verified = (lab: Lab, project: readonly unknown[], options: Partial<RunOptions> = {}) =>
    verify({ dag: dagOf(...project), warehouse: lab.warehouse, command: 'verify', ...options });
  const outcome = (node: VerifiedNode) => [node.node, node.error?.code ?? equalsRefresh(node)];

  it('for its query fails on the rows is shown with its error, and the others are compared', async () => {
    const lab = await openLab();
    await lab.build(readers());
    await lab.session.execute("update lab.texts set label = 'x'");
    const told: VerifiedNode[] = [];
    const result = await verify(
      { dag: dagOf(...readers()), warehouse: lab.warehouse, command: 'verify' },
      (node) => told.push(node),
    );
    expect(told).toEqual(result);
    expect(result.map(outcome)).toEqual([
      ['first', 'NODE_FAILED'],
      ['second', false],
    ]);
    const [first] = result;
    expect(first).toMatchObject({ rows: 1, isCurrent: true, difference: undefined });
    expect(first?.error).toMatchObject({
      message: expect.stringMatching(/^first: .*Could not convert/),
      hint: 'matinee compile first prints the SQL as it runs.',
      location: { file: expect.stringMatching(/nodes\.ts$/) },
    });
  });

  it('for its query does not bind any more has the place of the mistake', async () => {
    const lab = await openLab();
    await lab.build(readers());
    const result = await verified(lab, readers(sql`select cast(lable as integer) as n from ${texts}`));
    expect(result.map(outcome)).toEqual([
      ['first', 'QUERY_FAILED'],
      ['second', true],
    ]);
    expect(result[0]).toMatchObject({
      isCurrent: false,
      error: { location: { file: expect.stringMatching(/verify\.test\.ts$/) } },
    });
  });

  it('for its query keeps no contract any more says so', async () => {
    const lab = await openLab();
    await lab.build(readers());
    const result = await verified(lab, readers(sql`select label as m from ${texts}`));
    expect(result.map(outcome)).toEqual([
      ['first', 'CONTRACT'],
      ['second', true],
    ]);
  });

  it('for what it reads is gone says what to build', async () => {
    const { lab, run } = await built();
    await lab.session.execute('drop table lab.users');
    const result = await run();
    expect(result.map(outcome)).toEqual([
      ['src_ratings', true],
      ['daily', true],
      ['fact', 'UPSTREAM_MISSING'],
      ['by_movie', true],
    ]);
    expect(result[2]?.error?.hint).toBe("Build it first: matinee build --select '+fact'.");
  });

  it('for its table has lost a column is shown as well', async () => {
    const lab = await openLab();
    const project = (columns: Parameters<typeof aModel>[1]) => [
      aModel('first', columns, sql`select 1 as n, 2 as m`, { materialized: incremental() }),
    ];
    await lab.build(project({ n: integer(), m: integer() }));
    await lab.session.execute('alter table lab.first drop column m');
    const result = await verified(lab, project({ n: integer(), m: integer() }));
    expect(result.map(outcome)).toEqual([['first', 'NODE_FAILED']]);
    expect(await lab.stored()).toEqual(['lab.first table']);
  });

  it('leaves it at that when the verification is interrupted', async () => {
    const lab = await openLab();
    const controller = new AbortController();
    const endless = sql`select count(*) as n from range(10000000) a(x), range(1000000) b(y) where (x * y) % 7 = 3`;
    const project = (query = sql`select 1 as n`) => [
      aModel('endless', { n: integer() }, query, { materialized: incremental() }),
    ];
    await lab.build(project());
    setTimeout(() => controller.abort(), 200);
    await expect(verified(lab, project(endless), { signal: controller.signal })).rejects.toMatchObject({
      code: 'RUN_INTERRUPTED',
    });
  });

  it('keeps the others from being compared when the disk is full', async () => {
    const lab = await openLab();
    await lab.build(readers());
    watchStatements(lab.warehouse, (statement) => {
      if (statement.startsWith('create temporary table'))
        throw new StatementError('WAREHOUSE_DISK_FULL', 'No space left on device', undefined);
    });
    await expect(verified(lab, readers())).rejects.toMatchObject({ code: 'WAREHOUSE_DISK_FULL' });
  });
});
