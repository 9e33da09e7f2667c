/** Two tables of one group that hold n; made with the engine that a process has loaded. */
export function numbers({ dataTest, integer, lit, model, sql, table }, n) {
  const number = (name) =>
    model({
      name,
      description: `The number ${name}.`,
      materialized: table(),
      columns: { n: integer() },
      query: sql`select ${lit(n)} as n`,
    });
  const [one, other] = [number('one'), number('other')];
  const same = dataTest({
    name: 'same',
    description: 'Both are the same.',
    query: sql`select a.n from ${one} as a join ${other} as b on a.n <> b.n`,
  });
  return { one, other, same };
}
