import { useMemo, useState } from 'preact/hooks';
import type { NodeDocs } from '../../contract/docs.js';
import { type DocsIndex, withoutTestReads } from '../docs/docs-index.js';
import { useDocs } from '../docs/load-docs.js';
import { counted } from '../format/counted.js';
import { MultiSelect } from '../parts/multi-select.js';
import { PageFrame } from '../parts/page.js';
import { Problem } from '../parts/problem.js';
import { Select } from '../parts/select.js';
import { Skeleton } from '../parts/skeleton.js';
import { Switch } from '../parts/switch.js';
import { oneOf, someOf, textFilter } from '../routing/filter.js';
import { useFilter } from '../routing/use-filter.js';
import { LineageGraph } from './lineage-graph.js';
import { LineageTree } from './lineage-tree.js';
import { inScope } from './neighbourhood.js';
import { NodePanel } from './node-panel.js';
import { traceColumn } from './trace-column.js';

const STEPS = ['1', '2', '3', '0', 'all'] as const;
const steps = oneOf(STEPS);
const view = oneOf(['graph', 'tree']);
const withTests = oneOf(['no', 'yes']);
const stepOptions = STEPS.map((value) => ({ value, label: value === 'all' ? 'All' : value }));
const ALL = '*';

/** What reads what: the neighbourhood of a node at first, or all of it. */
export function LineagePage() {
  const { docs, error } = useDocs();
  if (error) return <Problem error={error} />;
  return docs ? <Lineage all={docs} /> : <Skeleton />;
}

function Lineage({ all }: { readonly all: DocsIndex }) {
  const [chosen, setFocus] = useFilter('node', textFilter);
  const [up, setUp] = useFilter('up', steps);
  const [down, setDown] = useFilter('down', steps);
  const [domains, setDomains] = useFilter('domain', someOf);
  const [shape, setShape] = useFilter('as', view);
  const [column, setColumn] = useFilter('column', textFilter);
  const [tests, setTests] = useFilter('tests', withTests);
  const docs = useMemo(() => (tests === 'yes' ? all : withoutTestReads(all)), [all, tests]);
  const focus = chosen === ALL ? undefined : docs.byName.has(chosen) ? chosen : mostConnected(docs);
  const [selected, setSelected] = useState<string>();
  const trace = useMemo(() => {
    const [node, name] = splitColumn(column);
    return node && name ? traceColumn(docs.columnEdges, [node, name]) : undefined;
  }, [docs, column]);
  const nodes = useMemo(() => {
    const scope = { focus, up: count(up), down: count(down), domains };
    const names = new Set(inScope(docs.nodes, docs.readBy, scope));
    // A column's way is shown whole, wherever it leads.
    return docs.nodes.filter(({ name }) => names.has(name) || trace?.columns.has(name));
  }, [docs, focus, up, down, domains, trace]);
  const shown = docs.byName.get(selected ?? focus ?? '');
  const isFocused = focus !== undefined;
  const isUnknown = chosen !== '' && chosen !== ALL && !docs.byName.has(chosen);
  return (
    <PageFrame
      title="Lineage"
      description={
        isFocused
          ? `${counted(nodes.length, 'node')} around ${focus}. Arrows lead from what is read to what reads it.`
          : `All ${counted(nodes.length, 'node')}. Arrows lead from what is read to what reads it.`
      }
      actions={
        <Switch
          label="Show as"
          value={shape}
          options={[
            { value: 'graph', label: 'Graph' },
            { value: 'tree', label: 'Tree' },
          ]}
          onChange={setShape}
        />
      }
      filters={
        <>
          <Select
            label="Node"
            value={focus ?? ALL}
            options={[
              { value: ALL, label: 'All nodes' },
              ...docs.nodes
                .map(({ name }) => ({ value: name, label: name }))
                .sort((a, b) => (a.label < b.label ? -1 : 1)),
            ]}
            onChange={(name) => {
              setFocus(name);
              setSelected(undefined);
            }}
          />
          {isFocused && <Select label="Steps upstream" value={up} options={stepOptions} onChange={setUp} />}
          {isFocused && (
            <Select label="Steps downstream" value={down} options={stepOptions} onChange={setDown} />
          )}
          <MultiSelect
            label="Domains"
            value={domains}
            options={docs.domains.map((value) => ({ value, label: value }))}
            onChange={setDomains}
          />
          <Select
            label="References of tests"
            value={tests}
            options={[
              { value: 'no', label: 'Hidden' },
              { value: 'yes', label: 'Shown, dashed' },
            ]}
            onChange={setTests}
          />
        </>
      }
    >
      {isUnknown && (
        <div class="problem" role="alert">
          <strong>There is no node {chosen} in this project.</strong>
          <p>What is shown is around {focus}. Choose another node above.</p>
        </div>
      )}
      <div class="lineage" data-panel={shown ? 'open' : 'closed'}>
        {shape === 'graph' ? (
          <LineageGraph
            nodes={nodes}
            focus={focus}
            selected={shown?.name}
            trace={trace}
            onSelect={setSelected}
            onFocus={(name) => {
              setFocus(name);
              setSelected(undefined);
            }}
          />
        ) : (
          <LineageTree
            docs={docs}
            nodes={nodes}
            focus={focus}
            selected={shown?.name}
            onSelect={setSelected}
          />
        )}
        {shown && (
          <NodePanel
            node={shown}
            docs={docs}
            column={column}
            onColumn={(name) => setColumn(name)}
            onFocus={shown.name === focus ? undefined : () => setFocus(shown.name)}
          />
        )}
      </div>
    </PageFrame>
  );
}

const count = (text: string) => (text === 'all' ? Number.POSITIVE_INFINITY : Number(text));

/** `node.column` */
function splitColumn(text: string): readonly (string | undefined)[] {
  const at = text.indexOf('.');
  return at < 0 ? [] : [text.slice(0, at), text.slice(at + 1)];
}

/** Where a look at the lineage begins: the node with the most neighbours, the first of those by name. */
function mostConnected({ nodes, readBy }: DocsIndex): string | undefined {
  const degree = ({ name, reads }: NodeDocs) => reads.length + (readBy.get(name)?.length ?? 0);
  return [...nodes].sort((a, b) => degree(b) - degree(a) || (a.name < b.name ? -1 : 1))[0]?.name;
}
