import type { Session } from '@matinee/core';

/** What a check may use. The schema is its own, empty, and dropped afterwards. */
export interface CheckSite {
  readonly session: Session;
  /** A second conversation with the same account. */
  readonly other: Session;
  /** The quoted name of something in the check's schema. */
  name(relation: string): string;
  /** The schema as `relations` and `columns` of a session take it. */
  readonly schema: string;
}

/** Something that the adapter relies on, told as a fact. It throws if that is not so. */
export interface Check {
  readonly area: string;
  readonly fact: string;
  run(site: CheckSite): Promise<void>;
}

/** A list of facts of one area. */
export function checksOf(area: string, facts: Readonly<Record<string, Check['run']>>): readonly Check[] {
  return Object.entries(facts).map(([fact, run]) => ({ area, fact, run }));
}
