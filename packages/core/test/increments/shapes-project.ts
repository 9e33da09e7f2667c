import {
  double,
  ephemeral,
  type IncrementalOptions,
  incremental,
  integer,
  lit,
  type Materialization,
  mapped,
  refreshedBy,
  sql,
  table,
  text,
  timestamp,
  variable,
  view,
} from '../../src/index.js';
import { aModel, aSource } from '../support/nodes.js';

export const minAmount = variable({ name: 'min_amount', type: 'double', default: 0 });

/** What may differ from one state of the code to another. */
export interface Code {
  /** Another query of a table, a view, an ephemeral model and an incremental one. */
  readonly statsPlus: number;
  readonly viewPlus: number;
  readonly ephemeralPlus: number;
  readonly factPlus: number;
  /** The fact has one column more. */
  readonly isWide: boolean;
  /** Totals by item are mapped by user as well, by way of the rows of one user and item. */
  readonly isFine: boolean;
}

export const firstCode: Code = {
  statsPlus: 0,
  viewPlus: 0,
  ephemeralPlus: 0,
  factPlus: 0,
  isWide: false,
  isFine: false,
};

export const SHAPES = [
  'src_events',
  'stats',
  'per_user',
  'ranked',
  'pairs',
  'fact',
  'by_item',
  'by_group',
  'remarks',
  'badges',
  'letters',
] as const;

/**
 * Incremental models of many shapes. `refresh`: the same models as tables, computed in full.
 *
 * raw_events → src_events → stats (a table) and per_user, ranked, pairs, fact → by_item → by_group; raw_users is read through
 * a view, raw_items through an ephemeral model of a view, raw_bans directly, raw_notes has no key.
 */
