import type { Measure } from './measure.js';

/** How names of the project are called in a semantic model; as in the project where nothing is said. */
export interface DaxNames {
  readonly column?: (name: string) => string;
  /** Measures share one name space in a semantic model: what a ratio divides is called by its name there. */
  readonly measure?: (name: string) => string;
}

/**
 * The DAX expression of a measure over a table of a semantic model. It gives what the SQL gives, but where there are no
 * rows: there SQL counts 0, and DAX is blank. Texts are told apart as the semantic model's collation does.
 */
export function daxOf({ aggregate, column }: Measure, table: string, names: DaxNames = {}): string {
  const { column: columnName = same, measure: measureName = same } = names;
  const rows = daxTable(table);
  const field = (name: string) => `${rows}[${bracketed(columnName(name))}]`;
  const reference = (name: string) => `[${bracketed(measureName(name))}]`;
  switch (aggregate.type) {
    case 'count':
      return `COUNTROWS(${rows})`;
    case 'countDistinct': {
      // DISTINCTCOUNT takes blank for a value, which count(distinct) does not
      const distinct = column(aggregate.column)?.isNullable ? 'DISTINCTCOUNTNOBLANK' : 'DISTINCTCOUNT';
      const values = `${distinct}(${field(aggregate.column)})`;
      return aggregate.without === undefined
        ? values
        : `CALCULATE(${values}, KEEPFILTERS(${field(aggregate.column)} <> ${quotedText(aggregate.without)}))`;
    }
    case 'sum':
      return `SUM(${field(aggregate.column)})`;
    case 'average':
      return `AVERAGE(${field(aggregate.column)})`;
    case 'weightedAverage': {
      const [value, weight] = [field(aggregate.value), field(aggregate.weight)];
      return `DIVIDE(SUMX(${rows}, ${value} * ${weight}), SUM(${weight}))`;
    }
    case 'ratio':
      return `DIVIDE(${reference(aggregate.numerator)}, ${reference(aggregate.denominator)})`;
  }
}

const same = (name: string): string => name;

/** A table's name in DAX, quoted. */
export function daxTable(name: string): string {
  return `'${name.replaceAll("'", "''")}'`;
}

/** A text in DAX, on one line: line breaks are joined in by their code. */
function quotedText(text: string): string {
  const lines = text.split('\n').map((line) => `"${line.replaceAll('"', '""')}"`);
  return lines.length === 1 ? (lines[0] ?? '') : `(${lines.join(' & UNICHAR(10) & ')})`;
}

function bracketed(name: string): string {
  return name.replaceAll(']', ']]');
}
