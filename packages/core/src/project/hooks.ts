import { Sql } from '../sql/fragment.js';

/** What a hook is told about the run. */
export interface HookRun {
  /** `build`, `test`, … */
  readonly command: string;
  readonly target: string;
  readonly runId: string;
  /** How the run ended; absent while it begins. */
  readonly status?: 'ok' | 'failed' | 'interrupted';
}

/** Something to do when a run begins or ends: a statement for the warehouse, or a function. */
export type Hook = Sql | ((run: HookRun) => void | Promise<void>);

export function isHook(value: unknown): value is Hook {
  return value instanceof Sql || typeof value === 'function';
}
