import type { GenericTest, TestCheck } from '../nodes/generic-test.js';
import type { Relation } from '../nodes/relation.js';
import { joinSql, rawSql, type Sql, type SqlValue, sql } from '../sql/fragment.js';
import { ident } from '../sql/identifier.js';
import { lit } from '../sql/literal.js';

/** The rows of a relation that fail a generic test. */
export function failingRows(relation: Relation, { check, options }: GenericTest): Sql {
  const rows = options.where ? sql`(select * from ${relation} where ${options.where}\n)` : sql`${relation}`;
  switch (check.type) {
    case 'unique':
      return failingUnique(rows, check.columns.map(ident));
    case 'notNull':
      return sql`select * from ${rows} where ${ident(check.column)} is null`;
    case 'acceptedValues':
      return sql`select * from ${rows} where ${ident(check.column)} not in (${joinSql(check.values.map(lit))})`;
    case 'range':
      return sql`select * from ${rows} where ${outside(check)}`;
    case 'relationships': {
      const to = check.to === 'self' ? relation : check.to();
      return sql`select * from ${rows} as child where child.${ident(check.column)} is not null and not exists (select 1 from ${to} as parent where parent.${ident(check.field)} = child.${ident(check.column)})`;
    }
    case 'rowCount':
      return sql`select row_count from (select count(*) as row_count from ${rows}) as counted where ${outsideCount(check)}`;
    case 'expression':
      return sql`select * from ${rows} where (${check.expression}\n) is not true`;
    case 'derived':
      return sql`select * from ${rows} where ${ident(check.column)} is distinct from ${check.expression}`;
  }
}

function failingUnique(rows: Sql, columns: readonly SqlValue[]): Sql {
  const present = joinSql(
    columns.map((column) => sql`${column} is not null`),
    ' and ',
  );
  const list = joinSql(columns);
  return sql`select ${list}, count(*) as row_count from ${rows} where ${present} group by ${list} having count(*) > 1`;
}

function outside({ column, min, max }: TestCheck & { type: 'range' }): Sql {
  const bounds = [
    ...(min === undefined ? [] : [sql`${ident(column)} < ${min}`]),
    ...(max === undefined ? [] : [sql`${ident(column)} > ${max}`]),
  ];
  return bounds.length === 0 ? rawSql('false') : joinSql(bounds, ' or ');
}

function outsideCount({ min, max }: TestCheck & { type: 'rowCount' }): Sql {
  return joinSql(
    [sql`row_count < ${min ?? 0}`, ...(max === undefined ? [] : [sql`row_count > ${max}`])],
    ' or ',
  );
}

/** The name of a generic test: what it checks, of which relation and columns. */
export function genericTestName(relation: Relation, { check, options }: GenericTest): string {
  if (options.name) return options.name;
  switch (check.type) {
    case 'unique':
      return `unique_${relation.name}_${check.columns.join('_')}`;
    case 'notNull':
      return `not_null_${relation.name}_${check.column}`;
    case 'acceptedValues':
      return `accepted_values_${relation.name}_${check.column}`;
    case 'range':
      return `${check.as ?? 'range'}_${relation.name}_${check.column}`;
    case 'relationships': {
      const to = check.to === 'self' ? relation : check.to();
      return `relationships_${relation.name}_${check.column}__${to.name}`;
    }
    case 'rowCount':
      return `row_count_${relation.name}`;
    case 'expression':
      return `expression_${relation.name}`;
    case 'derived':
      return `derived_${relation.name}_${check.column}__${check.from}`;
  }
}
