import type { Expression, OrderItem, Select } from '../syntax/ast.js';
import { BOOLEAN } from '../types.js';
import { castTo } from './coerce.js';
import type { BindContext } from './context.js';
import { bindExpression, orderItem } from './expression.js';
import { type BoundFrom, bindFrom } from './from.js';
import { Scope } from './scope.js';
import { type BoundColumn, type BoundQuery, physicalName, type Typed } from './typed.js';

export function bindSelect(
  select: Select,
  orderBy: readonly OrderItem[],
  outer: Scope | undefined,
  context: BindContext,
): BoundQuery {
  const from: BoundFrom | undefined = select.from && bindFrom(select.from, outer, context);
  const scope = new Scope(from?.relations ?? [], outer, from?.merged);
  const bind = (value: Expression) => bindExpression(value, scope, context);
  scope.aliases = aliasesOf(select, bind);
  const items = select.items.flatMap((item): readonly BoundColumn[] =>
    item.type === 'star'
      ? starColumns(item, scope)
      : [{ ...bind(item.value), name: item.alias ?? defaultName(item.value, item.text) }],
  );
  const condition = (value: Expression) => castTo(bind(value), BOOLEAN, 'cast', value);
  const output = (value: Expression) => orderValue(value, items, bind);
  const clauses = [
    `select ${select.distinct ? 'distinct ' : ''}${items.map(({ sql, name }, index) => `${sql} as ${physicalName(index + 1, name)}`).join(', ')}`,
    ...(from ? [`from ${from.sql}`] : []),
    ...(select.where ? [`where ${condition(select.where)}`] : []),
    ...(select.groupBy ? [`group by ${groupText(select.groupBy, items, bind)}`] : []),
    ...(select.having ? [`having ${condition(select.having)}`] : []),
    ...(select.qualify ? [`qualify ${condition(select.qualify)}`] : []),
    ...(orderBy.length > 0 ? [`order by ${orderBy.map((item) => orderItem(item, output)).join(', ')}`] : []),
    ...(select.top?.type === 'number' ? [`limit ${select.top.text}`] : []),
  ];
  return { sql: clauses.join(' '), columns: items.map(({ name, type }) => ({ name, type })) };
}

/** Aliases that later expressions may use, where no column has their name. */
function aliasesOf(select: Select, bind: (value: Expression) => Typed): ReadonlyMap<string, () => Typed> {
  const aliases = new Map<string, () => Typed>();
  for (const item of select.items) {
    if (item.type === 'star' || item.alias === undefined) continue;
    const { alias, value } = item;
    aliases.set(alias, () => {
      // an alias that names itself means a column that is not there
      aliases.delete(alias);
      const bound = bind(value);
      aliases.set(alias, () => bound);
      return bound;
    });
  }
  return aliases;
}

function starColumns(item: Select['items'][number] & { type: 'star' }, scope: Scope): readonly BoundColumn[] {
  const relations = item.of ? [scope.relation(item.of, item.place)] : scope.relations;
  const merged = item.of ? [] : [...scope.merged].map(([name, value]) => ({ ...value, name }));
  const own = relations
    .flatMap(({ columns }) => columns)
    .filter(({ name }) => item.of !== undefined || !scope.merged.has(name));
  return [...merged, ...own]
    .filter(({ name }) => !name.startsWith('$') && !item.exclude.includes(name))
    .map((column) => ({ ...column, name: item.rename.get(column.name) ?? column.name }));
}

/** The name of a column without alias: the column's own, or the text as written in upper case. */
function defaultName(value: Expression, text: string): string {
  if (value.type === 'name') return value.parts.at(-1)!;
  if (value.type === 'path') return text;
  return text.replace(/'(?:[^']|'')*'|[^']+/g, (part) => (part.startsWith("'") ? part : part.toUpperCase()));
}

function groupText(
  groupBy: readonly Expression[] | 'all',
  items: readonly BoundColumn[],
  bind: (value: Expression) => Typed,
): string {
  if (groupBy === 'all') return 'all';
  return groupBy
    .map((value) =>
      value.type === 'number' ? (items[Number(value.text) - 1]?.sql ?? value.text) : bind(value).sql,
    )
    .join(', ');
}

/** ORDER BY prefers the columns of the result to those of the relations. */
function orderValue(
  value: Expression,
  items: readonly BoundColumn[],
  bind: (value: Expression) => Typed,
): string {
  if (value.type === 'number') return value.text;
  if (value.type === 'name' && value.parts.length === 1) {
    const index = items.findIndex(({ name }) => name === value.parts[0]);
    if (index >= 0) return String(index + 1);
  }
  return bind(value).sql;
}
