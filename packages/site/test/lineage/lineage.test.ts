import fc from 'fast-check';
import { expect, test } from 'vitest';
import { edgePath } from '../../src/browser/lineage/edge-path.js';
import { inScope } from '../../src/browser/lineage/neighbourhood.js';
import { fitName } from '../../src/browser/lineage/node-look.js';
import { traceColumn } from '../../src/browser/lineage/trace-column.js';
import { rowsOfTree } from '../../src/browser/lineage/tree-rows.js';
import { fitView, zoomAt } from '../../src/browser/lineage/view.js';

const READS: Readonly<Record<string, readonly string[]>> = {
  a: [],
  b: ['a'],
  c: ['b'],
  d: ['b'],
  e: ['c', 'd'],
};
const nodes = Object.entries(READS).map(([name, reads]) => ({
  name,
  reads,
  domain: name < 'c' ? 'one' : 'two',
}));
const readBy = new Map(
  nodes.map(({ name }) => [name, nodes.filter(({ reads }) => reads.includes(name)).map((node) => node.name)]),
);

test('a scope holds so many steps upstream and downstream of its node', () => {
  const scope = (focus: string | undefined, up: number, down: number, domains: string[] = []) =>
    inScope(nodes, readBy, { focus, up, down, domains }).join('');
  expect(scope('b', 1, 1)).toBe('abcd');
  expect(scope('b', 0, 2)).toBe('bcde');
  expect(scope('e', Number.POSITIVE_INFINITY, 0)).toBe('abcde');
  expect(scope('c', 1, 1, ['two'])).toBe('ce');
  expect(scope('b', 0, 1, ['two'])).toBe('bcd');
  expect(scope(undefined, 1, 1)).toBe('abcde');
});

test('a column is followed both ways, and not to what lies beside its way', () => {
  const edges = [
    { from: ['raw', 'id'], to: ['src', 'id'] },
    { from: ['src', 'id'], to: ['fct', 'key'] },
    { from: ['src', 'user'], to: ['fct', 'key'] },
    { from: ['src', 'id'], to: ['dim', 'id'] },
    { from: ['fct', 'key'], to: ['cube', 'n'] },
  ] as const;
  const { columns, edges: kept } = traceColumn(edges, ['fct', 'key']);
  expect(Object.fromEntries(columns)).toEqual({
    raw: ['id'],
    src: ['id', 'user'],
    fct: ['key'],
    cube: ['n'],
  });
  expect(kept).toHaveLength(4);
});

test('a tree shows what is open, a node as often as it is reached', () => {
  const next = (name: string) => READS[name] ?? [];
  const lines = (...open: string[]) =>
    rowsOfTree(['e'], next, new Set(open)).map(({ id, level }) => `${level} ${id}`);
  expect(lines()).toEqual(['0 e']);
  expect(lines('e', 'e/c', 'e/d')).toEqual(['0 e', '1 e/c', '2 e/c/b', '1 e/d', '2 e/d/b']);
});

test('zooming leaves the point under the pointer where it is', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 900 }),
      fc.double({ min: 0.5, max: 2, noNaN: true }),
      (at, factor) => {
        const before = { x: 30, y: -20, scale: 0.7 };
        const after = zoomAt(before, factor, { x: at, y: at });
        const drawn = ({ x, scale }: typeof before) => (at - x) / scale;
        expect(drawn(after)).toBeCloseTo(drawn(before), 6);
      },
    ),
  );
});

test('a fitted drawing lies in the middle of its window, no larger than it is', () => {
  expect(fitView({ width: 100, height: 100 }, { width: 300, height: 200 })).toEqual({
    x: 100,
    y: 50,
    scale: 1,
  });
  expect(fitView({ width: 1000, height: 100 }, { width: 548, height: 200 })).toEqual({
    x: 24,
    y: 75,
    scale: 0.5,
  });
});

test('a long name is cut in its middle', () => {
  expect(fitName('fct_user_behaviour_genres', 12)).toBe('fct_us…enres');
  expect(fitName('short', 12)).toBe('short');
});

test('an edge leaves and arrives level', () => {
  expect(
    edgePath([
      { x: 0, y: 0 },
      { x: 10, y: 20 },
    ]),
  ).toBe('M0 0C5 0 5 20 10 20');
  expect(
    edgePath([
      { x: 0, y: 5 },
      { x: 10, y: 5 },
    ]),
  ).toBe('M0 5L10 5');
});
