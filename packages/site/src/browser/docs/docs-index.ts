import type { Docs, NodeDocs } from '../../contract/docs.js';

/** The documentation, and what is looked up in it. */
export interface DocsIndex extends Docs {
  readonly byName: ReadonlyMap<string, NodeDocs>;
  /** What reads a node, by the node's name. */
  readonly readBy: ReadonlyMap<string, readonly string[]>;
  /** In alphabetical order. */
  readonly domains: readonly string[];
}

/** What a node reads that is not in the documentation (a selection may leave it out) is left out everywhere. */
export function indexDocs(docs: Docs): DocsIndex {
  const names = new Set(docs.nodes.map(({ name }) => name));
  const nodes = docs.nodes.map((node) => ({ ...node, reads: node.reads.filter((name) => names.has(name)) }));
  const readBy = new Map<string, string[]>(nodes.map(({ name }) => [name, []]));
  for (const { name, reads } of nodes) for (const read of reads) readBy.get(read)?.push(name);
  return {
    nodes,
    columnEdges: docs.columnEdges,
    byName: new Map(nodes.map((node) => [node.name, node])),
    readBy,
    domains: [...new Set(nodes.map(({ domain }) => domain))].sort(),
  };
}

/** The same without what only tests refer to: how rows flow. */
export function withoutTestReads(docs: DocsIndex): DocsIndex {
  return indexDocs({
    columnEdges: docs.columnEdges,
    nodes: docs.nodes.map((node) => ({
      ...node,
      reads: node.reads.filter((name) => !node.testReads.includes(name)),
    })),
  });
}
