import type { NodeDocs } from '../../contract/docs.js';

/** A node that was found, and why. */
export interface Hit {
  readonly node: NodeDocs;
  readonly score: number;
  /** The column that fits best, where the node's own name does not. */
  readonly column: string | undefined;
}

/** Where a word stands decides how much it counts. */
const SCORES = {
  name: 100,
  nameStart: 60,
  inName: 40,
  column: 25,
  inColumn: 12,
  tag: 10,
  owner: 8,
  description: 6,
  columnText: 3,
};

/** Nodes in whose names, columns, tags, owners or descriptions all words stand, the best first. */
export function searchNodes(nodes: readonly NodeDocs[], words: string): readonly Hit[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return [];
  return nodes
    .flatMap((node): Hit[] => {
      const found = wanted.map((word) => scoreOf(node, word));
      if (found.some(({ score }) => score === 0)) return [];
      const score = found.reduce((sum, hit) => sum + hit.score, 0);
      return [{ node, score, column: found.find(({ column }) => column)?.column }];
    })
    .sort((a, b) => b.score - a.score || (a.node.name < b.node.name ? -1 : 1));
}

function scoreOf(
  node: NodeDocs,
  word: string,
): { readonly score: number; readonly column?: string | undefined } {
  const name = `${node.name} ${node.title ?? ''}`.toLowerCase();
  if (node.name === word) return { score: SCORES.name };
  if (name.startsWith(word)) return { score: SCORES.nameStart };
  if (name.includes(word)) return { score: SCORES.inName };
  const exact = node.columns.find((column) => column.name === word);
  if (exact) return { score: SCORES.column, column: exact.name };
  const partly = node.columns.find((column) => column.name.includes(word));
  if (partly) return { score: SCORES.inColumn, column: partly.name };
  if (node.tags.some((tag) => tag.toLowerCase().includes(word))) return { score: SCORES.tag };
  if (node.owner?.toLowerCase().includes(word)) return { score: SCORES.owner };
  if (node.description.toLowerCase().includes(word)) return { score: SCORES.description };
  const told = node.columns.find((column) => column.description.toLowerCase().includes(word));
  return told ? { score: SCORES.columnText, column: told.name } : { score: 0 };
}
