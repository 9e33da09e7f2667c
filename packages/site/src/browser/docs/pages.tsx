import type { Page } from '../page.js';
import { Catalog } from './catalog.js';
import { NodePage } from './node-page.js';

/** The pages of the documentation. */
export const docsPages: readonly Page[] = [
  {
    path: 'docs',
    title: 'Documentation',
    icon: 'book',
    description: 'Every table, column, test and query, and how its last build went.',
    component: ({ rest }) => (rest === '' ? <Catalog /> : <NodePage name={rest} key={rest} />),
  },
];
