import type { NodeDocs } from '../../contract/docs.js';
import type { DocsIndex } from '../docs/docs-index.js';
import { NodeBadges } from '../docs/node-badges.js';
import { Icon } from '../parts/icon.js';
import { Prose } from '../parts/prose.js';
import { href } from '../routing/use-route.js';

interface NodePanelProps {
  readonly node: NodeDocs;
  readonly docs: DocsIndex;
  /** The column whose way is shown: `node.column`, or ''. */
  readonly column: string;
  readonly onColumn: (column: string) => void;
  /** Undefined for the node that is in the middle already. */
  readonly onFocus: (() => void) | undefined;
}

/** Beside the graph: what the chosen node is, and its columns, whose ways can be followed. */
export function NodePanel({ node, docs, column, onColumn, onFocus }: NodePanelProps) {
  const traced = new Set(
    docs.columnEdges
      .flatMap(({ from, to }) => [from, to])
      .flatMap(([name, field]) => (name === node.name ? [field] : [])),
  );
  return (
    <aside class="card node-panel" aria-label={`About ${node.name}`}>
      <h2>
        <a href={href(`docs/${node.name}`)}>{node.title ?? node.name}</a>
      </h2>
      <NodeBadges node={node} />
      <p class="muted">
        <Prose text={node.description} />
      </p>
      <div class="panel-actions">
        <a class="button" href={href(`docs/${node.name}`)}>
          <Icon name="book" size={16} />
          Documentation
        </a>
        {onFocus && (
          <button type="button" class="button" onClick={onFocus}>
            Put in the middle
          </button>
        )}
      </div>
      {node.columns.length > 0 && (
        <>
          <h3>Columns</h3>
          <p class="muted small">Choose one to see what it is made of, and what is made of it.</p>
          <ul class="column-list">
            {node.columns.map(({ name, type }) => {
              const id = `${node.name}.${name}`;
              return (
                <li key={name}>
                  <button
                    type="button"
                    aria-pressed={column === id}
                    disabled={!traced.has(name)}
                    onClick={() => onColumn(column === id ? '' : id)}
                  >
                    <span class="ellipsis">{name}</span>
                    <small>{type}</small>
                  </button>
                </li>
              );
            })}
          </ul>
        </>
      )}
    </aside>
  );
}
