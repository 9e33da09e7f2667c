import { toGraph } from './graph.js';
import { toLayers } from './layers.js';
import { orderLayers } from './order-layers.js';
import { placeMembers } from './place-members.js';
import { rankNodes } from './ranks.js';

export interface LayoutNode {
  readonly name: string;
  /** In pixels. */
  readonly height: number;
}

export interface LayoutSizes {
  readonly nodeWidth: number;
  /** Between columns. */
  readonly columnGap: number;
  /** Between nodes of a column. */
  readonly rowGap: number;
}

/** A node's place: its left edge and its middle. */
export interface Placed {
  readonly x: number;
  readonly y: number;
}

export interface PlacedEdge {
  readonly from: string;
  readonly to: string;
  /** From the right edge of one to the left edge of the other, by the places where it passes other columns. */
  readonly points: readonly Placed[];
}

export interface Layout {
  readonly nodes: ReadonlyMap<string, Placed>;
  readonly edges: readonly PlacedEdge[];
  readonly width: number;
  readonly height: number;
  /** How many edges were looked at to order the nodes, a measure of the work. */
  readonly work: number;
}

/** The height of a line that passes a column. */
const LINE = 10;

/**
 * Lays out a graph without cycles from left to right: columns by the longest path, the order in a column by the means of
 * neighbours, places by relaxation. Equal graphs give equal layouts, in whatever order they are told.
 */
export function layOut(
  given: readonly LayoutNode[],
  edges: readonly (readonly [from: string, to: string])[],
  { nodeWidth, columnGap, rowGap }: LayoutSizes,
): Layout {
  const nodes = [...given].sort((a, b) => (a.name < b.name ? -1 : 1));
  const sorted = [...edges].sort(([a, b], [c, d]) => (a === c ? (b < d ? -1 : 1) : a < c ? -1 : 1));
  const graph = toGraph(
    nodes.map(({ name }) => name),
    sorted,
  );
  const layered = toLayers(graph, rankNodes(graph));
  const work = orderLayers(layered);
  const heights = layered.layerOf.map((_, member) => nodes[member]?.height ?? LINE);
  const middle = placeMembers(layered, heights, nodes.length, rowGap);
  const top = Math.min(0, ...nodes.map(({ height }, index) => middle[index]! - height / 2));
  const bottom = Math.max(0, ...nodes.map(({ height }, index) => middle[index]! + height / 2));
  const x = (member: number) => layered.layerOf[member]! * (nodeWidth + columnGap);
  const y = (member: number) => middle[member]! - top;
  return {
    nodes: new Map(nodes.map(({ name }, index) => [name, { x: x(index), y: y(index) }])),
    edges: layered.paths.map((path) => ({
      from: nodes[path[0]!]!.name,
      to: nodes[path.at(-1)!]!.name,
      points: path.flatMap((member, index) => {
        const right = { x: x(member) + nodeWidth, y: y(member) };
        const left = { x: x(member), y: y(member) };
        if (index === 0) return [right];
        return index === path.length - 1 ? [left] : [left, right];
      }),
    })),
    width: Math.max(0, layered.layers.length * (nodeWidth + columnGap) - columnGap),
    height: bottom - top,
    work,
  };
}
