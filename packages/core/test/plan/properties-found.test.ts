import { describe, expect, it } from 'vitest';
import { dataTest, integer, sql, view } from '../../src/index.js';
import { actions, type Lab, openLab, ranTests } from '../support/lab.js';
import { aModel } from '../support/nodes.js';

// What the property tests of this folder have found, as small as it gets.

const n = { n: integer() };

interface Values {
  readonly base?: number;
  readonly second?: number;
  readonly plus?: number;
}

/** base and second → inner_n (view) → outer_n (view) → total */
function project({ base: value = 1, second: other = 1, plus = 0 }: Values = {}) {
  const base = aModel('base', n, sql`select ${value} as n`);
  const second = aModel('second', n, sql`select ${other} as n`);
  const joined = sql`select base.n + ${plus} as n from ${base} as base cross join ${second} as second`;
  const inner = aModel('inner_n', n, joined, { materialized: view() });
  const outer = aModel('outer_n', n, sql`select n from ${inner}`, { materialized: view() });
  return [
    base,
    second,
    inner,
    outer,
    aModel('total', n, sql`select cast(sum(n) as bigint) as n from ${outer}`),
  ];
}

async function built(): Promise<Lab> {
  const lab = await openLab();
  await lab.build(project());
  return lab;
}

describe('a build of selected nodes', () => {
  it('stops when a view that it reads shows a view from other code', async () => {
    const lab = await built();
    await expect(lab.build(project({ plus: 1 }), { select: ['total'] })).rejects.toMatchObject({
      code: 'UPSTREAM_STALE',
    });
  });

  it.each(['view lab.inner_n', 'table lab.base'])(
    'stops when a view that it reads shows what is gone: %s',
    async (relation) => {
      const lab = await built();
      await lab.session.execute(`drop ${relation}`);
      await expect(lab.build(project(), { select: ['total'] })).rejects.toMatchObject({
        code: 'UPSTREAM_MISSING',
      });
    },
  );

  it('stops when it reads a view that shows new rows but has to stay as it is', async () => {
    const lab = await built();
    // inner_n is not built along with base, for second is stale; it shows base's new rows all the same.
    const changed = project({ base: 2, second: 2 });
    await expect(lab.build(changed, { select: ['base', 'total'] })).rejects.toMatchObject({
      code: 'UPSTREAM_STALE',
    });
  });

  it('does not compare nodes again that have passed on these very rows, whichever of them answered for it', async () => {
    const lab = await openLab();
    const left = aModel('left_n', n, sql`select 1 as n`);
    const right = aModel('right_n', n, sql`select 1 as n`);
    const query = sql`select n from ${left} except select n from ${right}`;
    const compared = [left, right, dataTest({ name: 'same', description: '', query })];
    await lab.build(compared);
    for (const name of ['left_n', 'right_n'])
      expect(ranTests(await lab.build(compared, { select: [name] }))).toEqual([]);
  });
});

describe('a build', () => {
  /** first and second → total; a test of first may read second, which then stands before it. */
  function ordered({ firstRefers }: { readonly firstRefers: boolean }) {
    const second = aModel('second', n, sql`select 1 as n`);
    const column = firstRefers ? integer().references(() => second, 'n') : integer();
    const first = aModel('first', { n: column }, sql`select 1 as n`);
    const both = sql`select n from ${first} union all select n from ${second}`;
    const total = aModel('total', n, both);
    const query = sql`select n from ${total} except (${both})`;
    return [first, second, total, dataTest({ name: 'adds_up', description: '', query })];
  }

  it('builds nothing where only the order in which its inputs are built has changed', async () => {
    const lab = await openLab();
    await lab.build(ordered({ firstRefers: false }));
    const result = await lab.build(ordered({ firstRefers: true }));
    expect(actions(result)).toEqual({ first: 'reuse', second: 'reuse', total: 'reuse' });
    expect(ranTests(result)).toEqual(['relationships_first_n__second']);
  });

  it('stops where rows come out the same, whatever the order in which inputs are built', async () => {
    const lab = await openLab();
    const project = (firstReads: boolean) => {
      const second = aModel('second', n, sql`select 1 as n`);
      const first = aModel('first', n, firstReads ? sql`select n from ${second}` : sql`select 1 as n`);
      return [
        first,
        second,
        aModel('total', n, sql`select n from ${first} union all select n from ${second}`),
      ];
    };
    await lab.build(project(false));
    const result = await lab.build(project(true));
    expect(actions(result)).toEqual({ first: 'create', second: 'reuse', total: 'reuse' });
  });

  it('makes a view again that someone has dropped, and nothing that reads it: it shows the same rows', async () => {
    const lab = await built();
    await lab.session.execute('drop view lab.outer_n');
    const result = await lab.build(project());
    expect(actions(result)).toMatchObject({ inner_n: 'reuse', outer_n: 'view', total: 'reuse' });
  });
});
