import type { CheckResult } from './run-checks.js';

/** What the facts of an area are about, as the README's matrix has it. */
const TITLES: Readonly<Record<string, string>> = {
  values: 'values come without loss',
  catalog: 'the catalogue tells what is there',
  'tables and views': 'tables and views are made, swapped, cloned, merged',
  transactions: 'transactions',
  errors: 'errors say what happened, statements can be stopped',
  functions: 'functions give what they give on DuckDB',
  project: 'the whole project has the rows of DuckDB: built, built again, after a changed delivery',
};

/** How many facts of each area hold, as a table in Markdown: a column of the README's matrix. */
export function matrix(results: readonly CheckResult[], place: string): string {
  const areas = [...new Set(results.map(({ area }) => area))];
  const lines = areas.map((area) => {
    const own = results.filter((result) => result.area === area);
    const held = own.filter(({ failure }) => failure === undefined);
    return `| ${TITLES[area] ?? area} | ${held.length} of ${own.length} |`;
  });
  return [`| facts that Matinee relies on | ${place} |`, '|---|---|', ...lines, ''].join('\n');
}
