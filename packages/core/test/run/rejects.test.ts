import { describe, expect, it } from 'vitest';
import { formatLiteral, integer, Namer, Rejects } from '../../src/index.js';
import { type Lab, openLab } from '../support/lab.js';
import { aSource } from '../support/nodes.js';

const names = new Namer('duckdb');
const films = aSource('films', { id: integer() });

/** Builds the source, and says what the load rejected, in place of a loader that rejects. */
async function buildWith(
  lab: Lab,
  id: number,
  ...rejects: readonly (readonly [file: string, line: number, column: string | null, reason: string])[]
) {
  const { runId } = await lab.build([films], { rows: { films: [{ id }] } });
  for (const [file, line, column, reason] of rejects) {
    const values = [runId, 'films', file, line, column, reason, `raw ${line}`];
    await lab.session.execute(
      `insert into _matinee.rejected_rows values (${values.map((value) => formatLiteral(value, 'duckdb')).join()})`,
    );
  }
  return runId;
}

describe('rejects', () => {
  it('are not there before anything was built', async () => {
    const lab = await openLab();
    expect(await new Rejects(lab.session, names).exist()).toBe(false);
  });

  it('are counted by file, column and reason, whatever the value', async () => {
    const lab = await openLab();
    await buildWith(
      lab,
      1,
      ['films.csv', 2, 'id', '"a \\" is not a number." is not a number.'],
      ['films.csv', 3, 'id', '"" is not a number.'],
      ['films.csv', 4, 'id', 'The key id = a = b comes with other values in the same file.'],
      ['films.csv', 5, 'id', 'The key id = c\nd comes with other values in the same file.'],
      ['films.csv', 6, null, 'The row has 1 value, the header has 2.'],
    );
    const [load] = await new Rejects(lab.session, names).read({ limit: 2 });
    expect(load?.reasons.map(({ column, reason, rows }) => [column, reason, rows])).toEqual([
      ['id', 'The key id = … comes with other values in the same file.', 2],
      ['id', '… is not a number.', 2],
      [null, 'The row has 1 value, the header has 2.', 1],
    ]);
    expect([load?.rows, load?.samples.map(({ line }) => line)]).toEqual([5, [2, 3]]);
  });

  it('are those of the files whose rows stand, each by the load that brought it', async () => {
    const lab = await openLab();
    const first = await buildWith(lab, 1, ['films.csv', 2, 'id', 'Old.'], ['more.csv', 2, 'id', 'Stands.']);
    const second = await buildWith(lab, 2, ['films.csv', 3, 'id', 'New.']);
    await lab.session.execute(
      `insert into _matinee.loaded_files (load_id, source, file) values ('${first}', 'films', 'more.csv')`,
    );
    const loads = await new Rejects(lab.session, names).read({ limit: 9 });
    expect(
      loads.map(({ loadId, state, samples }) => [loadId, state, samples.map(({ reason }) => reason)]),
    ).toEqual([
      [second, 'current', ['New.']],
      [first, 'current', ['Stands.']],
    ]);
    const named = await new Rejects(lab.session, names).read({ limit: 9, loadId: first });
    expect(named.map(({ rows }) => rows)).toEqual([2]);
    expect(await new Rejects(lab.session, names).read({ limit: 9, sources: ['others'] })).toEqual([]);
  });
});
