import type { Session } from '../adapters/adapter.js';
import { formatLiteral } from '../sql/literal.js';

/** The key of a relation that is known to be unique, by the names the query reads it by; undefined if none is known. */
export type KnownKey = (schema: string, table: string) => readonly string[] | undefined;

/**
 * Whether a query cannot return a key twice, by its form alone: it groups by the key; or it hands on the key of one
 * relation and joins others by their whole keys. What is not understood is not proved. DuckDB parses the query.
 */
export async function provesKey(
  session: Session,
  query: string,
  key: readonly string[],
  known: KnownKey,
): Promise<boolean> {
  const [row] = await session.query(`select json_serialize_sql(${formatLiteral(query, 'duckdb')}) as parsed`);
  const { error, statements } = JSON.parse(String(row?.parsed)) as Parsed;
  const select = statements?.[0]?.node;
  if (error || statements?.length !== 1 || select?.type !== 'SELECT_NODE' || select.cte_map.map.length > 0)
    return false;
  if (
    select.aggregate_handling !== 'STANDARD_HANDLING' ||
    MULTIPLIES_ROWS.test(JSON.stringify(select.select_list))
  )
    return false;
  const outputs = new Map(select.select_list.map((expression) => [outputName(expression), expression]));
  const expressions = key.map((column) => outputs.get(column.toLowerCase()));
  if (expressions.length === 0 || !expressions.every((expression) => expression !== undefined)) return false;
  return select.group_expressions.length > 0
    ? groupsBy(select, expressions)
    : handsOn(select.from_table, expressions, known);
}

const MULTIPLIES_ROWS = /"function_name":"(unnest|unlist|generate_subscripts)"/i;

/** Every group has a key of its own if all that is grouped by stands in the key. */
function groupsBy({ group_expressions, group_sets }: SelectNode, key: readonly Expression[]): boolean {
  const texts = new Set(key.map(canonical));
  return group_sets.length === 1 && group_expressions.every((expression) => texts.has(canonical(expression)));
}

/** The key is made of plain columns of one relation, among them its whole key, and no join multiplies its rows. */
function handsOn(from: FromTable, key: readonly Expression[], known: KnownKey): boolean {
  return tablesOf(from).some((anchor) => {
    const unique = keyOf(anchor, known);
    const alone = from === anchor;
    const handed = new Set(key.map((expression) => columnOf(expression, anchor, alone)));
    return (
      unique.length > 0 && unique.every((column) => handed.has(column)) && keepsRows(from, anchor, known)
    );
  });
}

/** Whether every row of the anchor comes out of the joins at most once. */
function keepsRows(from: FromTable, anchor: FromTable, known: KnownKey): boolean {
  if (from === anchor) return true;
  if (from.type !== 'JOIN' || from.ref_type !== 'REGULAR' || from.using_columns.length > 0) return false;
  const onLeft = tablesOf(from.left).includes(anchor);
  const [kept, other] = onLeft ? [from.left, from.right] : [from.right, from.left];
  if (from.join_type !== 'INNER' && !(from.join_type === 'LEFT' && onLeft)) return false;
  const unique = keyOf(other, known);
  const fixed = new Set(equalities(from.condition).flatMap((sides) => fixedColumn(sides, other) ?? []));
  return unique.length > 0 && unique.every((column) => fixed.has(column)) && keepsRows(kept, anchor, known);
}

/** The column of a table that an equality ties to something outside of it. */
function fixedColumn([left, right]: readonly [Expression, Expression], table: FromTable): string | undefined {
  const [a, b] = [columnOf(left, table, false), columnOf(right, table, false)];
  if (left.class !== 'COLUMN_REF' || right.class !== 'COLUMN_REF') return undefined;
  return (a === undefined) === (b === undefined) ? undefined : (a ?? b);
}

function equalities(condition: Expression | null): readonly (readonly [Expression, Expression])[] {
  if (condition?.type === 'CONJUNCTION_AND') return (condition.children ?? []).flatMap(equalities);
  if (condition?.type === 'COMPARE_EQUAL' && condition.left && condition.right)
    return [[condition.left, condition.right]];
  return [];
}

function tablesOf(from: FromTable): readonly FromTable[] {
  return from.type === 'JOIN' ? [...tablesOf(from.left), ...tablesOf(from.right)] : [from];
}

function keyOf(from: FromTable, known: KnownKey): readonly string[] {
  if (from.type !== 'BASE_TABLE' || from.column_name_alias.length > 0) return [];
  return (known(from.schema_name, from.table_name) ?? []).map((column) => column.toLowerCase());
}

/** The name of a table's column, if the expression is nothing but that. Beside other tables it must say whose it is. */
function columnOf(expression: Expression, table: FromTable, alone: boolean): string | undefined {
  if (expression.class !== 'COLUMN_REF' || table.type !== 'BASE_TABLE') return undefined;
  const path = (expression.column_names ?? []).map((name) => name.toLowerCase());
  if (path.length === 1) return alone ? path[0] : undefined;
  const qualifier = (table.alias || table.table_name).toLowerCase();
  return path.length === 2 && path[0] === qualifier ? path[1] : undefined;
}

function outputName({ alias, column_names }: Expression): string {
  return (alias || column_names?.at(-1) || '').toLowerCase();
}

function canonical(expression: Expression): string {
  return JSON.stringify(expression, (name, value) =>
    name === 'alias' || name === 'query_location' ? undefined : value,
  ).toLowerCase();
}

interface Parsed {
  readonly error: boolean;
  readonly statements?: readonly { readonly node: SelectNode }[];
}

interface SelectNode {
  readonly type: string;
  readonly cte_map: { readonly map: readonly unknown[] };
  readonly select_list: readonly Expression[];
  readonly from_table: FromTable;
  readonly group_expressions: readonly Expression[];
  readonly group_sets: readonly (readonly number[])[];
  readonly aggregate_handling: string;
}

interface Expression {
  readonly class: string;
  readonly type: string;
  readonly alias: string;
  readonly column_names?: readonly string[];
  readonly children?: readonly Expression[];
  readonly left?: Expression;
  readonly right?: Expression;
}

type FromTable =
  | {
      readonly type: 'BASE_TABLE';
      readonly alias: string;
      readonly schema_name: string;
      readonly table_name: string;
      readonly column_name_alias: readonly string[];
    }
  | {
      readonly type: 'JOIN';
      readonly left: FromTable;
      readonly right: FromTable;
      readonly condition: Expression | null;
      readonly join_type: string;
      readonly ref_type: string;
      readonly using_columns: readonly string[];
    }
  | { readonly type: 'SUBQUERY' | 'TABLE_FUNCTION' | 'EMPTY' };
