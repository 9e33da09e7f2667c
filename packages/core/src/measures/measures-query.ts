import type { Dialect } from '../sql/dialect.js';
import { quoteIdentifier } from '../sql/identifier.js';
import { renderSql } from '../sql/renderable.js';
import type { Measure } from './measure.js';

/** The aggregate expression of a measure in one dialect, over the columns of its model. */
export function measureSql(measure: Measure, dialect: Dialect): string {
  const none = (): never => {
    throw new TypeError('A measure reads columns alone.');
  };
  return measure[renderSql]({ dialect, incremental: false, relation: none, self: none, variable: none });
}

/** A query for measures over rows: one row for all of them, or one for each combination of the values of some columns. */
export function measuresQuery(
  measures: readonly Measure[],
  options: { readonly from: string; readonly by: readonly string[]; readonly dialect: Dialect },
): string {
  const { from, by, dialect } = options;
  const quote = (name: string) => quoteIdentifier(name, dialect);
  const groups = by.map(quote);
  const values = measures.map((measure) => `${measureSql(measure, dialect)} as ${quote(measure.name)}`);
  const select = `select ${[...groups, ...values].join(', ')}\nfrom (\n${from}\n) as rows_measured`;
  return by.length === 0 ? select : `${select}\ngroup by ${groups.join(', ')}\norder by ${groups.join(', ')}`;
}
