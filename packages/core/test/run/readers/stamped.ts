import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  dataTest,
  incremental,
  integer,
  type Materialization,
  range,
  seed,
  snapshot,
  sql,
  table,
  thisModel,
  view,
  whenIncremental,
} from '../../../src/index.js';
import { aModel, aSource } from '../../support/nodes.js';
import type { InlineDelivery, InlineRow } from '../../support/rows-loader.js';
import type { Look } from './reader.js';

/** What goes wrong in a version. */
export type Fault =
  /** A row is delivered that fails the tests of all that reads it. */
  | 'bad row'
  /** The test of a view fails, which is published together with the tables under it. */
  | 'bad view'
  /** The query of a table fails when most of its rows are written. */
  | 'broken query'
  | 'broken delivery';

export interface Version {
  /** Every row says which version it is of, and there are {@link rowsIn} of them. */
  readonly version: number;
  readonly fault?: Fault | undefined;
  readonly materialized?: Partial<Record<'big' | 'shown' | 'refreshed', Materialization>>;
}

/** Rows of the source and of all that has its keys. Later versions have more, so that keyed increments reach every row. */
const rowsIn = (version: number): number => 12 + version;
/** Rows of the big table for each of the source's. */
const COPIES = 800;
/** The version of a row that fails every test. */
const BAD = -1;

const columns = { id: integer(), v: integer().test(range({ min: 0 })) };

export function delivered({ version, fault }: Version): InlineDelivery {
  if (fault === 'broken delivery') return { raw_stamps: new Error('the files are gone') };
  const rows: InlineRow[] = Array.from({ length: rowsIn(version) }, (_, id) => ({ id, v: version }));
  return { raw_stamps: fault === 'bad row' ? [...rows, { id: 9999, v: BAD }] : rows };
}

/**
 * raw_stamps → big (table) → shown (view) and total; overview, a view over both, so that these four are one group.
 * raw_stamps → refreshed, appended, and merged and replaced, which one test compares; and history, a snapshot.
 * steps, a seed whose file is written to the folder.
 */
export function stamped({ version, fault, materialized = {} }: Version, folder: string): readonly unknown[] {
  const raw = aSource('raw_stamps', { id: integer(), v: integer() });
  const breaks =
    fault === 'broken query' ? sql`case when c = ${COPIES - 1} then error('broken') end` : sql`null`;
  const big = aModel(
    'big',
    columns,
    sql`select id * ${COPIES} + c as id, cast(coalesce(${breaks}, v) as bigint) as v
        from ${raw} cross join (select unnest(range(${COPIES})) as c) as copies`,
    { materialized: materialized.big ?? table() },
  );
  const shown = aModel('shown', columns, sql`select id, v from ${big}`, {
    materialized: materialized.shown ?? view(),
  });
  const total = aModel(
    'total',
    { v: columns.v, rows: integer() },
    sql`select max(v) as v, count(*) as rows from ${big}`,
  );
  const limit = fault === 'bad view' ? { max: 0 } : { min: 0 };
  const overview = aModel(
    'overview',
    { v: integer().test(range(limit)), total: integer() },
    sql`select s.v, t.v as total from (select max(v) as v from ${shown}) as s cross join ${total} as t`,
    { materialized: view() },
  );
  const refreshed = aModel('refreshed', columns, sql`select id, v from ${raw}`, {
    materialized: materialized.refreshed ?? incremental(),
  });
  const appended = aModel(
    'appended',
    columns,
    sql`select id, v from ${raw}
        ${whenIncremental(sql`where v > (select coalesce(max(v), -1) from ${thisModel})`, sql`where v >= 0`)}`,
    { materialized: incremental({ strategy: 'append' }) },
  );
  const keyed = (name: string, strategy: 'merge' | 'deleteInsert') =>
    aModel(name, columns, sql`select id, v from ${raw}`, {
      key: ['id'],
      materialized: incremental({ strategy }),
    });
  const [merged, replaced] = [keyed('merged', 'merge'), keyed('replaced', 'deleteInsert')];
  const sameStamps = dataTest({
    name: 'merged_like_replaced',
    description: '',
    query: sql`select id, v from ${merged} except select id, v from ${replaced}`,
  });
  const history = snapshot({
    name: 'history',
    description: '',
    columns,
    key: ['id'],
    strategy: { type: 'check', columns: ['v'] },
    query: sql`select id, v from ${raw}`,
  });
  return [
    raw,
    big,
    shown,
    total,
    overview,
    refreshed,
    appended,
    merged,
    replaced,
    sameStamps,
    history,
    steps(version, folder),
  ];
}

