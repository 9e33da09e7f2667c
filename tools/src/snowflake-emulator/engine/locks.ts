import { SnowflakeError } from '../engine.js';

/** `shared` for statements that only add rows; `exclusive` for those that change or replace what is there. */
export type LockMode = 'shared' | 'exclusive';

/** A session that may hold locks. */
export interface LockOwner {
  /** Rolls back a transaction that has stood still for too long. */
  giveUpIdle(): void;
}

/** The locks of tables, held until their transaction ends. */
export class Locks {
  readonly #held = new Map<string, Map<LockOwner, LockMode>>();
  #wakers: (() => void)[] = [];

  /** Waits for a lock. @throws SnowflakeError 000625 after the time, 000604 when the statement is given up. */
  async acquire(
    owner: LockOwner,
    table: string,
    mode: LockMode,
    seconds: number,
    signal: AbortSignal,
  ): Promise<void> {
    const deadline = performance.now() + seconds * 1000;
    while (!this.#take(owner, table, mode)) {
      if (signal.aborted) throw cancelled();
      const left = deadline - performance.now();
      if (left <= 0)
        throw new SnowflakeError(
          '000625',
          '57014',
          `Statement has locked table '${table}' in another transaction: the lock was waited for ${seconds} s (LOCK_TIMEOUT).`,
        );
      for (const holder of this.#held.get(table)?.keys() ?? []) if (holder !== owner) holder.giveUpIdle();
      await this.#released(Math.min(left, 50));
    }
  }

  release(owner: LockOwner): void {
    for (const holders of this.#held.values()) holders.delete(owner);
    const wakers = this.#wakers;
    this.#wakers = [];
    for (const wake of wakers) wake();
  }

  #take(owner: LockOwner, table: string, mode: LockMode): boolean {
    const holders = this.#held.get(table) ?? new Map<LockOwner, LockMode>();
    this.#held.set(table, holders);
    const others = [...holders].filter(([other]) => other !== owner);
    if (others.some(([, held]) => held === 'exclusive' || mode === 'exclusive')) return false;
    if (holders.get(owner) !== 'exclusive') holders.set(owner, mode);
    return true;
  }

  #released(atMost: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, atMost);
      this.#wakers.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }
}

export function cancelled(): SnowflakeError {
  return new SnowflakeError('000604', '57014', 'SQL execution canceled');
}
