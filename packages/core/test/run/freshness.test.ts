import { describe, expect, it } from 'vitest';
import {
  checkFreshness,
  date,
  type Freshness,
  integer,
  Namer,
  type Source,
  sql,
  timestamp,
} from '../../src/index.js';
import { type Lab, openLab, watchStatements } from '../support/lab.js';
import { aModel, aSource } from '../support/nodes.js';
import { projectOf } from '../support/project.js';

const columns = { id: integer(), seen_at: timestamp().nullable(), day: date() };
/** Delivered files were modified at the beginning of 2026. */
const films = (freshness?: Freshness<'seen_at' | 'day'>) =>
  aSource('films', columns, freshness ? { freshness } : {});
const one = { id: 1, seen_at: new Date('2025-12-31T22:30:00.250Z'), day: '2025-12-30' };
const at = (time: string) => new Date(`2026-01-01T${time}Z`);

async function check(lab: Lab, source: Source, now: Date) {
  const nodes = projectOf(source).nodes.values();
  const [result] = await checkFreshness(lab.session, new Namer('duckdb'), nodes, now);
  return result;
}

describe('the freshness of a source', () => {
  it('is the age of its newest file, held against its bounds', async () => {
    const lab = await openLab();
    const source = films({ warnAfter: { hours: 1 }, errorAfter: { days: 1, minutes: 30 } });
    await lab.build([source], { rows: { films: [one] } });
    expect(await check(lab, source, at('01:00:00'))).toEqual({
      source: 'films',
      status: 'pass',
      newest: '2026-01-01T00:00:00.000Z',
      age: 3600,
      warnAfter: 3600,
      errorAfter: 88_200,
      column: null,
    });
    expect(await check(lab, source, at('01:00:01'))).toMatchObject({ status: 'warn', age: 3601 });
    expect(await check(lab, source, new Date('2026-01-02T00:30:00Z'))).toMatchObject({ status: 'warn' });
    expect(await check(lab, source, new Date('2026-01-02T00:30:01Z'))).toMatchObject({ status: 'error' });
  });

  it('needs one bound only', async () => {
    const lab = await openLab();
    await lab.build([films()], { rows: { films: [one] } });
    const later = new Date('2030-01-01T00:00:00Z');
    expect(await check(lab, films({ warnAfter: { days: 1 } }), later)).toMatchObject({ status: 'warn' });
    expect(await check(lab, films({ errorAfter: { days: 1 } }), later)).toMatchObject({ status: 'error' });
    expect(await check(lab, films(), later)).toBeUndefined();
  });

  it('goes by the newest value of a column where one is named', async () => {
    const lab = await openLab();
    await lab.build([films()], { rows: { films: [one, { ...one, id: 2, seen_at: null }] } });
    const bounds = { warnAfter: { hours: 2 } };
    expect(await check(lab, films({ ...bounds, column: 'seen_at' }), at('00:00:00'))).toMatchObject({
      newest: '2025-12-31T22:30:00.250Z',
      age: 5399.75,
      status: 'pass',
      column: 'seen_at',
    });
    expect(await check(lab, films({ ...bounds, column: 'day' }), at('00:00:00'))).toMatchObject({
      newest: '2025-12-30T00:00:00.000Z',
      age: 172_800,
      status: 'warn',
    });
  });

  it('is unknown where nothing was loaded, or no value is there', async () => {
    const lab = await openLab();
    const never = { status: 'never_loaded', newest: null, age: null };
    const [byFile, byColumn] = [undefined, 'seen_at' as const].map((column) =>
      films({ errorAfter: { days: 1 }, ...(column && { column }) }),
    );
    for (const source of [byFile!, byColumn!])
      expect(await check(lab, source, at('00:00:00'))).toMatchObject(never);
    await lab.build([films()], { rows: { films: [{ ...one, seen_at: null }] } });
    expect(await check(lab, byColumn!, at('00:00:00'))).toMatchObject(never);
  });
});

describe('a build', () => {
  const source = films({ warnAfter: { hours: 1 } });
  const project = [source, aModel('film_ids', { id: integer() }, sql`select id from ${source}`)];
  const rows = { films: [one] };

  it('tells the freshness of the sources that it builds or that what it builds reads, and fails by none', async () => {
    const lab = await openLab();
    // The lab's clock moves on by an hour from build to build.
    expect((await lab.build(project, { rows })).freshness).toMatchObject([{ status: 'pass', age: 0 }]);
    expect((await lab.build(project, { rows })).freshness).toMatchObject([{ status: 'pass', age: 3600 }]);
    const third = await lab.build(project, { rows, select: ['film_ids'], fullRefresh: true });
    expect([third.status, third.freshness]).toMatchObject(['ok', [{ source: 'films', status: 'warn' }]]);
    expect(lab.events.filter(({ type }) => type === 'freshness')).toEqual([
      { type: 'freshness', ...third.freshness[0] },
    ]);
  });

  it('does so with nothing else to do, and without writing', async () => {
    const lab = await openLab();
    await lab.build(project, { rows });
    const statements: string[] = [];
    watchStatements(lab.warehouse, (statement) => statements.push(statement));
    const clock = () => new Date('2026-06-01T00:00:00Z');
    const { freshness } = await lab.build(project, { rows, clock });
    expect([freshness, statements]).toMatchObject([[{ status: 'warn' }], []]);
  });

  it('is not told apart by bounds: changing them builds nothing', async () => {
    const lab = await openLab();
    await lab.build([films()], { rows });
    const { nodes } = await lab.build([films({ errorAfter: { days: 3 }, column: 'day' })], { rows });
    expect(nodes.map(({ status }) => status)).toEqual(['reused']);
  });

  it('of no rows has nothing that could be old', async () => {
    const lab = await openLab();
    expect((await lab.build(project, { limit: { type: 'empty' } })).freshness).toEqual([]);
  });

  it('goes on where the freshness cannot be told', async () => {
    const lab = await openLab();
    const texts = aSource('films', { id: integer() }, {});
    await lab.build([texts], { rows });
    await lab.session.execute('alter table raw.films add column seen_at varchar');
    await lab.session.execute("update raw.films set seen_at = 'yesterday'");
    const dated = films({ warnAfter: { days: 1 }, column: 'seen_at' });
    const alone = aModel('alone', { n: integer() }, sql`select 1 as n`);
    const result = await lab.build([dated, alone], { rows: { films: new Error('no delivery') } });
    expect(result.status).toBe('failed');
    expect(lab.events).toContainEqual(
      expect.objectContaining({ type: 'warning', code: 'FRESHNESS_UNKNOWN' }),
    );
    expect(await lab.query('select status from _matinee.runs order by started_at')).toEqual([
      { status: 'ok' },
      { status: 'failed' },
    ]);
  });
});
