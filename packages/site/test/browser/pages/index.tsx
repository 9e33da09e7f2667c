import {
  Chart,
  DateRange,
  dayRange,
  formatDay,
  Grid,
  href,
  MultiSelect,
  type Page,
  PageFrame,
  type PageProps,
  someOf,
  type Table,
  Tile,
  Tiles,
  useFilter,
  WithTables,
} from '@matinee/site/browser';
import { Charts } from './charts.js';

export const pages: readonly Page[] = [
  {
    path: 'shop',
    title: 'Shop',
    icon: 'chart',
    description: 'Sales by day and kind.',
    dashboard: 'shop',
    component: Shop,
  },
  { path: 'charts', title: 'Charts', icon: 'chart', description: '', component: Charts, inMenu: false },
  { path: 'kind', title: 'Kind', icon: 'tag', description: '', component: Kind, inMenu: false },
];

function Shop() {
  return <WithTables of={['cube_sales']}>{({ cube_sales }) => <Sales table={cube_sales} />}</WithTables>;
}

function Sales({ table }: { readonly table: Table }) {
  const [range, setRange] = useFilter('days', dayRange);
  const [kinds, setKinds] = useFilter('kind', someOf);
  const [days, kind, sales] = [table.days('sold_on'), table.texts('kind'), table.numbers('sales')];
  const first = Math.min(...days);
  const last = Math.max(...days);
  const byKind = new Map<string, number>(kind.values.map((value) => [value, 0]));
  for (let row = 0; row < table.rows; row++) {
    const day = days[row] ?? 0;
    const name = kind.values[kind.codes[row] ?? -1] ?? '';
    if (day < (range.from ?? first) || day > (range.to ?? last)) continue;
    if (kinds.length > 0 && !kinds.includes(name)) continue;
    byKind.set(name, (byKind.get(name) ?? 0) + (sales[row] ?? 0));
  }
  const rows = [...byKind];
  return (
    <PageFrame
      title="Shop"
      description={`From ${formatDay(first)} to ${formatDay(last)}.`}
      filters={
        <>
          <DateRange label="Days" value={range} first={first} last={last} onChange={setRange} />
          <MultiSelect
            label="Kinds"
            value={kinds}
            options={kind.values.map((value) => ({ value, label: value }))}
            onChange={setKinds}
          />
        </>
      }
    >
      <Tiles>
        <Tile label="Sales" value={rows.reduce((sum, [, count]) => sum + count, 0)} />
      </Tiles>
      <Grid>
        <Chart
          title="Sales by kind"
          description="How many were sold."
          inputs={[range, kinds]}
          option={() => ({
            tooltip: {},
            xAxis: { type: 'category', data: rows.map(([name]) => name) },
            yAxis: { type: 'value' },
            series: [{ type: 'bar', data: rows.map(([, count]) => count) }],
          })}
          table={() => ({
            columns: [
              { label: 'Kind', format: 'text' },
              { label: 'Sales', format: 'integer' },
            ],
            rows,
            link: ([name]) => href(`kind/${name}`),
          })}
          onSelect={({ name }) => {
            location.hash = href(`kind/${name}`);
          }}
        />
      </Grid>
    </PageFrame>
  );
}

function Kind({ rest }: PageProps) {
  return <PageFrame title={`Kind ${rest}`}>{null}</PageFrame>;
}
