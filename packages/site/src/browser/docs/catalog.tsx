import { formatNumber } from '../format/numbers.js';
import { DataTable } from '../parts/data-table.js';
import { Card, Grid, PageFrame } from '../parts/page.js';
import { Problem } from '../parts/problem.js';
import { Skeleton } from '../parts/skeleton.js';
import { href } from '../routing/use-route.js';
import { useDocs } from './load-docs.js';

/** All nodes. */
export function Catalog() {
  const { docs, error } = useDocs();
  if (error) return <Problem error={error} />;
  if (!docs) return <Skeleton />;
  return (
    <PageFrame
      title="Documentation"
      description={`${formatNumber(docs.nodes.length)} nodes in ${docs.domains.length} domains.`}
    >
      <Grid>
        <Card title="Nodes">
          <DataTable
            label="Nodes"
            search
            pageSize={50}
            data={{
              columns: [
                { label: 'Name', format: 'text' },
                { label: 'Kind', format: 'text' },
                { label: 'Domain', format: 'text' },
                { label: 'Rows', format: 'integer' },
                { label: 'Description', format: 'text' },
              ],
              rows: docs.nodes.map(({ name, kind, domain, rows, description }) => [
                name,
                kind,
                domain,
                rows,
                description,
              ]),
              link: ([name]) => href(`docs/${name}`),
            }}
          />
        </Card>
      </Grid>
    </PageFrame>
  );
}
