import { useId } from 'preact/hooks';
import type { NodeDocs } from '../../contract/docs.js';
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
      description={`${formatNumber(docs.nodes.length)} nodes in ${docs.domains.length} domains.`}
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
      {words.trim() === '' ? <NodeTable nodes={nodes} /> : <Hits nodes={nodes} words={words} />}
    </PageFrame>
  );
}

function NodeTable({ nodes }: { readonly nodes: readonly NodeDocs[] }) {
  const rows = nodes.map((node) => [
    node.name,
    node.kind === 'model' ? node.materialized : node.kind.replace('_', ' '),
    node.domain,
    node.rows,
    node.bytes,
    testState(node.tests),
    node.description,
  ]);
  return (
    <Grid>
      <Card title={`${formatNumber(nodes.length)} nodes`}>
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
              { label: 'Description', format: 'text' },
            ],
            rows,
            link: ([name]) => href(`docs/${name}`),
            render: (row, column) =>
              column === 5 && row[5] ? <State state={row[5] as TestState} /> : undefined,
          }}
        />
      </Card>
    </Grid>
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
