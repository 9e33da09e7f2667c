import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  changeOrders,
  firstInputs,
  judgeFinished,
  judgeKilled,
  LAWS_AT_ANY_MOMENT,
  LAWS_AT_REST,
  type Observation,
  observe,
  randomOf,
  runBuild,
  type Violation,
  Workspace,
} from '../../fault/index.mjs';
import { scribble, tamper } from './tampering.js';

const HISTORY = 'snapshots.customer_levels_snapshot';

let workspace: Workspace;
let [oldFile, newFile] = ['', ''];
let old: Observation;
let fresh: Observation;

beforeAll(async () => {
  workspace = new Workspace();
  const random = randomOf(1);
  const inputs = firstInputs(random, 2000);
  const build = async (name: string) => {
    workspace.write(inputs);
    expect(await runBuild(workspace, inputs)).toMatchObject({ code: 0, errors: '' });
    return workspace.keepCopy(workspace.database, name);
  };
  oldFile = await build('old');
  changeOrders(inputs, random, 100);
  newFile = await build('new');
  old = await observe(oldFile, LAWS_AT_REST);
  fresh = await observe(newFile, LAWS_AT_REST);
});
afterAll(() => workspace.remove());

/** What the checks say of a copy of the old file, altered by statements, if it was killed between old and new. */
async function judged(...statements: readonly string[]): Promise<readonly string[]> {
  const file = workspace.keepCopy(oldFile, 'tampered');
  await tamper(file, ...statements);
  return told(judgeKilled(old, await observe(file, LAWS_AT_ANY_MOMENT), fresh).violations);
}

function told(violations: readonly Violation[]): readonly string[] {
  return violations.map(({ relation, what }) => [relation, what].filter(Boolean).join(' '));
}

describe('the outside checks', () => {
  it('find nothing wrong with either version, and tell them apart', async () => {
    expect(judgeKilled(old, old, fresh)).toEqual({ violations: [], outcome: 'old' });
    expect(judgeKilled(old, fresh, fresh)).toEqual({ violations: [], outcome: 'new' });
    expect(judgeKilled(old, old, old)).toEqual({ violations: [], outcome: 'same' });
    expect(judgeFinished(old, fresh, fresh)).toEqual([]);
    expect([...fresh.relations.keys()]).toHaveLength(11);
  });

  it('allow groups of different versions', async () => {
    const file = workspace.keepCopy(oldFile, 'tampered');
    await tamper(
      file,
      `attach '${newFile}' as other (read_only)`,
      'create or replace table care.fct_loyalty as from other.care.fct_loyalty',
    );
    const now = await observe(file, LAWS_AT_ANY_MOMENT);
    expect(judgeKilled(old, now, fresh)).toEqual({ violations: [], outcome: 'mixed' });
  });

  it('see one relation of a group alone in its new version', async () => {
    expect(
      await judged(
        `attach '${newFile}' as other (read_only)`,
        'create or replace table sales.fct_daily_sales as from other.sales.fct_daily_sales',
      ),
    ).toEqual([
      'are published together, yet differ: sales.fct_daily_sales new, sales.fct_countries old, sales.top_countries old',
    ]);
  });

  it('see a changed value', async () => {
    expect(
      await judged("update care.fct_loyalty set points = points + 1 where level = 'gold' and place = 1"),
    ).toEqual([expect.stringMatching(/^care\.fct_loyalty is neither as before .* nor as a clean build/)]);
  });

  it('see a row too few', async () => {
    expect(await judged('delete from care.fct_loyalty where place = 1')).toEqual([
      expect.stringMatching(/^care\.fct_loyalty is neither/),
    ]);
  });

  it('see a row twice, and which law it breaks', async () => {
    expect(await judged("insert into base.countries from base.countries where country_code = 'de'")).toEqual([
      "1 row(s) break the law 'base.countries: country_code is unique'",
      expect.stringMatching(/^base\.countries is neither/),
    ]);
  });

  it('see a column more', async () => {
    expect(await judged('alter table base.src_customers add column surplus integer')).toContainEqual(
      expect.stringMatching(/^base\.src_customers is neither/),
    );
  });

  it('see a table that is gone, and a view that has lost it', async () => {
    expect(await judged('drop table raw.raw_orders')).toEqual([
      expect.stringMatching(/^base\.src_orders cannot be read: .*raw_orders/s),
      'raw.raw_orders was published before the build and is gone',
    ]);
  });

  it.each([
    ['that vanishes', `delete from ${HISTORY} where customer_id = 1`],
    ['that is told otherwise', `update ${HISTORY} set valid_from = valid_from - interval 1 day`],
  ])('see a version of a history %s', async (_how, statement) => {
    expect(
      await judged(
        `update ${HISTORY} set customer_id = 1 where scd_id = (select min(scd_id) from ${HISTORY})`,
        statement,
      ),
    ).toContainEqual(
      expect.stringMatching(/^snapshots\.customer_levels_snapshot \d+ version\(s\) vanished or changed/),
    );
  });

  it('see intervals that overlap', async () => {
    const earlier = `insert into ${HISTORY} select * replace ('x' as scd_id, valid_from - interval 1 day as valid_from, timestamp '9999-01-01' as valid_to) from ${HISTORY} limit 1`;
    expect(await judged(earlier)).toContainEqual(
      expect.stringMatching(/break the law 'history: intervals of a key neither overlap nor run backwards'/),
    );
  });

  it('see a file that cannot be read', async () => {
    const file = workspace.keepCopy(oldFile, 'tampered');
    scribble(file);
    const { violations } = judgeKilled(old, await observe(file, LAWS_AT_ANY_MOMENT), fresh);
    expect(told(violations)).toContainEqual(expect.stringMatching(/^the file cannot be read: /));
  });

  it('see what a finished build has left over or not done', async () => {
    const file = workspace.keepCopy(oldFile, 'tampered');
    await tamper(file, 'create table sales.fct_countries__candidate (n integer)');
    writeFileSync(`${file}.holder.json`, '{}');
    const found = told(judgeFinished(old, await observe(file, LAWS_AT_REST), fresh));
    expect(found).toContain('sales.fct_countries__candidate is a candidate left over');
    expect(found).toContain('the note on who holds the file is left over');
    expect(found).toContainEqual(expect.stringMatching(/^raw\.raw_orders is not as a clean build makes it/));
  });
});
