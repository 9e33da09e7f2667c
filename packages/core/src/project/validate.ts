import { basename } from 'node:path';
import { type MatineeError, ProjectError } from '../errors.js';
import { measureProblems } from '../measures/validate-measures.js';
import type { Columns } from '../nodes/column.js';
import { DataTest } from '../nodes/data-test.js';
import { batchSizes, type InputMapping } from '../nodes/materialization.js';
import { Model } from '../nodes/model.js';
import type { Declaration } from '../nodes/node.js';
import { Relation } from '../nodes/relation.js';
import { historyColumns, Snapshot } from '../nodes/snapshot.js';
import { Source } from '../nodes/source.js';
import { Sql } from '../sql/fragment.js';
import { allGenericTests } from './tests-of.js';
import { freshnessProblems } from './validate-freshness.js';

const NAME = /^[a-z][a-z0-9_]{0,99}$/;

/** Everything about one declaration that can be judged without the others. */
export function validateDeclaration(declaration: Declaration): MatineeError[] {
  const { name, location } = declaration;
  const found: string[] = [];
  if (!NAME.test(name)) found.push(`The name '${name}' is not lower snake case.`);
  if (name.includes('__')) found.push(`The name '${name}' holds '__', which Matinee keeps for itself.`);
  const file = location && basename(location.file, '.ts');
  if (file && !file.endsWith('.test') && file !== name && isNodeFile(location.file)) {
    found.push(`'${name}' stands in '${basename(location.file)}': a node's file is named after the node.`);
  }
  if ('query' in declaration && !(declaration.query instanceof Sql)) {
    found.push(`The query of '${name}' is not made with the sql tag.`);
  }
  if ('owner' in declaration && declaration.owner?.trim() === '')
    found.push(`The owner of '${name}' is blank.`);
  if (declaration instanceof Relation) found.push(...validateRelation(declaration));
  if (declaration instanceof DataTest) found.push(...mappingProblems(declaration, declaration.inputs ?? []));
  return found.map((message) => new ProjectError('NODE_INVALID', message, { location }));
}

function isNodeFile(file: string): boolean {
  return /[\\/]src[\\/](sources|seeds|staging|intermediate|marts|snapshots|analyses|tests|exposures)[\\/]/.test(
    file,
  );
}

function validateRelation(relation: Relation): string[] {
  const found: string[] = [];
  const columns = new Set(Object.keys(relation.columns));
  const need = (column: string, by: string) => {
    if (!columns.has(column))
      found.push(`${by} of '${relation.name}' names '${column}', which is no column of it.`);
  };
  for (const [name, { type, values }] of Object.entries(relation.columns)) {
    if (values && type !== 'text') {
      found.push(
        `The column '${name}' of '${relation.name}' has accepted values, but is ${type} and no text.`,
      );
    }
  }
  if (columns.size === 0) found.push(`'${relation.name}' declares no columns.`);
  const folded = new Set([...columns].map((column) => column.toLowerCase()));
  if (folded.size < columns.size) found.push(`'${relation.name}' has columns that differ by case only.`);
  for (const column of relation.key) {
    need(column, 'The key');
    if (relation.columns[column]?.isNullable)
      found.push(`The key column '${column}' of '${relation.name}' is nullable.`);
  }
  for (const { check } of allGenericTests(relation)) {
    if (check.type === 'unique' && check.columns !== relation.key)
      for (const column of check.columns) need(column, 'A unique test');
    if (check.type === 'derived') need(check.from, `The test of '${check.column}'`);
    if (check.type === 'relationships' && check.to === 'self') need(check.field, 'A self-reference');
  }
  if (relation instanceof Source) found.push(...freshnessProblems(relation));
  if (relation instanceof Model) found.push(...validateModel(relation));
  if (relation instanceof Model && relation.materialized.type === 'incremental') {
    const { strategy, deleteBy } = relation.materialized;
    const needsKey = strategy === 'merge' || (strategy === 'deleteInsert' && !deleteBy);
    if (needsKey && relation.key.length === 0) {
      found.push(`'${relation.name}' is incremental by ${strategy} and needs a key.`);
    }
    for (const column of deleteBy ?? []) need(column, 'deleteBy');
    found.push(...validateMappings(relation), ...validateIncremental(relation));
  }
  if (relation instanceof Snapshot) {
    for (const column of relation.naturalKey) need(column, 'The snapshot key');
    const { strategy } = relation;
    for (const column of Object.keys(relation.queryColumns)) {
      if (column in historyColumns)
        found.push(
          `'${column}' of '${relation.name}' is a column that every history adds: rename the query's.`,
        );
    }
    const time = strategy.type === 'timestamp' ? relation.queryColumns[strategy.updatedAt] : undefined;
    if (time && (time.type !== 'timestamp' || time.isNullable))
      found.push(`The strategy of '${relation.name}' needs a timestamp that is not nullable.`);
    for (const column of strategy.type === 'check' ? strategy.columns : [strategy.updatedAt])
      need(column, 'The strategy');
  }
  return found;
}