/** A seed whose file is written anew for each version. */
function steps(version: number, folder: string): unknown {
  const file = join(folder, 'steps.csv');
  const rows = Array.from({ length: rowsIn(version) }, (_, id) => `${id},${version}`);
  writeFileSync(file, ['id,v', ...rows].join('\n'));
  return seed({ name: 'steps', description: '', columns, file: pathToFileURL(file) });
}

/** Everything on its own, in a statement each. */
export const eachRelation: readonly Look[] = [
  look('raw', stamps('raw.raw_stamps', 'v >= 0'), 1),
  ...['refreshed', 'merged', 'replaced', 'steps'].map((name) => look(name, stamps(`lab.${name}`), 1)),
  ...['big', 'shown'].map((name) => look(name, stamps(`lab.${name}`), COPIES)),
  {
    name: 'total',
    queries: ['select v, rows from lab.total'],
    versionOf: ([row]) => expectVersion(Number(row?.v), Number(row?.rows), rowsIn(Number(row?.v)) * COPIES),
  },
  {
    name: 'overview',
    queries: ['select v as low, total as high from lab.overview'],
    versionOf: ([row]) => {
      if (row?.low !== row?.high) throw new Error(`it mixes versions: ${JSON.stringify(row)}`);
      return Number(row?.high);
    },
  },
  {
    name: 'appended',
    queries: [
      `select max(v) as v, list(distinct [v, rows]) as parts
               from (select v, count(*) as rows from lab.appended group by v) as counts`,
    ],
    versionOf: ([row]) => {
      const parts = JSON.parse(String(row?.parts)) as readonly (readonly [number, number])[];
      for (const [v, rows] of parts) expectVersion(v, rows, rowsIn(v));
      return Number(row?.v);
    },
  },
  look('history', stamps('lab.history', 'valid_to is null'), 1),
  {
    name: 'whole history',
    queries: ['select min(v) as low, max(v) as v from lab.history'],
    versionOf: ([row]) => {
      if (Number(row?.low) < 0) throw new Error('it has a row that fails a test');
      return Number(row?.v);
    },
  },
];

/** Nodes of one publish group, read one after the other in one transaction. */
export const groups: readonly Look[] = [
  together('big group', ['lab.big', 'lab.shown', 'lab.total', 'lab.overview']),
  together('keyed group', ['lab.merged', 'lab.replaced']),
];

/** All nodes in one transaction. */
export const everything: Look = together('everything', [
  'raw.raw_stamps',
  ...[
    'big',
    'shown',
    'total',
    'overview',
    'refreshed',
    'appended',
    'merged',
    'replaced',
    'history',
    'steps',
  ].map((name) => `lab.${name}`),
]);

function stamps(relation: string, condition = 'true'): string {
  return `select min(v) as low, max(v) as high, count(*) as rows, count(distinct id) as ids
    from ${relation} where ${condition}`;
}

function look(name: string, query: string, copies: number): Look {
  return {
    name,
    queries: [query],
    versionOf: ([row = {}]) => {
      const [low, high, rows, ids] = [row.low, row.high, row.rows, row.ids].map(Number);
      if (low !== high || rows !== ids) throw new Error(`it is mixed: ${JSON.stringify(row)}`);
      return expectVersion(Number(high), Number(rows), rowsIn(Number(high)) * copies);
    },
  };
}

function expectVersion(version: number, rows: number, expected: number): number {
  if (version < 0) throw new Error('it has a row that fails a test');
  if (rows !== expected) throw new Error(`it has ${rows} of the ${expected} rows of version ${version}`);
  return version;
}

export function together(name: string, relations: readonly string[]): Look {
  return {
    name,
    queries: relations.map((relation) => `select max(v) as v from ${relation}`),
    versionOf: (rows) => {
      const versions = rows.map(({ v }) => Number(v));
      const [first = Number.NaN] = versions;
      if (versions.some((version) => version !== first))
        throw new Error(`${relations.join(', ')} are of versions ${versions.join(', ')}`);
      return first;
    },
  };
}
