import type { ReportField, ReportVisual } from '../model/report.js';
import { field, PAGE_WIDTH, ROW_HEIGHT, schema } from './pbir-format.js';

const GAP = 12;
const COLUMNS = 12;

/** The file of a visual. */
export function visualJson(visual: ReportVisual, order: number): object {
  const { sort } = visual;
  const projected = Object.entries(visual.roles).map(
    ([role, fields]) => [role, { projections: fields.map(projection) }] as const,
  );
  return {
    $schema: schema('item/report/definition/visualContainer/2.5.0'),
    name: visual.id,
    position: position(visual.at, order),
    visual: {
      visualType: visual.type,
      ...(projected.length > 0 && {
        query: {
          queryState: Object.fromEntries(projected),
          ...(sort && {
            sortDefinition: { sort: [{ field: field(sort.field), direction: sort.direction }] },
          }),
        },
      }),
      ...objectsOf(visual),
      visualContainerObjects: containerObjects(visual),
      drillFilterOtherVisuals: true,
    },
  };
}

function position({ column, row, columns, rows }: ReportVisual['at'], order: number): object {
  const width = (PAGE_WIDTH - GAP) / COLUMNS;
  const place = (count: number, size: number) => Math.round(count * size + GAP);
  const span = (count: number, size: number) => Math.round(count * size - GAP);
  return {
    x: place(column, width),
    y: place(row, ROW_HEIGHT),
    z: order,
    width: span(columns, width),
    height: span(rows, ROW_HEIGHT),
    tabOrder: order,
  };
}

function projection(of: ReportField): object {
  return {
    field: field(of),
    queryRef: queryRef(of),
    nativeQueryRef: of.name,
    ...(of.kind === 'column' && { active: true }),
  };
}

const queryRef = ({ table, name }: ReportField) => `${table}.${name}`;

/** What is set of the look. A card or slicer has its title, and so needs no name of its field. */
function objectsOf({ type, style, roles }: ReportVisual): object {
  const hidden = [{ properties: { show: bool(false) } }];
  const slicer = (mode: string) => ({
    objects: { data: [{ properties: { mode: text(mode) } }], header: hidden },
  });
  switch (style.type) {
    case 'plain':
      return type === 'card' ? { objects: { categoryLabels: hidden } } : {};
    case 'trend':
      return { objects: { trend: [{ properties: { show: bool(true) } }] } };
    case 'shaded':
      return { objects: { values: (roles.Values ?? []).map(shaded) } };
    case 'range':
      return slicer('Between');
    case 'dropdown':
      return slicer('Dropdown');
    case 'text': {
      const textStyle = { fontSize: `${style.size}pt` };
      const paragraphs = style.text.split('\n').map((value) => ({ textRuns: [{ value, textStyle }] }));
      return { objects: { general: [{ properties: { paragraphs } }] } };
    }
    case 'link':
      return {
        objects: {
          icon: hidden,
          text: [
            { properties: { show: bool(true) } },
            { properties: { text: text(style.text) }, selector: { id: 'default' } },
          ],
        },
      };
  }
}

/** The background of cells, from white to a blue on which black letters keep a contrast above 10. */
function shaded(of: ReportField): object {
  const colour = (value: string) => ({ color: { Literal: { Value: `'${value}'` } } });
  const gradient = {
    min: colour('#FFFFFF'),
    max: colour('#8FC1FF'),
    nullColoringStrategy: { strategy: { Literal: { Value: "'noColor'" } } },
  };
  const rule = { FillRule: { Input: field(of), FillRule: { linearGradient2: gradient } } };
  return {
    properties: { backColor: { solid: { color: { expr: rule } } } },
    selector: { data: [{ dataViewWildcard: { matchingOption: 1 } }], metadata: queryRef(of) },
  };
}

/** Title and text for screen readers; a text box or button is its own title. */
function containerObjects({ style, title }: ReportVisual): object {
  const titled = style.type !== 'text' && style.type !== 'link';
  return {
    title: [{ properties: titled ? { show: bool(true), text: text(title) } : { show: bool(false) } }],
    general: [{ properties: { altText: text(title) } }],
    ...(style.type === 'link' && {
      visualLink: [
        {
          properties: {
            show: bool(true),
            type: text('PageNavigation'),
            navigationSection: text(style.page),
          },
        },
      ],
    }),
  };
}

/** A text as a literal of a semantic query. */
function text(value: string): object {
  return literal(`'${value.replaceAll("'", "''")}'`);
}

const bool = (value: boolean): object => literal(String(value));

function literal(value: string): object {
  return { expr: { Literal: { Value: value } } };
}
