import { emptySql, type Sql } from './fragment.js';
import { type Renderable, type RenderContext, renderSql } from './renderable.js';

class WhenIncremental implements Renderable {
  readonly present: Sql;
  readonly absent: Sql;

  constructor(present: Sql, absent: Sql) {
    this.present = present;
    this.absent = absent;
  }

  [renderSql](context: RenderContext): string {
    return (context.incremental ? this.present : this.absent)[renderSql](context);
  }
}

/** SQL that stands in an incremental model's query only while rows are added to an existing table. */
export function whenIncremental(present: Sql, absent: Sql = emptySql): Renderable {
  return new WhenIncremental(present, absent);
}

/** The published table of the model itself; only meaningful inside {@link whenIncremental}. */
export const thisModel: Renderable = {
  [renderSql]: (context) => context.self(),
};
