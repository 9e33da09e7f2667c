import { useEffect, useRef } from 'preact/hooks';
import type { NodeDocs } from '../../contract/docs.js';
import { Card } from '../parts/page.js';
import { Prose } from '../parts/prose.js';
import { href } from '../routing/use-route.js';
import { State } from './catalog.js';
import type { DocsIndex } from './docs-index.js';
import { testState } from './test-state.js';

interface ColumnTableProps {
  readonly node: NodeDocs;
  readonly docs: DocsIndex;
  /** The column that the reader came for. */
  readonly marked: string;
}

/** The columns of a node: what they hold and promise, and where they come from. */
export function ColumnTable({ node, docs, marked }: ColumnTableProps) {
  const row = useRef<HTMLTableRowElement>(null);
  useEffect(() => row.current?.scrollIntoView({ block: 'center' }), [marked]);
  const origins = new Map<string, string[]>();
  for (const { from, to } of docs.columnEdges) {
    if (to[0] === node.name) origins.set(to[1], [...(origins.get(to[1]) ?? []), from.join('.')]);
  }
  return (
    <Card title="Columns">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <section class="table-scroll" tabIndex={0} aria-label={`Columns of ${node.name}`}>
        <table>
          <thead>
            <tr>
              <th scope="col">Column</th>
              <th scope="col">Type</th>
              <th scope="col">Description</th>
              <th scope="col">Comes from</th>
              <th scope="col">Tests</th>
            </tr>
          </thead>
          <tbody>
            {node.columns.map((column) => {
              const tests = node.tests.filter(({ name }) => column.tests.includes(name));
              const state = testState(tests);
              return (
                <tr
                  key={column.name}
                  ref={column.name === marked ? row : null}
                  class={column.name === marked ? 'marked' : undefined}
                >
                  <td>
                    <code>{column.name}</code>
                    {node.key.includes(column.name) && <span class="chip">key</span>}
                  </td>
                  <td>
                    {column.type}
                    {column.nullable && <span class="muted small"> or null</span>}
                  </td>
                  <td>
                    <Prose text={column.description} />
                    {column.references && (
                      <p class="small">
                        refers to{' '}
                        <a
                          href={href(`docs/${column.references.node}`, { column: column.references.column })}
                        >
                          {`${column.references.node}.${column.references.column}`}
                        </a>
                      </p>
                    )}
                    {column.values && <p class="small muted">{column.values.join(', ')}</p>}
                  </td>
                  <td>
                    {origins.has(column.name) && (
                      <a
                        href={href('lineage', { node: node.name, column: `${node.name}.${column.name}` })}
                        class="small"
                      >
                        {origins.get(column.name)?.join(', ')}
                      </a>
                    )}
                  </td>
                  <td class="nowrap" title={tests.map(({ name }) => name).join('\n')}>
                    {state !== '' && (
                      <>
                        {tests.length} <State state={state} />
                      </>
                    )}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </section>
    </Card>
  );
}
