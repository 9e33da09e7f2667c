import fc from 'fast-check';
import { expect, test } from 'vitest';
import { layOut } from '../../src/browser/lineage/layout.js';
import { countCrossings } from '../../src/browser/lineage/order-layers.js';
import { keepApart } from '../../src/browser/lineage/place-members.js';

const SIZES = { nodeWidth: 100, columnGap: 40, rowGap: 10 };
type Edge = readonly [string, string];

const lay = (names: readonly string[], edges: readonly Edge[]) =>
  layOut(
    names.map((name) => ({ name, height: 20 })),
    edges,
    SIZES,
  );

/** A graph of layers that looks like a warehouse: each node reads up to three of the 40 before it. */
function warehouse(size: number): { names: string[]; edges: Edge[] } {
  const names = Array.from({ length: size }, (_, index) => `n${String(index).padStart(5, '0')}`);
  let state = 7;
  const next = (below: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state % below;
  };
  const edges = names.flatMap((name, index) =>
    index < size / 10
      ? []
      : [0, 1, 2].map((): Edge => [names[Math.max(0, index - 1 - next(Math.ceil(size / 8)))]!, name]),
  );
  return { names, edges };
}

const aGraph = fc.integer({ min: 1, max: 30 }).chain((size) =>
  fc.array(fc.tuple(fc.nat(size - 1), fc.nat(size - 1)), { maxLength: 60 }).map((pairs) => ({
    names: Array.from({ length: size }, (_, index) => `n${index}`),
    edges: pairs
      .filter(([a, b]) => a !== b)
      .map(([a, b]): Edge => [`n${Math.min(a, b)}`, `n${Math.max(a, b)}`]),
  })),
);

test('what a node reads stands left of it, and no two nodes overlap', () => {
  fc.assert(
    fc.property(aGraph, ({ names, edges }) => {
      const { nodes, width, height } = lay(names, edges);
      for (const [from, to] of edges) expect(nodes.get(from)!.x).toBeLessThan(nodes.get(to)!.x);
      const placed = [...nodes.values()];
      for (const [index, a] of placed.entries()) {
        expect(a.x + SIZES.nodeWidth).toBeLessThanOrEqual(width);
        expect(a.y - 10).toBeGreaterThanOrEqual(-1e-6);
        expect(a.y + 10).toBeLessThanOrEqual(height + 1e-6);
        for (const b of placed.slice(index + 1)) {
          if (a.x === b.x) expect(Math.abs(a.y - b.y)).toBeGreaterThanOrEqual(20 + SIZES.rowGap - 1e-6);
        }
      }
    }),
  );
});

test('the order in which a graph is told does not matter', () => {
  fc.assert(
    fc.property(aGraph, ({ names, edges }) => {
      const there = lay(names, edges);
      const back = lay([...names].reverse(), [...edges].reverse());
      expect([...back.nodes]).toEqual([...there.nodes]);
      expect(back.edges).toEqual(there.edges);
    }),
  );
});

test('an edge begins at the right of one node and ends at the left of the other', () => {
  const { nodes, edges } = lay(
    ['a', 'b', 'c'],
    [
      ['a', 'b'],
      ['b', 'c'],
      ['a', 'c'],
    ],
  );
  const long = edges.find(({ from, to }) => from === 'a' && to === 'c')!;
  expect(long.points[0]).toEqual({ x: nodes.get('a')!.x + 100, y: nodes.get('a')!.y });
  expect(long.points.at(-1)).toEqual(nodes.get('c'));
  expect(long.points.map(({ x }) => x)).toEqual([100, 140, 240, 280]);
});

test('a chain is a straight line', () => {
  const { nodes, height } = lay(
    ['a', 'b', 'c'],
    [
      ['a', 'b'],
      ['b', 'c'],
    ],
  );
  expect([...nodes.values()].map(({ y }) => y)).toEqual([10, 10, 10]);
  expect(height).toBe(20);
});

test('two pairs that would cross are put in order', () => {
  const { nodes } = lay(
    ['a', 'b', 'y', 'z'],
    [
      ['a', 'z'],
      ['b', 'y'],
    ],
  );
  expect(Math.sign(nodes.get('a')!.y - nodes.get('b')!.y)).toBe(
    Math.sign(nodes.get('z')!.y - nodes.get('y')!.y),
  );
});

test('crossings are counted as pairs of edges in opposite order', () => {
  const place = Float64Array.from([0, 1, 2, 0, 1, 2]);
  const layers = [
    [0, 1, 2],
    [3, 4, 5],
  ];
  const count = (after: number[][]) => countCrossings({ layers, after: [...after, [], [], []] }, place).count;
  expect(count([[3], [4], [5]])).toBe(0);
  expect(count([[5], [4], [3]])).toBe(3);
  expect(count([[3, 4, 5], [3, 4, 5], []])).toBe(3);
});

test('places that overlap are moved apart by as little as possible', () => {
  expect(keepApart([0, 0], [10, 10], [1, 1], 2)).toEqual([-6, 6]);
  expect(keepApart([0, 100], [10, 10], [1, 1], 2)).toEqual([0, 100]);
  expect(keepApart([0, 0], [10, 10], [1, 3], 2)).toEqual([-9, 3]);
});

test('twenty times the nodes are laid out with less than four times the work of that many', () => {
  const small = warehouse(50);
  const large = warehouse(1000);
  expect(lay(large.names, large.edges).nodes.size).toBe(1000);
  const perMember = (graph: typeof small) => {
    const { edges, work } = lay(graph.names, graph.edges);
    return work / edges.reduce((sum, { points }) => sum + points.length / 2, 0);
  };
  expect(perMember(large)).toBeLessThan(4 * perMember(small));
});
