import { describe, expect, it } from 'vitest';
import { isDifferent, verify } from '../../src/index.js';
import { ratingsProject } from '../increments/ratings-project.js';
import { openLab } from '../support/lab.js';
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
      verified.map(({ node, rows, isCurrent, difference }) => [
        node,
        rows,
        isCurrent,
        isDifferent(difference),
      ]),
    ).toEqual([
      ['src_ratings', 6, true, false],
      ['daily', 3, true, false],
      ['fact', 6, true, false],
      ['by_movie', 2, true, false],
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
      verified?.difference.samples.map(({ rating_id, side, left_rating, right_rating }) => [
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
    expect(isDifferent((await run(['fact']))[0]?.difference as never)).toBe(false);
  });

  it('refuses a selection without incremental models', async () => {
    const { run } = await built();
    await expect(run(['users'])).rejects.toMatchObject({ code: 'NOT_INCREMENTAL' });
  });
});
