import { describe, expect, it } from 'vitest';
import { treeLines } from '../../src/output/tree.js';

const graph: Readonly<Record<string, readonly string[]>> = {
  a: ['b', 'c'],
  b: ['d'],
  c: ['d'],
  d: ['e'],
  e: [],
};
const edges = (name: string) => (graph[name] ?? []).map((next) => ({ name: next }));
const label = (name: string) => name.toUpperCase();

describe('the tree of a lineage', () => {
  it('draws branches, and what it has drawn before only by name', () => {
    expect(treeLines('a', edges, label)).toEqual([
      '├── B',
      '│   └── D',
      '│       └── E',
      '└── C',
      '    └── D …',
    ]);
  });

  it('stops at a depth', () => {
    expect(treeLines('a', edges, label, 1)).toEqual(['├── B', '└── C']);
  });

  it('notes what an edge is', () => {
    expect(treeLines('x', (name) => (name === 'x' ? [{ name: 'y', note: 'test' }] : []), label)).toEqual([
      '└── Y (test)',
    ]);
  });
});
