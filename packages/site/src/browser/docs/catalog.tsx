import { useId } from 'preact/hooks';
import type { NodeDocs } from '../../contract/docs.js';
import { counted } from '../format/counted.js';
import { formatNumber } from '../format/numbers.js';
import { DataTable } from '../parts/data-table.js';
import { Icon } from '../parts/icon.js';
import { MultiSelect } from '../parts/multi-select.js';
import { Card, Grid, PageFrame } from '../parts/page.js';
import { Problem } from '../parts/problem.js';
import { Prose } from '../parts/prose.js';
import { Skeleton } from '../parts/skeleton.js';
import { someOf, textFilter } from '../routing/filter.js';
import { useFilter } from '../routing/use-filter.js';
import { href } from '../routing/use-route.js';
import type { DocsIndex } from './docs-index.js';
import { useDocs } from './load-docs.js';
import { NodeBadges } from './node-badges.js';
import { searchNodes } from './search.js';
import { type TestState, testState } from './test-state.js';

/** All nodes: looked for by words, or gone through by domain and kind. */
export function CatalogPage() {
  const { docs, error } = useDocs();
  if (error) return <Problem error={error} />;
  return docs ? <Catalog docs={docs} /> : <Skeleton />;
}

function Catalog({ docs }: { readonly docs: DocsIndex }) {
  const [words, setWords] = useFilter('q', textFilter);
  const [domains, setDomains] = useFilter('domain', someOf);
  const [kinds, setKinds] = useFilter('kind', someOf);
  const field = useId();
  const nodes = docs.nodes.filter(
    ({ domain, kind }) =>
      (domains.length === 0 || domains.includes(domain)) && (kinds.length === 0 || kinds.includes(kind)),
  );
  const allKinds = [...new Set(docs.nodes.map(({ kind }) => kind))].sort();
  return (
    <PageFrame
      title="Documentation"
      description={`${counted(docs.nodes.length, 'node')} in ${counted(docs.domains.length, 'domain')}.`}
      filters={
        <>
          <div class="control search-control">
            <label for={field}>Search names, columns and descriptions</label>
            <div class="search-field">
              <Icon name="search" />
              <input
                id={field}
                type="search"
                value={words}
                onInput={({ currentTarget }) => setWords(currentTarget.value)}
              />
            </div>
          </div>
          <MultiSelect
            label="Domains"
            value={domains}
            options={docs.domains.map((value) => ({ value, label: value }))}
            onChange={setDomains}
          />
          <MultiSelect
            label="Kinds"
            value={kinds}
            options={allKinds.map((value) => ({ value, label: value.replace('_', ' ') }))}
            onChange={setKinds}
          />
        </>
      }
    >
      {words.trim() === '' ? <NodeTable nodes={nodes} docs={docs} /> : <Hits nodes={nodes} words={words} />}
    </PageFrame>
  );
}

interface NodeTableProps {
  readonly nodes: readonly NodeDocs[];
  readonly docs: DocsIndex;
}

function NodeTable({ nodes, docs }: NodeTableProps) {
  const rows = nodes.map((node) => [
    node.name,
    node.kind === 'model' ? node.materialized : node.kind.replace('_', ' '),
    node.domain,
    node.rows,
    node.bytes,
    testState(node.tests),
  ]);
  return (
    <Grid>
      <Card title={counted(nodes.length, 'node')}>
        <DataTable
          label="Nodes"
          pageSize={50}
          data={{
            columns: [
              { label: 'Name', format: 'text' },
              { label: 'Kind', format: 'text' },
              { label: 'Domain', format: 'text' },
              { label: 'Rows', format: 'integer' },
              { label: 'Size', format: 'bytes' },
              { label: 'Tests', format: 'text' },
            ],
            rows,
            render: (row, column) => {
              if (column === 0) return <Described name={String(row[0])} docs={docs} />;
              return column === 5 && row[5] ? <State state={row[5] as TestState} /> : undefined;
            },
          }}
        />
      </Card>
    </Grid>
  );
}

/** A node's name, and below it what it is: a column for that would be cut off beside all others. */
function Described({ name, docs }: { readonly name: string; readonly docs: DocsIndex }) {
  return (
    <>
      <a href={href(`docs/${name}`)}>{name}</a>
      <br />
      <small class="muted">
        <Prose text={docs.byName.get(name)?.description ?? ''} />
      </small>
    </>
  );
}

export function State({ state }: { readonly state: TestState }) {
  return (
    <span class="state" data-state={state}>
      {state}
    </span>
  );
}

function Hits({ nodes, words }: { readonly nodes: readonly NodeDocs[]; readonly words: string }) {
  const hits = searchNodes(nodes, words);
  return (
    <section aria-label="Found">
      <p class="muted" role="status">
        {hits.length === 0 ? `Nothing found for “${words}”.` : `${formatNumber(hits.length)} found.`}
      </p>
      <ul class="hits">
        {hits.slice(0, 100).map(({ node, column }) => (
          <li key={node.name}>
            <a class="hit" href={href(`docs/${node.name}`, column ? { column } : {})}>
              <strong>
                {node.title ?? node.name}
                {column && <span class="muted"> . {column}</span>}
              </strong>
              <NodeBadges node={node} />
              <span class="muted">
                <Prose text={node.description} />
              </span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
