import { useFacts } from '../data/facts.js';
import { formatTime } from '../format/dates.js';
import type { Page } from '../page.js';
import { Card, Grid, PageFrame } from '../parts/page.js';
import { Tile, Tiles } from '../parts/tiles.js';
import { BuildStatus } from './build-status.js';
import { Doors } from './doors.js';

/** The first page, unless a package brings one of its own. */
export function homePage(others: readonly Page[]): Page {
  return {
    path: '',
    title: 'Start',
    icon: 'home',
    description: 'What there is, and how fresh it is.',
    component: () => <Home pages={others} />,
  };
}

function Home({ pages }: { readonly pages: readonly Page[] }) {
  const { title, builtAt, dashboards, nodes, rows, tests } = useFacts();
  const stored = ['source', 'seed', 'model', 'snapshot'].reduce((sum, kind) => sum + (nodes[kind] ?? 0), 0);
  return (
    <PageFrame title={title} description={`Built ${formatTime(builtAt)}.`}>
      <Tiles>
        <Tile label="Tables and views" value={stored} />
        <Tile label="Rows" value={rows} format={rows >= 1e7 ? 'compact' : 'integer'} />
        <Tile label="Tests that hold" value={tests.passed} />
        <Tile label="Dashboards" value={dashboards.length} />
      </Tiles>
      <Doors pages={pages.filter(({ inMenu = true }) => inMenu)} />
      <Grid>
        <Card title="The last build">
          <BuildStatus />
        </Card>
      </Grid>
    </PageFrame>
  );
}
