/** Sessions and their tokens: a short-lived one for requests, and a master token to renew it with. */
import { randomBytes } from 'node:crypto';
import type { EngineSession } from '../engine.js';
import type { Parameters } from './parameters.js';

export interface TokenLives {
  /** In seconds. */
  readonly session: number;
  readonly master: number;
}

export interface Session {
  readonly id: number;
  readonly user: string;
  readonly engine: EngineSession;
  /** As they were when the session began. */
  readonly parameters: Parameters;
  /** Of the statements that have been sent; the next begins when the last has ended. */
  queue: Promise<unknown>;
}

export interface Tokens {
  readonly token: string;
  readonly masterToken: string;
}

export type TokenState = 'invalid' | 'gone' | 'expired';

interface Issued {
  readonly session: Session;
  readonly kind: 'session' | 'master';
  expires: number;
}

export class Sessions {
  readonly #issued = new Map<string, Issued>();
  readonly #open = new Map<number, Session>();
  readonly #lives: TokenLives;
  readonly #now: () => number;
  #lastId = 0;

  constructor(lives: TokenLives, now: () => number) {
    this.#lives = lives;
    this.#now = now;
  }

  begin(user: string, engine: EngineSession, parameters: Parameters): { session: Session; tokens: Tokens } {
    const session: Session = { id: ++this.#lastId, user, engine, parameters, queue: Promise.resolve() };
    this.#open.set(session.id, session);
    return { session, tokens: this.#issue(session) };
  }

  /** Whose request it is, or why the token does not count. */
  find(token: string | undefined, kind: 'session' | 'master' = 'session'): Session | TokenState {
    const issued = token === undefined ? undefined : this.#issued.get(token);
    if (issued?.kind !== kind) return 'invalid';
    if (!this.#open.has(issued.session.id)) return 'gone';
    return issued.expires > this.#now() ? issued.session : 'expired';
  }

  /** New tokens for a session; the old ones end. */
  renew(session: Session): Tokens {
    for (const [token, issued] of this.#issued) if (issued.session === session) this.#issued.delete(token);
    return this.#issue(session);
  }

  /** Ends the session's short-lived token before its time. */
  expire(session: Session): void {
    for (const issued of this.#issued.values()) {
      if (issued.session === session && issued.kind === 'session') issued.expires = 0;
    }
  }

  /**
   * Forgets the session; its tokens are remembered as those of one that is gone. What it does is the caller's to end.
   *
   * @returns whether it was open
   */
  forget(session: Session): boolean {
    return this.#open.delete(session.id);
  }

  get open(): readonly Session[] {
    return [...this.#open.values()];
  }

  #issue(session: Session): Tokens {
    const [token, masterToken] = [secret(), secret()];
    const [now, lives] = [this.#now(), this.#lives];
    this.#issued.set(token, { session, kind: 'session', expires: now + lives.session * 1000 });
    this.#issued.set(masterToken, { session, kind: 'master', expires: now + lives.master * 1000 });
    return { token, masterToken };
  }
}

const secret = (): string => randomBytes(24).toString('base64url');
