import type { ReportField } from '../model/report.js';

/** In pixels, as Power BI makes pages of its own. */
export const PAGE_WIDTH = 1280;
export const ROW_HEIGHT = 60;

/** The address of a schema that Microsoft publishes; Power BI tells by it what a file is. */
export function schema(path: string): string {
  return `https://developer.microsoft.com/json-schemas/fabric/${path}/schema.json`;
}

/** A field as an expression of a semantic query. */
export function field({ kind, table, name }: ReportField): object {
  const property = { Expression: { SourceRef: { Entity: table } }, Property: name };
  return kind === 'column' ? { Column: property } : { Measure: property };
}