export function shapesProject(by: 'changes' | 'refresh', code: Code, maxShare = 1): readonly unknown[] {
  const kept = (inputs: IncrementalOptions<string>['inputs'] = []): Materialization =>
    by === 'changes' ? incremental({ inputs, maxShare, onSchemaChange: 'fullRefresh' }) : table();

  const events = {
    event_id: integer(),
    user_id: integer().nullable(),
    item_id: integer(),
    kind: text(),
    label: text(),
    amount: double(),
    done_at: timestamp(),
  };
  const rawEvents = aSource('raw_events', events, { key: ['event_id'] });
  const users = { user_id: integer(), level: text().nullable(), badge: text() };
  const rawUsers = aSource('raw_users', users, { key: ['user_id'] });
  const items = { item_id: integer(), group_id: text().nullable(), price: double() };
  const rawItems = aSource('raw_items', items, { key: ['item_id'] });
  const rawBans = aSource('raw_bans', { user_id: integer(), why: text() }, { key: ['user_id'] });
  const rawNotes = aSource('raw_notes', { user_id: integer(), note: text() });

  const srcEvents = aModel(
    'src_events',
    {
      ...events,
      kind: text().acceptedValues(['a', 'b', 'c']),
      label: text().acceptedValues(['p', 'q'], { severity: 'warn' }),
    },
    sql`select event_id, user_id, item_id, kind, label, amount, done_at from ${rawEvents} where amount >= ${minAmount}`,
    { key: ['event_id'], materialized: kept([mapped(rawEvents, { event_id: 'event_id' })]) },
  );
  const stats = aModel(
    'stats',
    { user_id: integer(), events: integer(), total: double(), place: integer() },
    sql`
      select user_id, count(*) as events, sum(amount) as total,
        rank() over (order by count(*), user_id) + ${code.statsPlus} as place
      from ${srcEvents} where user_id is not null group by user_id`,
    { key: ['user_id'] },
  );
  const shownUsers = aModel(
    'shown_users',
    { user_id: integer(), level: text().nullable() },
    sql`select user_id, level || ${lit('!'.repeat(code.viewPlus))} as level from ${rawUsers}`,
    { materialized: view() },
  );
  const shownItems = aModel(
    'shown_items',
    { item_id: integer(), group_id: text().nullable(), price: double() },
    sql`select item_id, group_id, price from ${rawItems}`,
    { materialized: view() },
  );
  const inlinedItems = aModel(
    'inlined_items',
    { item_id: integer(), group_id: text().nullable(), price: double() },
    sql`select item_id, group_id, price + ${code.ephemeralPlus} as price from ${shownItems}`,
    { materialized: ephemeral() },
  );

  const perUser = aModel(
    'per_user',
    {
      user_key: text(),
      user_id: integer().nullable(),
      events: integer(),
      total: double(),
      mean: double(),
      kinds: text(),
      last_at: timestamp(),
    },
    sql`
      select coalesce(cast(user_id as varchar), '-') as user_key, user_id, count(*) as events, sum(amount) as total,
        avg(amount) as mean, string_agg(distinct kind, ',' order by kind) as kinds, max(done_at) as last_at
      from ${srcEvents} group by user_id`,
    { key: ['user_key'], materialized: kept([mapped(srcEvents, { user_id: 'user_id' })]) },
  );
  const ranked = aModel(
    'ranked',
    {
      event_id: integer(),
      user_id: integer().nullable(),
      place: integer(),
      running: double(),
      before_kind: text().nullable(),
    },
    sql`
      select event_id, user_id, row_number() over by_time as place, sum(amount) over by_time as running,
        lag(kind) over by_time as before_kind
      from ${srcEvents}
      window by_time as (partition by user_id order by done_at, event_id)`,
    { key: ['event_id'], materialized: kept([mapped(srcEvents, { user_id: 'user_id' })]) },
  );
  const pairs = aModel(
    'pairs',
    { first_id: integer(), second_id: integer(), user_id: integer(), apart: double() },
    sql`
      select one.event_id as first_id, other.event_id as second_id, one.user_id, other.amount - one.amount as apart
      from ${srcEvents} as one
      join ${srcEvents} as other on other.user_id = one.user_id and other.event_id > one.event_id
      where one.item_id <> other.item_id`,
    { key: ['first_id', 'second_id'], materialized: kept([mapped(srcEvents, { user_id: 'user_id' })]) },
  );
  const fact = aModel(
    'fact',
    {
      event_id: integer(),
      user_id: integer().nullable(),
      item_id: integer().references(() => rawItems, 'item_id', { errorAbove: 3 }),
      level: text().nullable(),
      place: integer().nullable(),
      group_id: text().nullable(),
      worth: double().nullable(),
      why: text().nullable(),
      ...(code.isWide && { kind: text() }),
    },
    sql`
      select events.event_id, events.user_id, events.item_id, users.level, stats.place, items.group_id,
        events.amount * items.price + ${code.factPlus} as worth, bans.why${code.isWide ? sql`, events.kind` : sql``}
      from (
        select * from ${srcEvents} as liked where kind <> 'c' union all
        select * from ${srcEvents} as other where kind = 'c'
      ) as events
      left join ${shownUsers} as users on users.user_id = events.user_id
      left join ${stats} as stats on stats.user_id = events.user_id
      left join ${inlinedItems} as items on items.item_id = events.item_id
      left join ${rawBans} as bans on bans.user_id = events.user_id
      where bans.why is null or bans.why <> 'hidden'`,
    {
      key: ['event_id'],
      materialized: kept([
        mapped(srcEvents, { event_id: 'event_id', user_id: 'user_id', item_id: 'item_id' }),
        mapped(rawUsers, { user_id: 'user_id' }),
        mapped(stats, { user_id: 'user_id' }),
        mapped(rawItems, { item_id: 'item_id' }),
        mapped(rawBans, { user_id: 'user_id' }),
      ]),
    },
  );
  const byItem = aModel(
    'by_item',
    {
      item_key: text(),
      item_id: integer(),
      user_id: integer().nullable(),
      group_id: text().nullable(),
      events: integer(),
      worth: double().nullable(),
      best_place: integer().nullable(),
    },
    code.isFine
      ? sql`
          select item_id || '-' || coalesce(cast(user_id as varchar), '') as item_key, item_id, user_id, any_value(group_id) as group_id,
            count(*) as events, sum(worth) as worth, min(place) as best_place
          from ${fact} group by item_id, user_id`
      : sql`
          select cast(item_id as varchar) as item_key, item_id, null as user_id, any_value(group_id) as group_id,
            count(*) as events, sum(worth) as worth, min(place) as best_place
          from ${fact} group by item_id`,
    {
      key: ['item_key'],
      materialized: kept([
        mapped(fact, code.isFine ? { item_id: 'item_id', user_id: 'user_id' } : { item_id: 'item_id' }),
      ]),
    },
  );
  const byGroup = aModel(
    'by_group',
    {
      group_key: text(),
      group_id: text().nullable(),
      items: integer(),
      events: integer(),
      worth: double().nullable(),
    },
    sql`
      select coalesce(group_id, '') as group_key, group_id, count(*) as items,
        sum(events) as events, avg(worth) as worth
      from ${byItem} group by all`,
    { key: ['group_key'], materialized: kept([mapped(byItem, { group_id: 'group_id' })]) },
  );
  const remarks = aModel(
    'remarks',
    {
      user_key: text(),
      user_id: integer().nullable(),
      events: integer(),
      notes: integer(),
      banned: integer(),
    },
    sql`
      select per_user.user_key, per_user.user_id, per_user.events,
        (select count(*) from ${rawNotes} as notes where notes.user_id = per_user.user_id) as notes,
        case when exists (select 1 from ${rawBans} as bans where bans.user_id = per_user.user_id) then 1 else 0 end as banned
      from ${perUser} as per_user`,
    {
      key: ['user_key'],
      materialized: kept([
        mapped(perUser, { user_key: 'user_key' }),
        refreshedBy(rawNotes),
        mapped(rawBans, { user_id: 'user_id' }),
      ]),
    },
  );
  const badges = aModel(
    'badges',
    { badge: text(), user_id: integer(), letter: text() },
    sql`select badge, user_id, left(badge, 1) as letter from ${rawUsers} where badge <> ''`,
    { key: ['badge'], materialized: kept([mapped(rawUsers, { user_id: 'user_id' })]) },
  );
  const letters = aModel(
    'letters',
    { letter: text(), badges: integer() },
    sql`select letter, count(*) as badges from ${badges} group by letter`,
    { key: ['letter'], materialized: kept([mapped(badges, { letter: 'letter' })]) },
  );
  return [
    ...[
      rawEvents,
      rawUsers,
      rawItems,
      rawBans,
      rawNotes,
      srcEvents,
      stats,
      shownUsers,
      shownItems,
      inlinedItems,
    ],
    ...[perUser, ranked, pairs, fact, byItem, byGroup, remarks, badges, letters, minAmount],
  ];
}
