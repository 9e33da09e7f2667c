/** A visible line of a tree. */
export interface TreeRow {
  /** The names from the root to here, for a node may stand in many places. */
  readonly id: string;
  readonly name: string;
  readonly parent: string | undefined;
  readonly level: number;
  readonly hasChildren: boolean;
  readonly isOpen: boolean;
}

/** The lines of a tree whose open branches are known, top to bottom. */
export function rowsOfTree(
  roots: readonly string[],
  next: (name: string) => readonly string[],
  open: ReadonlySet<string>,
): readonly TreeRow[] {
  const rows: TreeRow[] = [];
  const add = (name: string, parent: TreeRow | undefined) => {
    const id = parent ? `${parent.id}/${name}` : name;
    const children = next(name);
    const hasChildren = children.length > 0;
    const row = {
      id,
      name,
      parent: parent?.id,
      level: parent ? parent.level + 1 : 0,
      hasChildren,
      isOpen: hasChildren && open.has(id),
    };
    rows.push(row);
    if (row.isOpen) for (const child of children) add(child, row);
  };
  for (const root of roots) add(root, undefined);
  return rows;
}
