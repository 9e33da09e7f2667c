/** Why a task was not run: something it waits for did not succeed, or nothing more was to be started. */
export type SkipCause = 'blocked' | 'stopped';

/** A piece of work that waits for others. */
export interface Task {
  readonly id: number;
  readonly after: readonly number[];
  /** @returns whether what waits for it may go on. It must not throw, except to end everything. */
  run(): Promise<boolean>;
  /** Called in its place. */
  skip(cause: SkipCause): void;
}

/**
 * Runs tasks side by side, at most `concurrency` (at least one) at once, each after those it waits for.
 *
 * @param stop asked before every start: true skips all that has not started.
 * @throws what a task throws, once all that was running has ended; an Error if tasks wait for each other in a circle.
 */
export async function runTasks(
  tasks: readonly Task[],
  concurrency: number,
  stop: () => boolean,
): Promise<void> {
  const outcome = new Map<number, boolean>();
  const waiting = new Set(tasks);
  const running = new Map<number, Promise<void>>();
  const errors: unknown[] = [];
  const start = async (task: Task) => {
    try {
      outcome.set(task.id, await task.run());
    } catch (error) {
      errors.push(error);
    } finally {
      running.delete(task.id);
    }
  };
  while (waiting.size > 0 || running.size > 0) {
    const settled = outcome.size;
    for (const task of waiting) {
      const after = task.after.map((id) => outcome.get(id));
      if (errors.length > 0) waiting.delete(task);
      else if (after.includes(false) || stop()) {
        waiting.delete(task);
        outcome.set(task.id, false);
        task.skip(after.includes(false) ? 'blocked' : 'stopped');
      } else if (running.size < Math.max(concurrency, 1) && after.every((done) => done === true)) {
        waiting.delete(task);
        running.set(task.id, start(task));
      }
    }
    if (running.size > 0) await Promise.race(running.values());
    else if (waiting.size > 0 && outcome.size === settled) throw new Error('Tasks wait for each other.');
  }
  if (errors.length > 0) throw errors[0];
}