function validateModel({ name, columns, measures, preHook, postHook, timeout }: Model): string[] {
  const isSql = [...preHook, ...postHook].every((statement) => statement instanceof Sql);
  return [
    ...measureProblems(name, columns, measures),
    ...(isSql ? [] : [`A hook of '${name}' is not made with the sql tag.`]),
    ...(timeout === undefined || timeout > 0 ? [] : [`The timeout of '${name}' is not above 0 seconds.`]),
  ];
}

function validateIncremental({ name, columns, materialized }: Model): string[] {
  if (materialized.type !== 'incremental') return [];
  const { strategy, microbatch, onSchemaChange } = materialized;
  const found: string[] = [];
  const isExact = strategy === 'changes' || strategy === 'refresh';
  if (isExact && (onSchemaChange === 'append' || onSchemaChange === 'sync'))
    found.push(
      `'${name}' always equals its full refresh, which onSchemaChange '${onSchemaChange}' would break: take 'fullRefresh'.`,
    );
  if (!microbatch) return found;
  const { time, batch, lookback = 1 } = microbatch;
  if (strategy !== 'microbatch')
    found.push(`'${name}' is incremental by ${strategy}, which takes no microbatch.`);
  const column = columns[time];
  const isTime = column && !column.isNullable && (column.type === 'timestamp' || column.type === 'date');
  if (!isTime)
    found.push(`The microbatch of '${name}' needs a date or timestamp that is not nullable, not '${time}'.`);
  if (!batchSizes.includes(batch)) found.push(`The batch of '${name}' is none of ${batchSizes.join(', ')}.`);
  if (!Number.isInteger(lookback) || lookback < 0)
    found.push(`The lookback of '${name}' is no whole number from 0 on.`);
  return found;
}

function validateMappings({ name, key, columns, materialized }: Model): string[] {
  if (materialized.type !== 'incremental' || !materialized.inputs) return [];
  const { strategy, inputs, maxShare = 0 } = materialized;
  if (strategy !== 'changes') return [`'${name}' is incremental by ${strategy}, which takes no inputs.`];
  const found: string[] = [];
  if (key.length === 0) found.push(`'${name}' is incremental by changes and needs a key.`);
  if (!(maxShare > 0 && maxShare <= 1)) found.push(`maxShare of '${name}' is not in (0, 1].`);
  return [...found, ...mappingProblems({ name, columns }, inputs)];
}

/** @param columns those of the node, if it declares any */
function mappingProblems(
  { name, columns }: { readonly name: string; readonly columns?: Columns },
  inputs: readonly InputMapping[],
): string[] {
  const found: string[] = [];
  for (const { input, columns: mapping } of inputs) {
    if (mapping && Object.keys(mapping).length === 0)
      found.push(`'${name}' maps no column of '${input.name}': use refreshedBy().`);
    if (mapping && input.key.length === 0)
      found.push(`'${name}' maps '${input.name}', which has no key to tell its rows apart by.`);
    const targets = Object.values(mapping ?? {});
    if (new Set(targets).size < targets.length)
      found.push(`'${name}' maps two columns of '${input.name}' to the same one.`);
    for (const [from, to] of Object.entries(mapping ?? {})) {
      const [source, target] = [input.columns[from], columns?.[to]];
      if (!source) found.push(`'${name}' maps '${from}', which is no column of '${input.name}'.`);
      if (columns && !target) found.push(`'${name}' maps to '${to}', which is no column of it.`);
      if (source && target && source.type !== target.type)
        found.push(
          `'${name}' maps '${from}' of '${input.name}', ${source.type}, to '${to}', ${target.type}.`,
        );
    }
  }
  return found;
}
