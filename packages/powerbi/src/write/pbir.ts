import type { Page, Report } from '../model/report.js';
import { field, PAGE_WIDTH, ROW_HEIGHT, schema } from './pbir-format.js';
import { visualJson } from './pbir-visual.js';

const DEFINITION = 'item/report/definition';

/** The files of a report in PBIR, by their path below `definition/`. */
export function pbirFiles({ pages }: Report): ReadonlyMap<string, object> {
  const files = new Map<string, object>([
    ['version.json', { $schema: schema(`${DEFINITION}/versionMetadata/1.0.0`), version: '2.0.0' }],
    ['report.json', { $schema: schema(`${DEFINITION}/report/3.1.0`), themeCollection: {} }],
    ['pages/pages.json', pagesJson(pages.map(({ id }) => id))],
  ]);
  for (const { id, title, rows, visuals, drillThrough } of pages) {
    files.set(`pages/${id}/page.json`, {
      $schema: schema(`${DEFINITION}/page/2.1.0`),
      name: id,
      displayName: title,
      displayOption: 'FitToPage',
      height: rows * ROW_HEIGHT + 12,
      width: PAGE_WIDTH,
      ...(drillThrough && drilled(drillThrough)),
    });
    for (const [order, visual] of visuals.entries())
      files.set(`pages/${id}/visuals/${visual.id}/visual.json`, visualJson(visual, order));
  }
  return files;
}

/** The order of pages. @param active the page to open with, by default the first */
export function pagesJson(order: readonly string[], active = order[0]): object {
  return {
    $schema: schema(`${DEFINITION}/pagesMetadata/1.0.0`),
    pageOrder: order,
    ...(active !== undefined && { activePageName: active }),
  };
}

/** A page that is opened from a value elsewhere, and filtered by it. */
function drilled({ id, field: of }: NonNullable<Page['drillThrough']>): object {
  const expression = field(of);
  return {
    type: 'Drillthrough',
    visibility: 'HiddenInViewMode',
    filterConfig: {
      filters: [{ name: id, field: expression, type: 'Categorical', howCreated: 'Drillthrough' }],
    },
    pageBinding: {
      name: `binding-${id}`,
      type: 'Drillthrough',
      parameters: [{ name: `parameter-${id}`, boundFilter: id, fieldExpr: expression }],
    },
  };
}
