import { useMemo } from 'preact/hooks';
import type { NodeDocs } from '../../contract/docs.js';
import { FONT } from '../charts/chart-theme.js';
import { counted } from '../format/counted.js';
import { formatNumber } from '../format/numbers.js';
import { Icon } from '../parts/icon.js';
import { saveText } from '../parts/save.js';
import { type Palette, palettes } from '../theme/palette.js';
import { useTheme } from '../theme/use-theme.js';
import { edgePath } from './edge-path.js';
import { type Layout, layOut } from './layout.js';
import { fitName, kindColor, kindText, NODE, nodeHeight } from './node-look.js';
import { svgFile } from './svg-file.js';
import type { ColumnTrace } from './trace-column.js';
import { usePanZoom } from './use-pan-zoom.js';

interface LineageGraphProps {
  readonly nodes: readonly NodeDocs[];
  readonly focus: string | undefined;
  readonly selected: string | undefined;
  readonly trace: ColumnTrace | undefined;
  readonly onSelect: (name: string) => void;
  /** A node was asked to be the middle. */
  readonly onFocus: (name: string) => void;
}

/** The lineage as a drawing. The tree beside it says the same to keyboards and screen readers. */
export function LineageGraph({ nodes, focus, selected, trace, onSelect, onFocus }: LineageGraphProps) {
  const [theme] = useTheme();
  const palette = palettes[theme];
  const layout = useMemo(() => {
    const boxes = nodes.map(({ name }) => ({
      name,
      height: nodeHeight(trace?.columns.get(name)?.length ?? 0),
    }));
    const edges = nodes.flatMap(({ name, reads }) => reads.map((read) => [read, name] as const));
    return layOut(boxes, edges, { nodeWidth: NODE.width, columnGap: NODE.columnGap, rowGap: NODE.rowGap });
  }, [nodes, trace]);
  const { svg, group, fit, zoom, wasDragged, handlers } = usePanZoom(layout);
  const drawing = useMemo(
    () => <Drawing {...{ nodes, layout, focus, selected, trace, palette }} />,
    [nodes, layout, focus, selected, trace, palette],
  );
  const nodeAt = (event: Event) =>
    event.target instanceof Element
      ? event.target.closest<SVGElement>('[data-node]')?.dataset.node
      : undefined;
  const label = `Lineage of ${counted(nodes.length, 'node')}${focus ? ` around ${focus}` : ''}. Switch to the tree for the same as text.`;
  const save = () => {
    const content = group.current;
    if (content)
      saveText(svgFile(content, layout, palette), `lineage${focus ? `-${focus}` : ''}.svg`, 'image/svg+xml');
  };
  return (
    <div class="lineage-graph">
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the tree is the way by keyboard */}
      <svg
        ref={svg}
        role="img"
        aria-label={label}
        {...handlers}
        onClick={(event) => {
          const name = nodeAt(event);
          if (name && !wasDragged()) onSelect(name);
        }}
        onDblClick={(event) => {
          const name = nodeAt(event);
          if (name) onFocus(name);
        }}
      >
        <g ref={group}>{drawing}</g>
      </svg>
      <div class="graph-buttons">
        {(
          [
            ['Zoom in', 'plus', () => zoom(1.3)],
            ['Zoom out', 'minus', () => zoom(1 / 1.3)],
            ['Fit', 'fit', fit],
            ['Save as SVG', 'download', save],
          ] as const
        ).map(([name, icon, act]) => (
          <button key={name} type="button" class="icon-button" aria-label={name} title={name} onClick={act}>
            <Icon name={icon} />
          </button>
        ))}
      </div>
    </div>
  );
}

interface DrawingProps {
  readonly nodes: readonly NodeDocs[];
  readonly layout: Layout;
  readonly focus: string | undefined;
  readonly selected: string | undefined;
  readonly trace: ColumnTrace | undefined;
  readonly palette: Palette;
}

