import { joinSql, sql } from '../sql/fragment.js';
import { ident } from '../sql/identifier.js';
import type { Renderable } from '../sql/renderable.js';
import { macro } from './macro.js';

export interface ActivityDays {
  /** The relation that holds a row or more for each thing and day of its activity. */
  readonly from: Renderable;
  /** What is counted: `user_id`. Rows without it are left out. */
  readonly id: Renderable;
  /** A date; rows without it are left out. */
  readonly day: Renderable;
  /** Expressions by the name of their column. A thing is counted in each combination of their values by itself. */
  readonly within?: Readonly<Record<string, Renderable>>;
  /** How the other columns are called. */
  readonly as: { readonly gap: string; readonly day: string; readonly count: string };
}

/** The gap of a first day: more days than the calendar has before it. */
export const FIRST_DAY_GAP = 10_000_000;

/**
 * A relation from which the distinct things that were active in any range of days can be counted exactly, without their ids:
 * one row for each day and each number of days (`gap`) since the same things were active before, with their count. A
 * thing is counted by its first active day in [a, b], the only one with no active day between a and itself:
 *
 * distinct things active in [a, b] = sum of count where day between a and b and gap > day − a, in days.
 */
export const activityDays = macro('activityDays', ({ from, id, day, within = {}, as }: ActivityDays) => {
  const [gapName, dayName] = [ident(as.gap), ident(as.day)];
  const groups = Object.keys(within).map(ident);
  const values = Object.entries(within).map(([name, value]) => sql`${value} as ${ident(name)}`);
  const columns = joinSql([...groups, gapName, dayName]);
  const before = sql`lag(${dayName}) over (partition by ${joinSql([sql`activity_id`, ...groups])} order by ${dayName})`;
  // rows of the same thing and day are 0 days apart: the first of them stands for all
  return sql`(
      select ${columns}, count(*) as ${ident(as.count)}
      from (
        select ${joinSql([...groups, dayName])}, coalesce(datediff('day', ${before}, ${dayName}), ${FIRST_DAY_GAP}) as ${gapName}
        from (select ${joinSql([sql`${id} as activity_id`, ...values, sql`${day} as ${dayName}`])} from ${from}) as activity
        where activity_id is not null and ${dayName} is not null
      ) as gaps
      where ${gapName} > 0
      group by ${columns}
    )`;
});
