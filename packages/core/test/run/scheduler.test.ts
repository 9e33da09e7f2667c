import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runTasks, type SkipCause, type Task } from '../../src/run/scheduler.js';

interface Journal {
  readonly started: number[];
  readonly skipped: Map<number, SkipCause>;
  /** Tasks that had ended well when a task started. */
  readonly doneAt: Map<number, ReadonlySet<number>>;
  readonly done: Set<number>;
  most: number;
}

/** Tasks that take a turn or more of the event loop each; those in `failing` do not succeed. */
function tasksOf(after: readonly (readonly number[])[], failing: ReadonlySet<number>) {
  const journal: Journal = {
    started: [],
    skipped: new Map(),
    doneAt: new Map(),
    done: new Set(),
    most: 0,
  };
  let active = 0;
  const tasks = after.map(
    (waitsFor, id): Task => ({
      id,
      after: waitsFor,
      run: async () => {
        journal.started.push(id);
        journal.doneAt.set(id, new Set(journal.done));
        journal.most = Math.max(journal.most, ++active);
        for (let turn = 0; turn <= id % 3; turn++) await new Promise((next) => setImmediate(next));
        active--;
        if (!failing.has(id)) journal.done.add(id);
        return !failing.has(id);
      },
      skip: (cause) => journal.skipped.set(id, cause),
    }),
  );
  return { tasks, journal };
}

/** A DAG of up to 12 tasks, each waiting for some before it, with a number of tasks that fail. */
const graphs = fc.array(fc.tuple(fc.array(fc.nat(11)), fc.nat(9)), { maxLength: 12 }).map((nodes) => ({
  after: nodes.map(([picks], id) => [...new Set(picks.filter((pick) => pick < id))]),
  failing: new Set(nodes.flatMap(([, luck], id) => (luck < 2 ? [id] : []))),
}));

describe('runTasks', () => {
  it('starts every task once, after all it waits for, or skips it because one of them did not succeed', async () => {
    await fc.assert(
      fc.asyncProperty(graphs, fc.integer({ min: 1, max: 4 }), async ({ after, failing }, concurrency) => {
        const { tasks, journal } = tasksOf(after, failing);
        await runTasks(tasks, concurrency, () => false);
        expect([...journal.started, ...journal.skipped.keys()].sort((a, b) => a - b)).toEqual([
          ...after.keys(),
        ]);
        expect(journal.most).toBeLessThanOrEqual(concurrency);
        for (const id of journal.started) {
          for (const before of after[id] ?? []) expect(journal.doneAt.get(id)?.has(before)).toBe(true);
        }
        for (const [id, cause] of journal.skipped) {
          expect(cause).toBe('blocked');
          expect(after[id]?.some((before) => failing.has(before) || journal.skipped.has(before))).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('uses the concurrency it is given', async () => {
    const { tasks, journal } = tasksOf([[], [], [], [], []], new Set());
    await runTasks(tasks, 3, () => false);
    expect(journal.most).toBe(3);
  });

  it('runs one after the other when the concurrency is below one', async () => {
    const { tasks, journal } = tasksOf([[], []], new Set());
    await runTasks(tasks, 0, () => false);
    expect([journal.started, journal.most]).toEqual([[0, 1], 1]);
  });

  it('skips all that has not started once it is told to stop', async () => {
    const { tasks, journal } = tasksOf([[], [0], [], []], new Set());
    await runTasks(tasks, 1, () => journal.started.length > 0);
    expect(journal.started).toEqual([0]);
    expect([...journal.skipped]).toEqual([
      [1, 'stopped'],
      [2, 'stopped'],
      [3, 'stopped'],
    ]);
  });

  it('throws what a task throws after the running ones have ended, and starts nothing more', async () => {
    const { tasks, journal } = tasksOf([[], [], [], []], new Set());
    const thrower: Task = { ...(tasks[0] as Task), run: () => Promise.reject(new Error('the end')) };
    await expect(runTasks([thrower, ...tasks.slice(1)], 3, () => false)).rejects.toThrow('the end');
    expect([...journal.done]).toEqual([1, 2]);
  });

  it('refuses tasks that wait for each other instead of hanging', async () => {
    const { tasks } = tasksOf([[1], [0]], new Set());
    await expect(runTasks(tasks, 2, () => false)).rejects.toThrow('Tasks wait for each other.');
  });
});
