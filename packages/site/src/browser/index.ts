/**
 * What pages are written with. A page is declared as a {@link Page}; its component draws a {@link PageFrame} with filters
 * ({@link useFilter}), reads tables through {@link WithTables} and shows them as {@link Tiles}, {@link Chart} and
 * {@link DataTable}. packages/site/README.md has an example.
 */
import './style/base.css';
import './style/shell.css';
import './style/parts.css';
import './style/docs.css';
import './style/print.css';

export type { SiteFacts } from '../contract/site-facts.js';
export type { ChartPoint } from './charts/canvas.js';
export { Chart, type ChartProps } from './charts/chart.js';
export type { ChartCardProps } from './charts/chart-card.js';
export type { ChartTheme } from './charts/chart-theme.js';
export type { ChartOption } from './charts/echarts.js';
export { HeatMap, type HeatMapProps } from './charts/heat-map.js';
export type { HeatMapData, HeatMapRow } from './charts/heat-map-data.js';
export { ink } from './charts/ink.js';
export { useFacts } from './data/facts.js';
export { type MeasureText, nameInWords, useMeasure } from './data/measure.js';
export { NO_DAY, type Table, type TextColumn } from './data/table.js';
export { useTable } from './data/use-table.js';
export { WithTables } from './data/with-tables.js';
export { counted } from './format/counted.js';
export * from './format/dates.js';
export { escapeHtml } from './format/html.js';
export { formatNumber, type NumberFormat } from './format/numbers.js';
export { BuildStatus } from './home/build-status.js';
export { Doors } from './home/doors.js';
export type { Page, PageProps } from './page.js';
export { type Cell, DataTable, type TableColumnHead, type TableData } from './parts/data-table.js';
export { DateRange } from './parts/date-range.js';
export { Icon, type IconName } from './parts/icon.js';
export { MultiSelect } from './parts/multi-select.js';
export { Card, Grid, PageFrame } from './parts/page.js';
export { type Option, Select } from './parts/select.js';
export { Switch } from './parts/switch.js';
export { Tile, Tiles } from './parts/tiles.js';
export { type DayRange, dayRange, type Filter, oneOf, someOf, textFilter } from './routing/filter.js';
export { useFilter } from './routing/use-filter.js';
export { href, navigate } from './routing/use-route.js';
export { startSite } from './start-site.js';
export { useTheme } from './theme/use-theme.js';
