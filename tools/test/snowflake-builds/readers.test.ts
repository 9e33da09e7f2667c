/** What a second connection reads while builds go on: decision 0023 says what it may see. */
import { isDeepStrictEqual } from 'node:util';
import { expect, it } from 'vitest';
import { expectedRows, type Item, itemsProject, MOST, QUERIES } from './items.js';
import { Lab } from './lab.js';

/** Every relation tells the versions apart. The last one fails its test. */
const VERSIONS = [1, 2, 3, MOST + 1];

const version = (n: number): readonly Item[] => [
  { id: 1, kind: 'a', amount: n },
  { id: 2, kind: 'b', amount: 2 },
  { id: 2 + n, kind: 'c', amount: 1 + (n % 3) },
];

/** The version that these rows of a relation are, by index. @throws if they are none. */
function versionOf(relation: string, rows: readonly unknown[]): number {
  const index = VERSIONS.findIndex((n) => isDeepStrictEqual(rows, expectedRows(version(n))[relation]));
  if (index < 0) throw new Error(`${relation} is no version: ${JSON.stringify(rows)}`);
  return index;
}

it('readers of Snowflake see whole, tested versions, never an older one again, and of one group at most two that follow each other', {
  timeout: 60_000,
}, async () => {
  const lab = await Lab.open();
  await lab.build(itemsProject(version(1)));
  /** The last version seen of each relation. */
  const seen: Record<string, number> = {};
  let [isOver, rounds] = [false, 0];
  const read = async () => {
    while (!isOver) {
      for (const [relation, query] of Object.entries(QUERIES)) {
        const found = versionOf(relation, await lab.rows(query));
        expect(found, relation).toBeGreaterThanOrEqual(seen[relation] ?? 0);
        seen[relation] = found;
      }
      // One statement that reads two tables of a group finds each whole, though perhaps not of the same version.
      const both = await lab.rows(
        `select 'in_full' as relation, kind, items, amount from lab.in_full
         union all select 'again', kind, items, amount from lab.again order by 1, 2`,
      );
      const [one, other] = ['in_full', 'again'].map((name) =>
        versionOf(
          name,
          both.flatMap(({ relation, ...row }) => (relation === name ? [row] : [])),
        ),
      );
      expect(Math.abs((one ?? 0) - (other ?? 0))).toBeLessThanOrEqual(1);
      rounds++;
    }
  };
  const write = async () => {
    const ends: string[] = [];
    for (const n of VERSIONS.slice(1)) {
      ends.push((await lab.build(itemsProject(version(n)))).status);
      for (const [relation, query] of Object.entries(QUERIES))
        expect(versionOf(relation, await lab.rows(query)), relation).toBe(Math.min(n, 3) - 1);
    }
    return ends;
  };
  const [ends] = await Promise.all([
    write().finally(() => {
      isOver = true;
    }),
    read(),
  ]);
  expect(ends).toEqual(['ok', 'ok', 'failed']);
  expect(rounds).toBeGreaterThan(10);
});
