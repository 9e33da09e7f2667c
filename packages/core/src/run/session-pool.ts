import type { Session, Warehouse } from '../adapters/adapter.js';

/** Sessions that are lent out one at a time each, opened when needed and kept until the pool is closed. */
export class SessionPool {
  readonly #warehouse: Warehouse;
  readonly #free: Session[] = [];
  readonly #all = new Set<Session>();

  constructor(warehouse: Warehouse) {
    this.#warehouse = warehouse;
  }

  async use<T>(work: (session: Session) => Promise<T>): Promise<T> {
    const session = this.#free.pop() ?? (await this.#open());
    try {
      return await work(session);
    } finally {
      this.#free.push(session);
    }
  }

  interrupt(): void {
    for (const session of this.#all) session.interrupt();
  }

  async close(): Promise<void> {
    for (const session of this.#all) await session.close();
    this.#all.clear();
    this.#free.length = 0;
  }

  async #open(): Promise<Session> {
    const session = await this.#warehouse.openSession();
    this.#all.add(session);
    return session;
  }
}
