import { type Declaration, type Dialect, Model, type Project, renderQuery, sql } from '@matinee/core';
import type { MeasureDocs } from '../../contract/docs.js';

/** The measures of a model, with their SQL. */
export function describeMeasures(
  declaration: Declaration,
  project: Project,
  dialect: Dialect,
): readonly MeasureDocs[] {
  if (!(declaration instanceof Model)) return [];
  return Object.values(declaration.measures).map((measure) => ({
    name: measure.name,
    description: measure.description,
    format: measure.format,
    sql: renderQuery(project, sql`${measure}`, { dialect, relationName: ({ name }) => name }).text,
  }));
}
