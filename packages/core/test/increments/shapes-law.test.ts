import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MatineeError, type RunResult } from '../../src/index.js';
import { type Lab, openLab, watchStatements } from '../support/lab.js';
import type { InlineRow } from '../support/rows-loader.js';
import { type Code, firstCode, SHAPES, shapesProject } from './shapes-project.js';

const RUNS = Number(process.env.MATINEE_PROPERTY_RUNS ?? 3);
/** Kinds of steps to leave out, while something is known to be wrong with them. */
const LEFT_OUT = (process.env.MATINEE_LAW_WITHOUT ?? '').split(',');

/** What is delivered, by source and key; of notes, that have no key, a list. */
type Delivered = Readonly<Record<string, ReadonlyMap<string, InlineRow>>>;

const KEYS: Readonly<Record<string, string>> = {
  raw_events: 'event_id',
  raw_users: 'user_id',
  raw_items: 'item_id',
  raw_bans: 'user_id',
  raw_notes: 'at',
};

const id = fc.integer({ min: 1, max: 5 });
const nullable = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { freq: 5, nil: null });
const row: Readonly<Record<string, fc.Arbitrary<InlineRow>>> = {
  raw_events: fc.record({
    event_id: fc.integer({ min: 1, max: 25 }),
    user_id: nullable(id),
    item_id: id,
    kind: fc.oneof(
      { weight: 20, arbitrary: fc.constantFrom('a', 'b', 'c') },
      { weight: 1, arbitrary: fc.constant('x') },
    ),
    label: fc.oneof(
      { weight: 9, arbitrary: fc.constantFrom('p', 'q') },
      { weight: 1, arbitrary: fc.constant('z') },
    ),
    amount: fc.constantFrom(0.1, 0.2, 0.3, 1 / 3, 1e6, 7.7, 2),
    done_at: fc.integer({ min: 1, max: 28 }).map((day) => `2020-01-${String(day).padStart(2, '0')} 10:00:00`),
  }),
  raw_users: fc.record({
    user_id: id,
    level: nullable(fc.constantFrom('low', 'high')),
    badge: fc.constantFrom('', '', 'ab', 'ac', 'ba', 'bb', 'bc', 'ca'),
  }),
  raw_items: fc.record({
    item_id: id,
    group_id: nullable(fc.constantFrom('g', 'h')),
    price: fc.constantFrom(1, 0.1, 9.99),
  }),
  raw_bans: fc.record({ user_id: id, why: fc.constantFrom('rude', 'hidden') }),
  raw_notes: fc.record({
    user_id: id,
    note: fc.constantFrom('hm', 'oh'),
    at: fc.integer({ min: 1, max: 4 }),
  }),
};

type Change =
  | { readonly type: 'put'; readonly source: string; readonly rows: readonly InlineRow[] }
  | { readonly type: 'delete'; readonly source: string; readonly indexes: readonly number[] }
  | { readonly type: 'clear'; readonly source: string };

const sources = Object.keys(row);
const source = fc.constantFrom('raw_events', 'raw_events', ...sources);
const change: fc.Arbitrary<Change> = source.chain((name) =>
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        type: fc.constant('put' as const),
        source: fc.constant(name),
        rows: fc.array(row[name] as fc.Arbitrary<InlineRow>, { minLength: 1, maxLength: 4 }),
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        type: fc.constant('delete' as const),
        source: fc.constant(name),
        indexes: fc.array(fc.nat(12), { minLength: 1, maxLength: 4 }),
      }),
    },
    { weight: 1, arbitrary: fc.record({ type: fc.constant('clear' as const), source: fc.constant(name) }) },
  ),
);

function apply(before: Delivered, one: Change): Delivered {
  const rows = before[one.source] ?? new Map<string, InlineRow>();
  const key = KEYS[one.source] as string;
  switch (one.type) {
    case 'put':
      return {
        ...before,
        [one.source]: new Map([...rows, ...one.rows.map((next) => [String(next[key]), next] as const)]),
      };
    case 'delete':
      return {
        ...before,
        [one.source]: new Map([...rows].filter((_, index) => !one.indexes.includes(index))),
      };
    case 'clear':
      return { ...before, [one.source]: new Map() };
  }
}

function deliveryOf(delivered: Delivered): Readonly<Record<string, readonly InlineRow[]>> {
  return Object.fromEntries(sources.map((name) => [name, [...(delivered[name]?.values() ?? [])]]));
}

/** The same without what fails a test. */
function mended(delivered: Delivered): Delivered {
  const events = [...(delivered.raw_events ?? [])].map(
    ([key, one]) => [key, one.kind === 'x' ? { ...one, kind: 'a' } : one] as const,
  );
  const items = [1, 2, 3, 4, 5].map(
    (item_id) =>
      [
        String(item_id),
        delivered.raw_items?.get(String(item_id)) ?? { item_id, group_id: null, price: 1 },
      ] as const,
  );
  const users = [...(delivered.raw_users ?? [])].map(
    ([key, one]) => [key, { ...one, badge: `${one.badge}${key}` }] as const,
  );
  return { ...delivered, raw_events: new Map(events), raw_items: new Map(items), raw_users: new Map(users) };
}

