import { type MatineeError, ProjectError, throwAll } from '@matinee/core';
import type { PowerBi } from '../declare/power-bi.js';
import type { Report, ReportField } from '../model/report.js';
import type { ColumnOf, ModelColumn, SemanticModel } from '../model/semantic-model.js';
import { daxReferences } from './dax-references.js';
import { ambiguousPaths } from './filter-paths.js';

/**
 * Checks that model and report hold together: names are what Power BI takes, whatever DAX, relationships and visuals name is there,
 * and filters have one way to go. Nothing of it needs Power BI.
 *
 * @throws ProjectError POWERBI_MODEL, or ErrorList with all of them
 */
export function checkModel(star: PowerBi, model: SemanticModel, report: Report): void {
  const messages = [
    ...nameProblems(model),
    ...measureProblems(model),
    ...relationshipProblems(model),
    ...fieldProblems(model, report),
    ...idProblems(model, report),
  ];
  const location = star.location;
  const errors: MatineeError[] = messages.map(
    (message) => new ProjectError('POWERBI_MODEL', `${star.name}: ${message}`, { location }),
  );
  throwAll(errors);
}

/** What CALENDAR calls its column. */
const OF_CALENDAR: ReadonlySet<string> = new Set(['Date']);

/** What Power BI refuses in names. */
const CONTROL = /[\p{Cc}\u2028\u2029]/u;

function nameProblems({ tables, parameters }: SemanticModel): string[] {
  const found: string[] = [];
  const unique = (what: string, names: readonly string[]) => {
    const seen = new Set<string>();
    for (const name of names) {
      const folded = name.toLowerCase();
      if (seen.has(folded))
        found.push(`${what} '${name}' is there twice; Power BI does not tell case apart.`);
      seen.add(folded);
    }
    for (const name of names.filter((name) => CONTROL.test(name) || name !== name.trim() || name === ''))
      found.push(
        `${what} ${JSON.stringify(name)} is no name: it is empty, or has control characters or blanks around.`,
      );
  };
  unique(
    'The table or parameter',
    [...tables, ...parameters].map(({ name }) => name),
  );
  unique(
    'The measure',
    tables.flatMap(({ measures }) => measures.map(({ name }) => name)),
  );
  for (const { name, columns, measures } of tables) {
    unique(
      `In '${name}' the column`,
      columns.map((column) => column.name),
    );
    const folded = new Set(columns.map((column) => column.name.toLowerCase()));
    for (const measure of measures.filter((measure) => folded.has(measure.name.toLowerCase())))
      found.push(`The measure '${measure.name}' is called like a column of '${name}'.`);
  }
  return found;
}

function measureProblems(model: SemanticModel): string[] {
  const measures = new Set(model.tables.flatMap((table) => table.measures.map(({ name }) => name)));
  const tables = new Set(model.tables.map(({ name }) => name));
  const expressions = model.tables.flatMap((table) => [
    ...table.measures.map(({ name, expression }) => ({
      place: `the measure '${name}'`,
      dax: expression,
      own: measures,
    })),
    ...(table.source.language === 'dax'
      ? [{ place: `the table '${table.name}'`, dax: table.source.text, own: OF_CALENDAR }]
      : []),
  ]);
  return expressions.flatMap(({ place, dax, own }) => {
    const references = daxReferences(dax);
    return [
      ...references.problems.map((problem) => `In the DAX of ${place} ${problem}.`),
      ...references.tables
        .filter((table) => !tables.has(table))
        .map((table) => `The DAX of ${place} names the table '${table}', which the model does not have.`),
      ...references.columns
        .filter((column) => !columnOf(model, column))
        .map(({ table, column }) => `The DAX of ${place} names '${table}'[${column}], which is not loaded.`),
      ...references.unqualified
        .filter((name) => !own.has(name))
        .map((name) => `The DAX of ${place} names [${name}], which the model does not have.`),
    ];
  });
}

function relationshipProblems(model: SemanticModel): string[] {
  const found: string[] = [];
  for (const { from, to } of model.relationships) {
    const [many, one] = [columnOf(model, from), columnOf(model, to)];
    const place = `The relationship from '${from.table}'[${from.column}] to '${to.table}'[${to.column}]`;
    if (!many || !one) found.push(`${place} has an end that is not loaded.`);
    else if (many.type !== one.type) found.push(`${place} joins ${many.type} with ${one.type}.`);
  }
  return [...found, ...ambiguousPaths(model.relationships)];
}

function fieldProblems(model: SemanticModel, { pages }: Report): string[] {
  const isThere = ({ kind, table, name }: ReportField) =>
    kind === 'column'
      ? columnOf(model, { table, column: name }) !== undefined
      : model.tables.some(
          (one) => one.name === table && one.measures.some((measure) => measure.name === name),
        );
  const shown = pages.flatMap(({ title, visuals, drillThrough }) => [
    ...visuals.flatMap((visual) =>
      [...Object.values(visual.roles).flat(), ...(visual.sort ? [visual.sort.field] : [])].map((field) => ({
        place: `'${visual.title}' on page '${title}'`,
        field,
      })),
    ),
    ...(drillThrough ? [{ place: `Page '${title}'`, field: drillThrough.field }] : []),
  ]);
  return shown
    .filter(({ field }) => !isThere(field))
    .map(
      ({ place, field: { kind, table, name } }) =>
        `${place} shows the ${kind} '${table}'[${name}], which the model does not have.`,
    );
}

function idProblems({ tables, relationships, parameters }: SemanticModel, { pages }: Report): string[] {
  const ids = [
    ...tables.flatMap(({ id, columns, measures }) => [id, ...[...columns, ...measures].map((one) => one.id)]),
    ...[...relationships, ...parameters, ...pages, ...pages.flatMap(({ visuals }) => visuals)].map(
      ({ id }) => id,
    ),
  ];
  return ids
    .filter((id, index) => ids.indexOf(id) < index)
    .map((id) => `Two things have the id ${id}: two relationships, pages or the like are declared alike.`);
}

function columnOf({ tables }: SemanticModel, { table, column }: ColumnOf): ModelColumn | undefined {
  return tables.find(({ name }) => name === table)?.columns.find(({ name }) => name === column);
}
