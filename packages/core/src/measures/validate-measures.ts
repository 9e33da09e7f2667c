import type { MeasuredColumn, Measures } from './measure.js';

/** What is wrong with the measures of a model, a sentence each. The compiler finds most of it before. */
export function measureProblems(
  owner: string,
  columns: Readonly<Record<string, MeasuredColumn>>,
  measures: Measures,
): string[] {
  const found: string[] = [];
  const folded = new Set(Object.keys(columns).map((name) => name.toLowerCase()));
  for (const { name, aggregate } of Object.values(measures)) {
    const place = `The measure '${name}' of '${owner}'`;
    const need = (column: string, ...types: readonly string[]) => {
      const type = Object.hasOwn(columns, column) ? columns[column]?.type : undefined;
      if (!type) found.push(`${place} names '${column}', which is no column of it.`);
      else if (types.length > 0 && !types.includes(type))
        found.push(
          `${place} computes with '${column}', which is ${type} and no ${types.includes('text') ? 'text' : 'number'}.`,
        );
    };
    if (!/^[a-z][a-z0-9_]{0,99}$/.test(name)) found.push(`${place} is not called in lower snake case.`);
    if (folded.has(name)) found.push(`${place} is called like a column of it, which Power BI refuses.`);
    if (aggregate.type === 'countDistinct')
      need(aggregate.column, ...(aggregate.without === undefined ? [] : ['text']));
    if (aggregate.type === 'sum' || aggregate.type === 'average') need(aggregate.column, 'int', 'double');
    if (aggregate.type === 'weightedAverage')
      for (const column of [aggregate.value, aggregate.weight]) need(column, 'int', 'double');
    if (aggregate.type === 'ratio')
      for (const other of [aggregate.numerator, aggregate.denominator]) {
        const divided = Object.hasOwn(measures, other) ? measures[other] : undefined;
        if (!divided) found.push(`${place} names '${other}', which is no measure of it.`);
        else if (divided.aggregate.type === 'ratio')
          found.push(`${place} divides '${other}', which is a ratio itself: name what that one divides.`);
      }
  }
  return found;
}
