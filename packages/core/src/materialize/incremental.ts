import { ProjectError } from '../errors.js';
import type { Incremental } from '../nodes/materialization.js';
import type { Model } from '../nodes/model.js';
import type { Dialect } from '../sql/dialect.js';
import { quoteIdentifier } from '../sql/identifier.js';
import { inWindow, type TimeWindow } from './microbatch.js';

export interface Increment {
  readonly model: Model;
  readonly published: string;
  /** The rows to bring in: the model's incremental query, contract applied. */
  readonly select: string;
  /** Columns that the published table does not have yet: null in its rows. */
  readonly added?: ReadonlySet<string>;
  /** For microbatches: the time that is computed anew. */
  readonly window?: TimeWindow;
  readonly dialect: Dialect;
}

/** Not `increment`, which is a reserved word of Snowflake's. */
const NEW_ROWS = 'new_rows';

/**
 * The rows of a table after an increment: the published rows that the increment leaves alone, and the increment's.
 * The whole table is written again, so that readers and tests see either version and never a mix.
 */
export function incrementSelect(increment: Increment): string {
  const { model, published, select, added, dialect } = increment;
  const q = (name: string) => quoteIdentifier(name, dialect);
  const columns = Object.keys(model.columns);
  const stored = columns.map((name) => (added?.has(name) ? `null as ${q(name)}` : `published.${q(name)}`));
  const where = keptWhere(increment);
  const kept = `select ${stored.join(', ')} from ${published} as published${where === '' ? '' : `\nwhere ${where}`}`;
  return `with ${NEW_ROWS} as (\n${select}\n)\n${kept}\nunion all\nselect ${columns.map(q).join(', ')} from ${NEW_ROWS}`;
}

/** Which published rows stay; empty: all. */
function keptWhere({ model, window, dialect }: Increment): string {
  const materialized = model.materialized as Incremental;
  if (materialized.microbatch && window)
    return `not (${inWindow(`published.${quoteIdentifier(materialized.microbatch.time, dialect)}`, window, dialect)})`;
  const equals = (name: string) => (model.columns[name]?.isNullable ? 'is not distinct from' : '=');
  const same = replacedBy(materialized, model).map((name) => {
    const column = quoteIdentifier(name, dialect);
    return `${NEW_ROWS}.${column} ${equals(name)} published.${column}`;
  });
  return same.length === 0 ? '' : `not exists (\n  select 1 from ${NEW_ROWS} where ${same.join(' and ')}\n)`;
}

/** The columns by which an increment's rows take the place of published ones; none: they are only added. */
function replacedBy({ strategy, deleteBy }: Incremental, model: Model): readonly string[] {
  switch (strategy) {
    case 'append':
      return [];
    case 'merge':
      return model.key;
    case 'deleteInsert':
      return deleteBy ?? model.key;
    default:
      throw new ProjectError(
        'MATERIALIZATION',
        `'${model.name}' is incremental by ${strategy}: no rows are merged into it.`,
      );
  }
}
