import type {
  ModelColumn,
  ModelMeasure,
  ModelParameter,
  ModelRelationship,
  ModelTable,
  SemanticModel,
} from '../model/semantic-model.js';
import { mText } from './m-text.js';
import { indent, tmdlDescription, tmdlExpression, tmdlName, tmdlValue } from './tmdl-text.js';

/** The files of a semantic model in TMDL, by their path below `definition/`. */
export function tmdlFiles(model: SemanticModel): ReadonlyMap<string, string> {
  const files = [
    ['database.tmdl', ['database', '\tcompatibilityLevel: 1601']],
    ['model.tmdl', modelLines(model)],
    ['expressions.tmdl', model.parameters.flatMap(parameterLines)],
    ['relationships.tmdl', model.relationships.flatMap(relationshipLines)],
    ...model.tables.map((table) => [`tables/${fileName(table.name)}.tmdl`, tableLines(table)] as const),
  ] as const;
  return new Map(files.flatMap(([path, lines]) => (lines.length > 0 ? [[path, text(lines)]] : [])));
}

/** Characters that Windows has no file names with are written as their code. */
function fileName(name: string): string {
  return name.replaceAll(/[<>:"/\\|?*%]|\.$/g, (character) => `%${character.charCodeAt(0).toString(16)}`);
}

function text(lines: readonly string[]): string {
  return `${lines.join('\n').trimEnd()}\n`;
}

function modelLines({ tables, parameters }: SemanticModel): readonly string[] {
  const queries = [
    ...parameters.map(({ name }) => name),
    ...tables.filter(({ source }) => source.language === 'm').map(({ name }) => name),
  ];
  return [
    'model Model',
    ...indent([
      'culture: en-US',
      'defaultPowerBIDataSourceVersion: powerBI_V3',
      'sourceQueryCulture: en-US',
      'dataAccessOptions',
      '\tlegacyRedirects',
      '\treturnErrorValuesAsNull',
      '',
      // The model has a date table of its own.
      'annotation __PBI_TimeIntelligenceEnabled = 0',
      '',
      `annotation PBI_QueryOrder = ${JSON.stringify(queries)}`,
    ]),
    '',
    ...tables.map(({ name }) => `ref table ${tmdlName(name)}`),
  ];
}

function parameterLines({ id, name, description, value, isRequired }: ModelParameter): readonly string[] {
  const literal = value === null ? 'null' : mText(value);
  const meta = `meta [IsParameterQuery = true, Type = "Text", IsParameterQueryRequired = ${isRequired}]`;
  return [
    ...tmdlDescription(description),
    `expression ${tmdlName(name)} = ${literal} ${meta}`,
    `\tlineageTag: ${id}`,
    '',
  ];
}

function relationshipLines({ id, from, to, filtersBothWays }: ModelRelationship): readonly string[] {
  return [
    `relationship ${id}`,
    ...indent([
      ...(filtersBothWays ? ['crossFilteringBehavior: bothDirections'] : []),
      `fromColumn: ${tmdlName(from.table)}.${tmdlName(from.column)}`,
      `toColumn: ${tmdlName(to.table)}.${tmdlName(to.column)}`,
    ]),
    '',
  ];
}

function tableLines(table: ModelTable): readonly string[] {
  const { source } = table;
  return [
    ...tmdlDescription(table.description),
    `table ${tmdlName(table.name)}`,
    ...indent([
      `lineageTag: ${table.id}`,
      ...(table.isDateTable ? ['dataCategory: Time'] : []),
      '',
      ...table.measures.flatMap(measureLines),
      ...table.columns.flatMap((column) => columnLines(column, table)),
      `partition ${tmdlName(table.name)} = ${source.language === 'm' ? 'm' : 'calculated'}`,
      '\tmode: import',
      ...indent(tmdlExpression('source', source.text)),
    ]),
  ];
}

function measureLines({ id, name, description, expression, format }: ModelMeasure): readonly string[] {
  return [
    ...tmdlDescription(description),
    ...tmdlExpression(`measure ${tmdlName(name)}`, expression),
    `\tformatString: ${tmdlValue(format)}`,
    `\tlineageTag: ${id}`,
    '',
  ];
}

function columnLines(column: ModelColumn, table: ModelTable): readonly string[] {
  return [
    ...tmdlDescription(column.description),
    `column ${tmdlName(column.name)}`,
    ...indent([
      `dataType: ${column.type}`,
      ...(column.isKey && table.isDateTable ? ['isKey'] : []),
      ...(column.isHidden ? ['isHidden'] : []),
      ...(column.format === undefined ? [] : [`formatString: ${tmdlValue(column.format)}`]),
      `lineageTag: ${column.id}`,
      'summarizeBy: none',
      ...(table.source.language === 'dax' ? ['isNameInferred'] : []),
      `sourceColumn: ${tmdlValue(column.sourceColumn)}`,
      ...(column.sortedBy === undefined ? [] : [`sortByColumn: ${tmdlName(column.sortedBy)}`]),
    ]),
    '',
  ];
}
