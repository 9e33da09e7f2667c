import { ProjectError } from '../errors.js';
import type { Incremental } from '../nodes/materialization.js';
import type { Model } from '../nodes/model.js';
import type { Dialect } from '../sql/dialect.js';
import { quoteIdentifier } from '../sql/identifier.js';

export interface Increment {
  readonly model: Model;
  readonly published: string;
  /** The rows to bring in: the model's incremental query, contract applied. */
  readonly select: string;
  readonly dialect: Dialect;
}

/**
 * The rows of a table after an increment: the published rows that the increment leaves alone, and the increment's.
 * The whole table is written again, so that readers and tests see either version and never a mix.
 */
export function incrementSelect({ model, published, select, dialect }: Increment): string {
  const columns = Object.keys(model.columns).map((name) => quoteIdentifier(name, dialect));
  const replaced = replacedBy(model.materialized as Incremental, model);
  const equals = (name: string) => (model.columns[name]?.isNullable ? 'is not distinct from' : '=');
  const list = columns.map((column) => `published.${column}`).join(', ');
  const kept =
    replaced.length === 0
      ? `select ${list} from ${published} as published`
      : `select ${list} from ${published} as published\nwhere not exists (\n  select 1 from increment where ${replaced
          .map(
            (name) =>
              `increment.${quoteIdentifier(name, dialect)} ${equals(name)} published.${quoteIdentifier(name, dialect)}`,
          )
          .join(' and ')}\n)`;
  return `with increment as (\n${select}\n)\n${kept}\nunion all\nselect ${columns.join(', ')} from increment`;
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
    case 'refresh':
    case 'changes':
      throw new ProjectError(
        'MATERIALIZATION',
        `'${model.name}' is incremental by ${strategy}: no rows are merged into it.`,
      );
  }
}
