/** A piece of work that waits for others. */
export interface Task {
  readonly id: number;
  readonly after: readonly number[];
  /** @returns whether what waits for it may go on. It must not throw, except to end everything. */
  run(): Promise<boolean>;
  /** Called in its place when something it waits for did not succeed, or nothing more is to be started. */
  skip(): void;
}

/**
 * Runs tasks side by side, at most `concurrency` at once, each after those it waits for.
 *
 * @param stop asked before every start: true skips all that has not started.
 */
export async function runTasks(
  tasks: readonly Task[],
  concurrency: number,
  stop: () => boolean,
): Promise<void> {
  const outcome = new Map<number, boolean>();
  const waiting = new Set(tasks);
  const running = new Map<number, Promise<void>>();
  while (waiting.size > 0 || running.size > 0) {
    for (const task of waiting) {
      const after = task.after.map((id) => outcome.get(id));
      if (after.includes(false) || stop()) {
        waiting.delete(task);
        outcome.set(task.id, false);
        task.skip();
      } else if (running.size < concurrency && after.every((done) => done === true)) {
        waiting.delete(task);
        running.set(task.id, start(task, outcome, running));
      }
    }
    if (running.size > 0) await Promise.race(running.values());
  }
}

async function start(
  task: Task,
  outcome: Map<number, boolean>,
  running: Map<number, Promise<void>>,
): Promise<void> {
  try {
    outcome.set(task.id, await task.run());
  } finally {
    running.delete(task.id);
  }
}
