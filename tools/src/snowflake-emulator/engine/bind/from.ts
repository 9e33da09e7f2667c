import { compilationError, notEmulated } from '../errors.js';
import { RELATION_FUNCTIONS } from '../functions/relations.js';
import type { Alias, FromItem, Sample } from '../syntax/ast.js';
import { BOOLEAN } from '../types.js';
import { castTo, unify } from './coerce.js';
import type { BindContext, BoundRelation } from './context.js';
import { bindExpression } from './expression.js';
import { bindQuery } from './query.js';
import { Scope, type ScopeRelation } from './scope.js';
import { physicalName, type Typed } from './typed.js';

/** A FROM in DuckDB's SQL, and the relations whose columns can be named. */
export interface BoundFrom {
  readonly sql: string;
  readonly relations: readonly ScopeRelation[];
  /** Columns of a USING. */
  readonly merged: ReadonlyMap<string, Typed>;
}

/** @param left the relations to the left, which a lateral one can name */
export function bindFrom(
  item: FromItem,
  outer: Scope | undefined,
  context: BindContext,
  left: readonly ScopeRelation[] = [],
): BoundFrom {
  const lateral = new Scope(left, outer);
  switch (item.type) {
    case 'table': {
      const [name] = item.name.parts;
      const cte = item.name.parts.length === 1 ? context.ctes.get(name!) : undefined;
      const relation: BoundRelation = cte
        ? {
            sql: cte.physical,
            path: [name!],
            columns: cte.columns.map((column, index) => ({
              ...column,
              physical: cte.physicalColumns[index]!,
            })),
          }
        : context.relation(item.name);
      return relationAs(relation, item.alias, context, item.sample);
    }
    case 'derived': {
      const { sql, columns } = bindQuery(item.query, lateral, context);
      const named = columns.map((column, index) => ({
        ...column,
        physical: physicalName(index + 1, column.name),
      }));
      return relationAs({ sql: `(${sql})`, path: [], columns: named }, item.alias, context, item.sample);
    }
    case 'function': {
      const make = RELATION_FUNCTIONS[item.call.name];
      if (!make) throw notEmulated(`the table function ${item.call.name}`, item.call);
      return relationAs(
        make(item.call, (value) => bindExpression(value, lateral, context), context),
        item.alias,
        context,
      );
    }
    case 'stage':
      if (!context.stage) throw notEmulated('a stage in FROM of anything but a query or COPY', item.place);
      return relationAs(context.stage(item), item.alias, context);
    case 'join':
      return bindJoin(item, outer, context, left);
  }
}

function relationAs(
  relation: BoundRelation,
  alias: Alias | undefined,
  context: BindContext,
  sample?: Sample,
): BoundFrom {
  const physical = `r${context.nextAlias()}`;
  const names = alias?.columns ?? [];
  if (names.length > relation.columns.length)
    throw compilationError('002020', '21S01', `${alias?.name} names more columns than there are`);
  const columns = relation.columns.map((column, index) => ({
    name: names[index] ?? column.name,
    type: column.type,
    sql: `${physical}.${column.physical}`,
  }));
  return {
    sql: `${relation.sql} as ${physical}${sample ? sampleText(sample) : ''}`,
    relations: [{ path: alias ? [alias.name] : relation.path, columns }],
    merged: new Map(),
  };
}

function sampleText({ method, size, unit, seed }: Sample): string {
  const how = unit === 'rows' ? `reservoir(${size} rows)` : `${method}(${size} percent)`;
  return ` tablesample ${how}${seed === undefined ? '' : ` repeatable (${seed})`}`;
}

function bindJoin(
  item: FromItem & { type: 'join' },
  outer: Scope | undefined,
  context: BindContext,
  before: readonly ScopeRelation[],
): BoundFrom {
  const left = bindFrom(item.left, outer, context, before);
  const right = bindFrom(item.right, outer, context, [...before, ...left.relations]);
  const relations = [...left.relations, ...right.relations];
  if (item.using) return bindUsing(item.using, item.kind, left, right);
  const merged = new Map([...left.merged, ...right.merged]);
  if (!item.on) {
    const word = item.kind === 'cross' ? 'cross join' : `${item.kind} join`;
    return {
      sql: `${left.sql} ${word} ${bracketed(item.right, right.sql)}${item.kind === 'cross' ? '' : ' on true'}`,
      relations,
      merged,
    };
  }
  const on = castTo(
    bindExpression(item.on, new Scope(relations, outer, merged), context),
    BOOLEAN,
    'cast',
    item.on,
  );
  return {
    sql: `${left.sql} ${item.kind} join ${bracketed(item.right, right.sql)} on ${on}`,
    relations,
    merged,
  };
}

function bracketed(item: FromItem, sql: string): string {
  return item.type === 'join' ? `(${sql})` : sql;
}

function bindUsing(names: readonly string[], kind: string, left: BoundFrom, right: BoundFrom): BoundFrom {
  const place = { line: 1, column: 0 };
  const merged = new Map([...left.merged, ...right.merged]);
  const conditions = names.map((name) => {
    const sides = [left, right].map((side) =>
      new Scope(side.relations, undefined, side.merged).column([name], place),
    );
    const { type, sqls } = unify(sides, place);
    merged.set(name, {
      type,
      sql: kind === 'right' ? sqls[1]! : kind === 'full' ? `coalesce(${sqls.join(', ')})` : sqls[0]!,
    });
    return `${sqls[0]} = ${sqls[1]}`;
  });
  return {
    sql: `${left.sql} ${kind} join ${right.sql} on ${conditions.join(' and ')}`,
    relations: [...left.relations, ...right.relations],
    merged,
  };
}
