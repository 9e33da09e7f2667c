/** A node that another one leads to. */
export interface Edge {
  readonly name: string;
  readonly note?: string | undefined;
}

export type Edges = (name: string) => readonly Edge[];

/** Everything that `root` leads to, drawn as a tree. What was drawn with its branches before is not drawn again. */
export function treeLines(
  root: string,
  edges: Edges,
  label: (name: string) => string,
  depth = Number.POSITIVE_INFINITY,
): readonly string[] {
  const seen = new Set<string>();
  const draw = (name: string, indent: string, level: number): string[] => {
    const all = edges(name);
    return all.flatMap((edge, index) => {
      const isLast = index === all.length - 1;
      const repeated = seen.has(edge.name) && edges(edge.name).length > 0;
      seen.add(edge.name);
      const note = edge.note ? ` (${edge.note})` : '';
      const line = `${indent}${isLast ? '└── ' : '├── '}${label(edge.name)}${note}${repeated ? ' …' : ''}`;
      const goesOn = !repeated && level < depth;
      return [line, ...(goesOn ? draw(edge.name, `${indent}${isLast ? '    ' : '│   '}`, level + 1) : [])];
    });
  };
  return draw(root, '', 1);
}