/** Colours stand with the shapes, so that a saved drawing looks the same. */
function Drawing({ nodes, layout, focus, selected, trace, palette }: DrawingProps) {
  const isNear = (name: string) => (trace ? trace.columns.has(name) : true);
  const byName = new Map(nodes.map((node) => [node.name, node]));
  return (
    <g font-family={FONT}>
      {layout.edges.map(({ from, to, points }) => {
        const touches = !trace && (from === selected || to === selected);
        const isForTests = byName.get(to)?.testReads.includes(from);
        return (
          <path
            key={`${from} ${to}`}
            d={edgePath(points)}
            fill="none"
            stroke={touches ? palette.accent : palette.muted}
            stroke-opacity={trace ? 0.14 : touches ? 0.95 : 0.42}
            stroke-width={touches ? 2 : 1.4}
            stroke-dasharray={isForTests ? '4 4' : undefined}
          />
        );
      })}
      {trace?.edges.map((edge) => {
        const [from, to] = [columnPlace(edge.from, layout, trace), columnPlace(edge.to, layout, trace)];
        if (!from || !to) return null;
        const points = [{ x: from.x + NODE.width, y: from.y }, to];
        return (
          <path
            key={[...edge.from, ...edge.to].join(' ')}
            d={edgePath(points)}
            fill="none"
            stroke={palette.accent}
            stroke-opacity="0.8"
            stroke-width="1.6"
          />
        );
      })}
      {nodes.map((node) => (
        <Box
          key={node.name}
          node={node}
          place={layout.nodes.get(node.name)}
          columns={trace?.columns.get(node.name) ?? []}
          isFaint={!isNear(node.name)}
          isFocus={node.name === focus}
          isSelected={node.name === selected}
          palette={palette}
        />
      ))}
    </g>
  );
}

interface BoxProps {
  readonly node: NodeDocs;
  readonly place: { readonly x: number; readonly y: number } | undefined;
  readonly columns: readonly string[];
  readonly isFaint: boolean;
  readonly isFocus: boolean;
  readonly isSelected: boolean;
  readonly palette: Palette;
}

function Box({ node, place, columns, isFaint, isFocus, isSelected, palette }: BoxProps) {
  if (!place) return null;
  const height = nodeHeight(columns.length);
  const isMarked = isFocus || isSelected;
  return (
    <g
      data-node={node.name}
      transform={`translate(${place.x} ${place.y - height / 2})`}
      opacity={isFaint ? 0.4 : 1}
      style={{ cursor: 'pointer' }}
    >
      <title>{node.name}</title>
      <rect
        width={NODE.width}
        height={height}
        rx="10"
        fill={isFocus ? palette.accentSoft : palette.surface}
        stroke={isMarked ? palette.accent : palette.border}
        stroke-width={isMarked ? 2 : 1.2}
      />
      <rect x="10" y="12" width="4" height={NODE.head - 24} rx="2" fill={kindColor(node.kind, palette)} />
      <text x="24" y="20" font-size="13" font-weight="600" fill={palette.text}>
        {fitName(node.title ?? node.name, 25)}
      </text>
      <text x="24" y="36" font-size="11" fill={palette.muted}>
        {kindText(node, (rows) => formatNumber(rows, rows >= 1e5 ? 'compact' : 'integer'))}
      </text>
      {columns.map((column, index) => (
        <text key={column} x="24" y={NODE.head + index * NODE.line + 11} font-size="12" fill={palette.accent}>
          {fitName(column, 28)}
        </text>
      ))}
    </g>
  );
}

/** Where a column's line begins or ends: the middle of its text. */
function columnPlace([node, column]: readonly [string, string], layout: Layout, trace: ColumnTrace) {
  const [place, columns] = [layout.nodes.get(node), trace.columns.get(node)];
  const index = columns?.indexOf(column) ?? -1;
  if (!place || !columns || index < 0) return undefined;
  return { x: place.x, y: place.y - nodeHeight(columns.length) / 2 + NODE.head + index * NODE.line + 7 };
}
