import { LineagePage } from '../lineage/lineage-page.js';
import type { Page } from '../page.js';
import { CatalogPage } from './catalog.js';
import { NodePage } from './node-page.js';

/** The pages of the documentation. */
export const docsPages: readonly Page[] = [
  {
    path: 'docs',
    title: 'Documentation',
    icon: 'book',
    description: 'Every table, column, test and query, and how its last build went.',
    component: ({ rest }) => (rest === '' ? <CatalogPage /> : <NodePage name={rest} key={rest} />),
  },
  {
    path: 'lineage',
    title: 'Lineage',
    icon: 'graph',
    description: 'What reads what, down to the column.',
    component: () => <LineagePage />,
  },
];
