import { useMemo, useRef, useState } from 'preact/hooks';
import type { NodeDocs } from '../../contract/docs.js';
import type { DocsIndex } from '../docs/docs-index.js';
import { rowsOfTree, type TreeRow } from './tree-rows.js';

interface LineageTreeProps {
  readonly docs: DocsIndex;
  readonly nodes: readonly NodeDocs[];
  readonly focus: string | undefined;
  readonly selected: string | undefined;
  readonly onSelect: (name: string) => void;
}

/** The lineage as trees, for keyboards and screen readers: arrows go up and down, open and close; Enter chooses. */
export function LineageTree({ docs, nodes, focus, selected, onSelect }: LineageTreeProps) {
  const names = useMemo(() => new Set(nodes.map(({ name }) => name)), [nodes]);
  const within = (list: readonly string[] = []) => list.filter((name) => names.has(name));
  const reads = (name: string) => within(docs.byName.get(name)?.reads);
  const readBy = (name: string) => within(docs.readBy.get(name));
  if (focus !== undefined) {
    return (
      <div class="lineage-trees">
        <Tree label={`${focus} reads`} roots={reads(focus)} next={reads} {...{ selected, onSelect }} />
        <Tree label={`${focus} is read by`} roots={readBy(focus)} next={readBy} {...{ selected, onSelect }} />
      </div>
    );
  }
  const roots = [...names].filter((name) => reads(name).length === 0);
  return (
    <div class="lineage-trees">
      <Tree label="From the sources on" roots={roots} next={readBy} {...{ selected, onSelect }} />
    </div>
  );
}

interface TreeProps {
  readonly label: string;
  readonly roots: readonly string[];
  readonly next: (name: string) => readonly string[];
  readonly selected: string | undefined;
  readonly onSelect: (name: string) => void;
}

function Tree({ label, roots, next, selected, onSelect }: TreeProps) {
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const [current, setCurrent] = useState<string>();
  const root = useRef<HTMLDivElement>(null);
  const rows = rowsOfTree(roots, next, open);
  const active = rows.find(({ id }) => id === current) ?? rows[0];
  const turn = ({ id }: TreeRow, isOpen: boolean) => {
    const changed = new Set(open);
    if (isOpen) changed.add(id);
    else changed.delete(id);
    setOpen(changed);
  };
  const goTo = (row: TreeRow | undefined) => {
    if (!row) return;
    setCurrent(row.id);
    requestAnimationFrame(() => root.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus());
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!active) return;
    const at = rows.indexOf(active);
    const act: Record<string, () => void> = {
      ArrowDown: () => goTo(rows[at + 1]),
      ArrowUp: () => goTo(rows[at - 1]),
      Home: () => goTo(rows[0]),
      End: () => goTo(rows.at(-1)),
      ArrowRight: () => (active.hasChildren && !active.isOpen ? turn(active, true) : goTo(rows[at + 1])),
      ArrowLeft: () =>
        active.isOpen ? turn(active, false) : goTo(rows.find(({ id }) => id === active.parent)),
      Enter: () => onSelect(active.name),
      ' ': () => onSelect(active.name),
    };
    if (!act[event.key]) return;
    event.preventDefault();
    act[event.key]?.();
  };
  return (
    <section class="card">
      <h2>{label}</h2>
      {rows.length === 0 ? (
        <p class="empty">Nothing.</p>
      ) : (
        <div ref={root} role="tree" tabIndex={-1} aria-label={label} onKeyDown={onKeyDown}>
          {rows.map((row) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: keys are the tree's
            <div
              key={row.id}
              role="treeitem"
              tabIndex={row === active ? 0 : -1}
              aria-level={row.level + 1}
              aria-expanded={row.hasChildren ? row.isOpen : undefined}
              aria-selected={row.name === selected}
              style={{ paddingLeft: `${row.level * 20 + 6}px` }}
              onClick={() => {
                setCurrent(row.id);
                onSelect(row.name);
                if (row.hasChildren) turn(row, !row.isOpen);
              }}
            >
              <span aria-hidden="true" class="tree-mark">
                {row.hasChildren ? (row.isOpen ? '▾' : '▸') : '·'}
              </span>
              {row.name}
            </div>
          ))}
        </div>
      )}
    </section>
  );
}
