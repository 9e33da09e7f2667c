import { SnowflakeError } from '../../engine.js';
import { castTo } from '../bind/coerce.js';
import type { BindContext } from '../bind/context.js';
import { bindExpression } from '../bind/expression.js';
import { bindFrom } from '../bind/from.js';
import { Scope } from '../bind/scope.js';
import { compilationError } from '../errors.js';
import type { DuckSession } from '../session.js';
import type { Expression } from '../syntax/ast.js';
import { BOOLEAN } from '../types.js';
import { defaultSql } from './alter-table.js';
import { columnNamed, counts, type Target, targetOf, targetScope } from './dml.js';
import { endStatement } from './end.js';
import { type Merge, type MergeClause, parseMerge } from './parse-merge.js';
import { type Statement, TYPE_IDS } from './statement.js';

/**
 * MERGE: what each row of the source does is worked out into a table first, then checked, then done. A row of the target
 * that several rows of the source would update, or update and delete, fails the statement.
 */
export const merge: Statement = async (cursor, session) => {
  const parsed = parseMerge(cursor);
  endStatement(cursor);
  const target = targetOf(session, parsed.into);
  const plan = planOf(parsed, target, session.bindContext(), session);
  const done = await session.dml(target.table.physical, 'exclusive', async () => {
    await session.run(`create or replace temporary table merge_plan as ${plan.sql}`);
    try {
      await refuseDuplicates(session, parsed.clauses, target);
      return await apply(session, parsed.clauses, target, plan);
    } finally {
      await session.run('drop table if exists merge_plan').catch(() => undefined);
    }
  });
  return { rows: counts(done), typeId: TYPE_IDS.merge };
};

interface MergePlan {
  readonly sql: string;
  /** Of each clause: the target's columns it sets, and where their values stand in the plan. */
  readonly columns: readonly (readonly { readonly physical: string; readonly value: string }[])[];
}

function planOf(parsed: Merge, target: Target, context: BindContext, session: DuckSession): MergePlan {
  const from = bindFrom(parsed.using, undefined, context);
  const scope = new Scope(
    [targetScope(target, parsed.alias, 'target'), ...from.relations],
    undefined,
    from.merged,
  );
  const condition = (value: Expression) =>
    castTo(bindExpression(value, scope, context), BOOLEAN, 'cast', value);
  const whens = parsed.clauses.map(({ action, condition: and }, index) => {
    const met = `target.rowid is ${action === 'insert' ? '' : 'not '}null`;
    return `when ${met}${and ? ` and ${condition(and)}` : ''} then ${index}`;
  });
  const chosen = `case ${whens.join(' ')} end`;
  const values: string[] = [];
  const columns = parsed.clauses.map((clause, index) =>
    valuesOf(clause, target, parsed).map(({ column, value }, at) => {
      const name = `v${index}_${at}`;
      // a value is worked out only where its clause applies: elsewhere it may fail
      const sql = value
        ? castTo(bindExpression(value, scope, context), column.type, 'store', value)
        : defaultSql(session, column.default, column.type);
      values.push(`case when ${chosen} = ${index} then ${sql} end as ${name}`);
      return { physical: column.physical, value: name };
    }),
  );
  const all = ['target.rowid as target_row', `${chosen} as chosen`, ...values].join(', ');
  return {
    sql: `select ${all} from ${from.sql.includes(' join ') ? `(${from.sql})` : from.sql} left join ${target.table.physical} as target on ${condition(parsed.on)}`,
    columns,
  };
}

function valuesOf(clause: MergeClause, target: Target, { into }: Merge) {
  if (clause.action === 'delete') return [];
  if (clause.action === 'update')
    return clause.assignments.map(({ column, value }) => ({
      column: columnNamed(target, column, into),
      value,
    }));
  const named = clause.columns?.map((column) => columnNamed(target, column, into)) ?? target.table.columns;
  if (named.length !== clause.values.length)
    throw compilationError(
      '002020',
      '21S01',
      `Insert value list does not match column list expecting ${named.length} but got ${clause.values.length}`,
    );
  const others = target.table.columns.filter(
    (column) => !named.includes(column) && column.default !== undefined,
  );
  return [
    ...named.map((column, index) => ({ column, value: clause.values[index] })),
    ...others.map((column) => ({ column, value: undefined })),
  ];
}

async function refuseDuplicates(
  session: DuckSession,
  clauses: readonly MergeClause[],
  target: Target,
): Promise<void> {
  const updates = clauses.flatMap(({ action }, index) => (action === 'update' ? [index] : []));
  const matched = clauses.flatMap(({ action }, index) => (action === 'insert' ? [] : [index]));
  if (updates.length === 0) return;
  const twice = `select target_row from merge_plan where chosen in (${matched.join(', ')}) group by target_row having count(*) > 1 and bool_or(chosen in (${updates.join(', ')}))`;
  const values = target.table.columns.map(
    ({ physical }) => `coalesce(cast(target.${physical} as varchar), 'NULL')`,
  );
  const { rows } = await session.rows({
    sql: `select '[' || concat_ws(', ', ${values.join(', ')}) || ']' from ${target.table.physical} as target where rowid in (${twice}) limit 1`,
    columns: [{ name: 'row', type: { type: 'text', length: 1 } }],
  });
  if (rows.length > 0)
    throw new SnowflakeError(
      '100090',
      '42P18',
      `Duplicate row detected during DML action\nRow Values: ${rows[0]![0]}`,
    );
}

async function apply(
  session: DuckSession,
  clauses: readonly MergeClause[],
  target: Target,
  plan: MergePlan,
): Promise<Record<string, number>> {
  const { physical } = target.table;
  const done = { insert: 0, update: 0, delete: 0 };
  const order = ['update', 'delete', 'insert'] as const;
  for (const action of order)
    for (const [index, clause] of clauses.entries()) {
      if (clause.action !== action) continue;
      const columns = plan.columns[index]!;
      const match = `target.rowid = plan.target_row and plan.chosen = ${index}`;
      done[action] += await session.run(
        action === 'update'
          ? `update ${physical} as target set ${columns.map((one) => `${one.physical} = plan.${one.value}`).join(', ')} from merge_plan as plan where ${match}`
          : action === 'delete'
            ? `delete from ${physical} as target using (select distinct target_row, chosen from merge_plan) as plan where ${match}`
            : `insert into ${physical} (${columns.map((one) => one.physical).join(', ')}) select ${columns.map((one) => one.value).join(', ')} from merge_plan where chosen = ${index}`,
      );
    }
  const has = (action: MergeClause['action']) => clauses.some((clause) => clause.action === action);
  return {
    ...(has('insert') && { 'number of rows inserted': done.insert }),
    ...(has('update') && { 'number of rows updated': done.update }),
    ...(has('delete') && { 'number of rows deleted': done.delete }),
  };
}
