import { ProjectError } from '@matinee/core';
import type { Field } from '../declare/field.js';
import type { PowerBi, ReportPage } from '../declare/power-bi.js';
import type { Visual, VisualStyle } from '../declare/visual.js';
import { plainName } from './names.js';
import type { Report, ReportField, ReportVisual } from './report.js';
import { stableHex } from './stable-id.js';

const ROWS = 12;

/** Makes the report of a star: its pages, with ids for what is declared by name. @throws ProjectError POWERBI_PAGE */
export function buildReport(star: PowerBi): Report {
  const pageId = (name: string) => stableHex(star.name, 'page', name);
  return {
    pages: star.pages.map((page) => ({
      id: pageId(page.name),
      title: page.title,
      rows: page.rows ?? ROWS,
      drillThrough: page.drillThrough && {
        id: stableHex(star.name, 'page', page.name, 'drill-through'),
        field: reportField(page.drillThrough),
      },
      visuals: Object.entries(page.visuals).map(([name, visual]) => ({
        ...reportVisual(visual),
        id: stableHex(star.name, 'page', page.name, 'visual', name),
        style: linked(visual.style, page, star, pageId),
      })),
    })),
  };
}

function reportVisual({ type, title, at, roles, sort }: Visual): Omit<ReportVisual, 'id' | 'style'> {
  return {
    type,
    title,
    at,
    roles: Object.fromEntries(Object.entries(roles).map(([role, fields]) => [role, fields.map(reportField)])),
    sort: sort && { field: reportField(sort.field), direction: sort.direction },
  };
}

function reportField({ kind, table, name }: Field): ReportField {
  return { kind, table: table.name, name: plainName(name) };
}

/** Links name pages as the project does; the report knows them by their ids. */
function linked(
  style: VisualStyle,
  page: ReportPage,
  star: PowerBi,
  pageId: (name: string) => string,
): VisualStyle {
  if (style.type !== 'link') return style;
  if (star.pages.some(({ name }) => name === style.page)) return { ...style, page: pageId(style.page) };
  throw new ProjectError(
    'POWERBI_PAGE',
    `A link on page '${page.name}' opens '${style.page}', which is no page.`,
    {
      location: star.location,
      hint: `Pages are: ${star.pages.map(({ name }) => name).join(', ')}.`,
    },
  );
}