/** What happens between two looks at the warehouse. */
type Event =
  | { readonly type: 'build'; readonly threads: number; readonly atomic: boolean }
  | { readonly type: 'select'; readonly select: readonly string[] }
  | { readonly type: 'refresh'; readonly select: readonly string[] }
  | { readonly type: 'untested' }
  | { readonly type: 'empty' }
  | { readonly type: 'sample' }
  | { readonly type: 'abort'; readonly after: number; readonly threads: number }
  | { readonly type: 'drop_table'; readonly table: string }
  | { readonly type: 'drop_ledger' }
  | { readonly type: 'drop_feeds' };

const RELATIONS = [...SHAPES, 'shown_users', 'shown_items'];
const selection = fc.array(
  fc
    .tuple(fc.constantFrom('', '+', '+'), fc.constantFrom(...RELATIONS), fc.constantFrom('', '', '+'))
    .map((parts) => parts.join('')),
  { minLength: 1, maxLength: 2 },
);
const weighted: readonly (readonly [number, fc.Arbitrary<Event>])[] = [
  [
    10,
    fc.record({
      type: fc.constant('build' as const),
      threads: fc.constantFrom(1, 4),
      atomic: fc.constantFrom(false, false, false, true),
    }),
  ],
  [4, fc.record({ type: fc.constant('select' as const), select: selection })],
  [1, fc.record({ type: fc.constant('refresh' as const), select: selection })],
  [1, fc.constant<Event>({ type: 'untested' })],
  [1, fc.constant<Event>({ type: 'empty' })],
  [1, fc.constant<Event>({ type: 'sample' })],
  [
    2,
    fc.record({
      type: fc.constant('abort' as const),
      after: fc.integer({ min: 1, max: 150 }),
      threads: fc.constantFrom(1, 4),
    }),
  ],
  [1, fc.record({ type: fc.constant('drop_table' as const), table: fc.constantFrom(...SHAPES) })],
  [1, fc.constant<Event>({ type: 'drop_ledger' })],
  [1, fc.constant<Event>({ type: 'drop_feeds' })],
];
const event = fc.oneof(
  ...weighted
    .map(([weight, arbitrary]) => ({ weight, arbitrary }))
    .filter(
      (_, index) =>
        !LEFT_OUT.includes(
          [
            'build',
            'select',
            'refresh',
            'untested',
            'empty',
            'sample',
            'abort',
            'drop_table',
            'drop_ledger',
            'drop_feeds',
          ][index] as string,
        ),
    ),
);

const codes: fc.Arbitrary<Partial<Code>> = fc.oneof(
  ...(
    [
      { statsPlus: 1 },
      { viewPlus: 1 },
      { ephemeralPlus: 1 },
      { factPlus: 1 },
      { isWide: true },
      { isFine: true },
      { statsPlus: 0, isWide: false, isFine: false, viewPlus: 0 },
    ] as const
  )
    .filter((one) => !LEFT_OUT.includes('fine') || !('isFine' in one))
    .map((one) => fc.constant(one)),
);

interface Step {
  readonly changes: readonly Change[];
  readonly code: Partial<Code>;
  readonly minAmount: number | undefined;
  readonly event: Event;
}

const rare = <T>(usual: T, other: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 8, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: other });
const step: fc.Arbitrary<Step> = fc.record({
  changes: fc.array(change, { maxLength: 3 }),
  code: rare<Partial<Code>>({}, codes),
  minAmount: rare<number | undefined>(undefined, fc.constantFrom(0, 0.25)),
  event,
});

async function tables(lab: Lab): Promise<Readonly<Record<string, readonly unknown[]>>> {
  const stored = await lab.stored();
  const found: Record<string, readonly unknown[]> = {};
  for (const name of SHAPES)
    if (stored.includes(`lab.${name} table`)) found[name] = await lab.rows(`lab.${name}`);
  return found;
}

/** Doubles by twelve digits: sums come in other orders. */
function rounded(rows: readonly unknown[] | undefined): unknown {
  return rows?.map((one) =>
    Object.fromEntries(
      Object.entries(one as object).map(([name, value]) => [
        name,
        typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(10)) : value,
      ]),
    ),
  );
}

/** Tests and nodes by how they came out; that nothing had to run is no difference. */
function outcomes({ tests, nodes }: RunResult, isAtomic: boolean): Readonly<Record<string, string>> {
  const ofTests = tests.map(({ test, status, failures }) => [
    test,
    ['passed', 'proved', 'reused'].includes(status) ? 'ok' : `${status} ${failures}`,
  ]);
  // All or nothing: what a fresh build holds back with the others may have stood before.
  const ofNodes = nodes.map(({ node, status }) => [
    node,
    status === 'failed' || (status === 'skipped' && !isAtomic) ? status : 'ok',
  ]);
  return Object.fromEntries([...ofTests, ...ofNodes]);
}

