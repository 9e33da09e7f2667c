/** Trouble that tests ask for: what a network, a load balancer or an account may do to a request. */

export type FaultKind =
  /** HTTP 503 and nothing done; `status` for another. */
  | 'unavailable'
  /** The connection is reset before anything is done. */
  | 'reset'
  /** Everything is done, but the connection is reset in place of the answer. */
  | 'lost-answer'
  /** Nothing is done and nothing answered until the client gives up. */
  | 'hang'
  /** The statement takes `milliseconds` longer, and can be cancelled meanwhile. */
  | 'slow'
  /** The session's token ends before its time: 390112 until it is renewed. */
  | 'token-expired'
  /** The session ends: 390111. */
  | 'session-gone'
  /** A refusal with `code`, `sqlState` and `message`; nothing is done. */
  | 'error';

export const FAULT_KINDS: readonly FaultKind[] = [
  'unavailable',
  'reset',
  'lost-answer',
  'hang',
  'slow',
  'token-expired',
  'session-gone',
  'error',
];

/** What must hold of a request, all of it. */
export interface Match {
  readonly path?: string;
  /** A piece of the statement, in either case. */
  readonly sql?: string;
  /** It is one of these sessions', by their ids. */
  readonly sessions?: readonly number[];
}

/** What is known of a request. */
interface Asked {
  readonly path: string;
  readonly sql: string | undefined;
  readonly session: number | undefined;
}

export interface Fault {
  readonly kind: FaultKind;
  /** Which requests it befalls: all, if this is left out. */
  readonly match?: Match;
  /** How many requests it befalls; 1 if this is left out. */
  readonly times?: number;
  /** How many matching requests are spared first. */
  readonly after?: number;
  readonly status?: number;
  readonly milliseconds?: number;
  readonly code?: string;
  readonly sqlState?: string;
  readonly message?: string;
}

/** @throws TypeError with what does not fit. */
export function checkFault(given: Readonly<Record<string, unknown>>): Fault {
  const { kind, match, times, after, milliseconds } = given;
  if (!FAULT_KINDS.some((known) => known === kind)) {
    throw new TypeError(`A fault's kind is one of ${FAULT_KINDS.join(', ')}, not ${JSON.stringify(kind)}.`);
  }
  for (const [name, count] of Object.entries({ times, after, milliseconds })) {
    if (count !== undefined && !(Number.isInteger(count) && Number(count) >= 0)) {
      throw new TypeError(`A fault's ${name} is a whole number, not ${JSON.stringify(count)}.`);
    }
  }
  if (match !== undefined && (typeof match !== 'object' || match === null)) {
    throw new TypeError('A fault is matched by an object: {"path": "…", "sql": "…"}.');
  }
  return given as unknown as Fault;
}

export class Faults {
  #waiting: { readonly fault: Fault; spared: number; left: number }[] = [];

  add(fault: Fault): void {
    this.#waiting.push({ fault, spared: fault.after ?? 0, left: fault.times ?? 1 });
  }

  clear(): void {
    this.#waiting = [];
  }

  /** Those that still wait for a request. */
  get waiting(): readonly Fault[] {
    return this.#waiting.map(({ fault, left }) => ({ ...fault, times: left }));
  }

  /** What befalls a request, in the order in which it was asked for. */
  take(asked: Asked): Fault | undefined {
    for (const waiting of this.#waiting) {
      if (!matches(waiting.fault, asked)) continue;
      if (waiting.spared-- > 0) continue;
      waiting.left -= 1;
      this.#waiting = this.#waiting.filter(({ left }) => left > 0);
      return waiting.fault;
    }
    return undefined;
  }
}

function matches({ match }: Fault, { path, sql, session }: Asked): boolean {
  if (match?.path !== undefined && !path.includes(match.path)) return false;
  if (match?.sessions && !match.sessions.some((id) => id === session)) return false;
  return match?.sql === undefined || (sql?.toLowerCase().includes(match.sql.toLowerCase()) ?? false);
}
