import type { NodeDocs } from '../../contract/docs.js';
import { Chart } from '../charts/chart.js';
import { formatAgo, formatTime } from '../format/dates.js';
import { formatNumber } from '../format/numbers.js';
import { DataTable } from '../parts/data-table.js';
import { Icon } from '../parts/icon.js';
import { Card, Grid, PageFrame } from '../parts/page.js';
import { Problem } from '../parts/problem.js';
import { Prose } from '../parts/prose.js';
import { Skeleton } from '../parts/skeleton.js';
import { Tile, Tiles } from '../parts/tiles.js';
import { textFilter } from '../routing/filter.js';
import { useFilter } from '../routing/use-filter.js';
import { href } from '../routing/use-route.js';
import { State } from './catalog.js';
import { ColumnTable } from './column-table.js';
import type { DocsIndex } from './docs-index.js';
import { useDocs } from './load-docs.js';
import { NodeBadges } from './node-badges.js';
import { SqlCard } from './sql-card.js';
import { stateOf, testState } from './test-state.js';

/** All that is known of one node. */
export function NodePage({ name }: { readonly name: string }) {
  const { docs, error } = useDocs();
  if (error) return <Problem error={error} />;
  if (!docs) return <Skeleton />;
  const node = docs.byName.get(name);
  return node ? <NodeContent node={node} docs={docs} /> : <NoNode name={name} />;
}

function NoNode({ name }: { readonly name: string }) {
  return (
    <PageFrame title="Nothing here" description={`No node is called ${name}.`}>
      <p>
        <a href={href('docs')}>To all nodes</a>
      </p>
    </PageFrame>
  );
}

function NodeContent({ node, docs }: { readonly node: NodeDocs; readonly docs: DocsIndex }) {
  const [column] = useFilter('column', textFilter);
  // What was reused was not built; it took no time, and the tile would say so.
  const last =
    node.builds.find(({ status }) => status !== 'reused' && status !== 'skipped') ?? node.builds[0];
  const isStored = node.schema !== null;
  return (
    <PageFrame
      title={node.title ?? node.name}
      description={<Prose text={node.description} />}
      actions={
        <a class="button" href={href('lineage', { node: node.name })}>
          <Icon name="graph" size={16} />
          Lineage
        </a>
      }
    >
      <div class="node-facts">
        <NodeBadges node={node} />
        {node.owner !== null && (
          <span>
            Owner <strong>{node.owner}</strong>
          </span>
        )}
        <span class="muted">{node.package}</span>
        {isStored && <code>{`${node.schema}.${node.name}`}</code>}
        <code class="muted">{`${node.path}${node.line ? `:${node.line}` : ''}`}</code>
      </div>
      {isStored && (
        <Tiles>
          <Tile label="Rows" value={node.rows} />
          <Tile label="Size on disk" value={node.bytes} format="bytes" />
          <Tile
            label="Last build"
            value={last?.seconds}
            format="seconds"
            hint={last ? `${formatAgo(last.at, Date.now())}, ${last.status}` : 'none on record'}
          />
          <Tile label="Tests" value={node.tests.length} hint={testHint(node)} />
        </Tiles>
      )}
      <Grid>
        <Links title="Reads" names={node.reads} marked={node.testReads} />
        <Links title="Read by" names={docs.readBy.get(node.name) ?? []} marked={[]} />
        {node.columns.length > 0 && <ColumnTable node={node} docs={docs} marked={column} />}
        {node.measures.length > 0 && <Measures node={node} />}
        {node.tests.length > 0 && <Tests node={node} />}
        {node.builds.length > 1 && <Timings node={node} />}
        {node.sql && <SqlCard sql={node.sql} path={node.path} />}
      </Grid>
    </PageFrame>
  );
}

function testHint(node: NodeDocs) {
  const state = testState(node.tests);
  return state === '' ? 'none' : <State state={state} />;
}

interface LinksProps {
  readonly title: string;
  readonly names: readonly string[];
  /** Those that only tests refer to. */
  readonly marked: readonly string[];
}

function Links({ title, names, marked }: LinksProps) {
  return (
    <Card title={title} span={6}>
      {names.length === 0 ? (
        <p class="muted">Nothing.</p>
      ) : (
        <ul class="node-links">
          {names.map((name) => (
            <li key={name}>
              <a href={href(`docs/${name}`)}>{name}</a>
              {marked.includes(name) && <span class="muted small"> for its tests</span>}
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function Tests({ node }: { readonly node: NodeDocs }) {
  return (
    <Card title="Tests" description="As they came out last.">
      <DataTable
        label={`Tests of ${node.name}`}
        pageSize={25}
        data={{
          columns: [
            { label: 'Test', format: 'text' },
            { label: 'Checks', format: 'text' },
            { label: 'Result', format: 'text' },
            { label: 'Failing rows', format: 'integer' },
            { label: 'When', format: 'text' },
          ],
          rows: node.tests.map((test) => [
            test.name,
            test.check,
            stateOf(test),
            test.failures,
            test.at === null ? 'never' : formatTime(test.at),
          ]),
          render: (row, column) => {
            const test = node.tests.find(({ name }) => name === row[0]);
            if (column === 0 && test) {
              return (
                <span class="test-name">
                  {test.name}
                  {test.description && (
                    <>
                      <br />
                      <small class="muted">{test.description}</small>
                    </>
                  )}
                </span>
              );
            }
            if (column === 4) return <span class="nowrap">{row[4]}</span>;
            return column === 2 && test ? <State state={stateOf(test)} /> : undefined;
          },
        }}
      />
    </Card>
  );
}

function Measures({ node }: { readonly node: NodeDocs }) {
  return (
    <Card title="Measures" description="Declared once, for pages, cubes and Power BI.">
      <DataTable
        label={`Measures of ${node.name}`}
        data={{
          columns: [
            { label: 'Measure', format: 'text' },
            { label: 'Description', format: 'text' },
            { label: 'Format', format: 'text' },
            { label: 'SQL', format: 'text' },
          ],
          rows: node.measures.map(({ name, description, format, sql }) => [name, description, format, sql]),
          render: (row, column) => (column === 3 ? <code>{row[3]}</code> : undefined),
        }}
      />
    </Card>
  );
}

function Timings({ node }: { readonly node: NodeDocs }) {
  const builds = node.builds.filter(({ status }) => status === 'ok').toReversed();
  return (
    <Chart
      title="Builds"
      description="Seconds that each build took, oldest first."
      span={12}
      height={200}
      inputs={[node]}
      option={() => ({
        tooltip: { trigger: 'axis', valueFormatter: (value: number) => formatNumber(value, 'seconds') },
        xAxis: { type: 'category', data: builds.map(({ at }) => formatTime(at)) },
        yAxis: { type: 'value', axisLabel: { formatter: (value: number) => `${value} s` } },
        series: [{ type: 'bar', name: 'Build', barMaxWidth: 28, data: builds.map(({ seconds }) => seconds) }],
      })}
      table={() => ({
        columns: [
          { label: 'When', format: 'text' },
          { label: 'Action', format: 'text' },
          { label: 'Result', format: 'text' },
          { label: 'Seconds', format: 'decimal' },
          { label: 'Rows', format: 'integer' },
        ],
        rows: node.builds.map(({ at, action, status, seconds, rows }) => [
          formatTime(at),
          action,
          status,
          seconds,
          rows,
        ]),
      })}
    />
  );
}
