import { messageOf, type Session, type WarehouseRow } from '../../../src/index.js';

/** Something that a reader looks at: queries of one row each, in one transaction if they are several. */
export interface Look {
  readonly name: string;
  readonly queries: readonly string[];
  /** The version that the rows are of. @throws Error that says what no reader should ever see. */
  readonly versionOf: (rows: readonly WarehouseRow[]) => number;
}

/** What a reader saw while something went on. */
export interface Watched {
  /** How often it looked in all. */
  readonly looks: number;
  /** The versions it saw by look, in the order it saw them: 1, 1, 2, 2, 2 is 1, 2. */
  readonly seen: ReadonlyMap<string, readonly number[]>;
}

/** A dashboard that looks at everything in turn, as fast as it can, on a connection of its own. */
export class Reader {
  /** What should never have been seen, and errors of the engine. */
  readonly complaints: string[] = [];
  readonly #session: Session;
  readonly #looks: readonly Look[];

  constructor(session: Session, looks: readonly Look[]) {
    this.#session = session;
    this.#looks = looks;
  }

  /** Looks all the while until the work is done. */
  async during(work: () => Promise<void>): Promise<Watched> {
    let isDone = false;
    const working = work().finally(() => {
      isDone = true;
    });
    const seen = new Map<string, number[]>();
    let looks = 0;
    for (; !isDone; looks++) await this.#look(this.#looks[looks % this.#looks.length] as Look, seen);
    await working;
    return { looks, seen };
  }

  /** Looks at everything once. @returns the version of each. */
  async once(): Promise<Readonly<Record<string, number | undefined>>> {
    const seen = new Map<string, number[]>();
    for (const look of this.#looks) await this.#look(look, seen);
    return Object.fromEntries(this.#looks.map(({ name }) => [name, seen.get(name)?.[0]]));
  }

  async #look({ name, queries, versionOf }: Look, seen: Map<string, number[]>): Promise<void> {
    try {
      const version = versionOf(await this.#read(queries));
      const versions = seen.get(name) ?? [];
      seen.set(name, versions.at(-1) === version ? versions : [...versions, version]);
    } catch (error) {
      this.complaints.push(`${name}: ${messageOf(error)}`);
    }
  }

  async #read(queries: readonly string[]): Promise<readonly WarehouseRow[]> {
    const rows: WarehouseRow[] = [];
    const readAll = async () => {
      for (const query of queries) rows.push(...(await this.#session.query(query)));
    };
    await (queries.length === 1 ? readAll() : this.#session.transaction(readAll));
    return rows;
  }
}
