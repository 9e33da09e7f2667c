import { Chart, Grid, HeatMap, PageFrame, textFilter, useFilter } from '@matinee/site/browser';
import { useMemo } from 'preact/hooks';

const ROWS = 40;

/** A chart at the top, another and a heat map far below, all of one filter. */
export function Charts() {
  const [text, setText] = useFilter('from', textFilter);
  const from = Number(text);
  const data = useMemo(
    () => ({
      columns: ['A', 'B', 'C'],
      columnsName: 'Letters',
      rows: Array.from({ length: ROWS }, (_, row) => ({
        label: `Row ${row + 1}`,
        values: [from + row, null, from + 2 * row],
      })),
      format: String,
    }),
    [from],
  );
  const bars = (title: string) => (
    <Chart
      title={title}
      span={12}
      inputs={[from]}
      option={() => ({
        xAxis: { type: 'category', data: [`${title} of ${from}`] },
        yAxis: { type: 'value' },
        series: [{ type: 'bar', data: [from] }],
      })}
      table={() => ({ columns: [{ label: 'From', format: 'integer' }], rows: [[from]] })}
    />
  );
  return (
    <PageFrame
      title="Charts"
      filters={
        <button type="button" onClick={() => setText(String(from + 100))}>
          Next
        </button>
      }
    >
      <Grid>{bars('Near')}</Grid>
      <div style={{ height: '2000px' }} />
      <Grid>
        <HeatMap
          title="Map"
          span={12}
          height={300}
          inputs={[data]}
          data={data}
          scroll={{ inSight: 10, rowHeight: 26 }}
          tip={(row, column) => `${data.rows[row]?.label}: ${data.rows[row]?.values[column]}`}
          table={() => ({
            columns: [
              { label: 'Row', format: 'text' },
              ...data.columns.map((label) => ({ label, format: 'integer' as const })),
            ],
            rows: data.rows.map(({ label, values }) => [label, ...values]),
          })}
        />
        {bars('Far')}
      </Grid>
    </PageFrame>
  );
}