/** An increment finds keys that come twice before its tests do. */
const CODES = ['TEST_FAILED', 'KEY_TWICE'];

describe('incremental models of many shapes', () => {
  it('equal their full refresh, and fail where it fails', { timeout: RUNS * 60_000 }, async () => {
    const seen: Record<string, number> = {};
    const count = (what: string) => {
      seen[what] = (seen[what] ?? 0) + 1;
    };
    await fc.assert(
      fc.asyncProperty(
        fc.array(row.raw_events as fc.Arbitrary<InlineRow>, { maxLength: 20 }),
        fc.array(change, { maxLength: 6 }),
        fc.array(step, { minLength: 1, maxLength: 6 }),
        fc.constantFrom(1, 0.4),
        async (first, others, steps, maxShare) => {
          const lab = await openLab();
          let code = firstCode;
          let variables = { min_amount: 0 };
          let delivered = [
            { type: 'put', source: 'raw_events', rows: first } as const,
            ...others,
          ].reduce<Delivered>(apply, {});
          const project = () => shapesProject('changes', code, maxShare);
          const options = () => ({ rows: deliveryOf(delivered), variables });

          const whole = async (threads: number, atomic: boolean) => {
            const result = await lab.build(project(), { ...options(), threads, atomic });
            const fresh = await openLab();
            const full = await fresh.build(shapesProject('refresh', code), { ...options(), atomic });
            for (const { node, error, action } of result.nodes) {
              if (error && !CODES.includes(error.code))
                throw new Error(`${node}: ${error.message}`, { cause: error });
              count(action ?? 'none');
            }
            const isTested = result.nodes.every(({ error }) => error?.code !== 'KEY_TWICE');
            // What is published with a node whose keys come twice is not tested any more.
            if (isTested) expect(outcomes(result, atomic)).toEqual(outcomes(full, atomic));
            else expect(full.status).toBe('failed');
            const [ours, theirs] = [await tables(lab), await tables(fresh)];
            for (const { node, status } of full.nodes)
              if (status !== 'failed' && status !== 'skipped' && (SHAPES as readonly string[]).includes(node))
                expect(rounded(ours[node]), node).toEqual(rounded(theirs[node]));
            expect((await lab.stored()).filter((name) => name.includes('__'))).toEqual([]);
            return full.status;
          };
          const partly = async (more: Parameters<Lab['build']>[1]) => {
            try {
              const result = await lab.build(project(), { ...options(), ...more });
              for (const { node, error } of result.nodes)
                if (error && !CODES.includes(error.code))
                  throw new Error(`${node}: ${error.message}`, { cause: error });
            } catch (error) {
              if (!(error instanceof MatineeError)) throw error;
              count(error.code);
            }
          };

          await whole(1, false);
          for (const next of steps) {
            delivered = next.changes.reduce(apply, delivered);
            code = { ...code, ...next.code };
            variables = next.minAmount === undefined ? variables : { min_amount: next.minAmount };
            const { event } = next;
            count(event.type);
            switch (event.type) {
              case 'build':
                await whole(event.threads, event.atomic);
                break;
              case 'select':
                await partly({ select: event.select });
                break;
              case 'refresh':
                await partly({ select: event.select, fullRefresh: true });
                break;
              case 'untested':
                await partly({ withoutTests: true });
                break;
              case 'empty':
                await partly({ limit: { type: 'empty' } });
                break;
              case 'sample':
                await partly({ limit: { type: 'sample', share: 0.5 } });
                break;
              case 'abort': {
                const controller = new AbortController();
                let left = event.after;
                const { warehouse } = lab;
                const open = warehouse.openSession;
                watchStatements(warehouse, () => {
                  if (--left === 0) controller.abort();
                });
                await partly({ signal: controller.signal, threads: event.threads });
                warehouse.openSession = open;
                break;
              }
              case 'drop_table':
                await lab.session.execute(`drop table if exists lab.${event.table}`);
                break;
              case 'drop_ledger':
                await lab.session.execute('drop schema if exists _matinee cascade');
                break;
              case 'drop_feeds':
                await lab.session.execute('drop schema if exists _matinee_feeds cascade');
                break;
            }
          }
          await whole(4, false);
          delivered = mended(delivered);
          expect(await whole(1, false)).toBe('ok');
        },
      ),
      {
        numRuns: RUNS,
        endOnFailure: process.env.MATINEE_PROPERTY_QUICK === '1',
      },
    );
    if (process.env.MATINEE_PROPERTY_RUNS) console.log(seen);
  });
});
