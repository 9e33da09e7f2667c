import type { PowerBi } from '../declare/power-bi.js';
import type { DataSource } from '../source/data-source.js';
import { dateModelTable } from './date-model-table.js';
import { distinctModelTable } from './distinct-model-table.js';
import { plainName } from './names.js';
import { type StarRelationship, starRelationships } from './relationships.js';
import type { ModelRelationship, SemanticModel } from './semantic-model.js';
import { stableId } from './stable-id.js';
import { starModelTable } from './star-model-table.js';

/** What every part of a model is made from. */
export interface ModelContext {
  readonly star: PowerBi;
  readonly source: DataSource;
  readonly relationships: readonly StarRelationship[];
  /** An id that stays the same as long as the names do. */
  readonly id: (...path: readonly string[]) => string;
}

/** Makes the semantic model of a star over a source of data. @throws ProjectError POWERBI_… for what cannot be a model. */
export function buildModel(star: PowerBi, source: DataSource): SemanticModel {
  const id = (...path: readonly string[]) => stableId(star.name, ...path);
  const context: ModelContext = { star, source, relationships: starRelationships(star), id };
  return {
    tables: star.tables.map((table) => {
      if (table.kind === 'date') return dateModelTable(table, context);
      return table.kind === 'distinct' ? distinctModelTable(table, context) : starModelTable(table, context);
    }),
    relationships: context.relationships.map((relationship) => named(relationship, context)),
    parameters: source.parameters.map((parameter) => ({
      ...parameter,
      id: id('parameter', parameter.name),
    })),
  };
}

function named({ from, to, filtersBothWays }: StarRelationship, { id }: ModelContext): ModelRelationship {
  return {
    id: id('relationship', from.table.name, from.name, to.table.name, to.name),
    from: { table: from.table.name, column: plainName(from.name) },
    to: { table: to.table.name, column: plainName(to.name) },
    filtersBothWays,
  };
}
