/** Types of what `index.mjs` exports, for tests. The modules themselves say more. */

export type Random = () => number;

/** What a build depends on; changed in place. */
export interface Inputs {
  readonly minAmount: number;
}

export interface Law {
  readonly name: string;
  readonly reads: readonly string[];
  readonly query: string;
}

/** What a reader from outside finds in a warehouse. */
export interface Observation {
  readonly error: string | undefined;
  readonly relations: ReadonlyMap<string, { readonly kind: string; readonly rows: number }>;
}

export interface Violation {
  readonly relation?: string;
  readonly what: string;
}

export declare class Workspace {
  readonly root: string;
  readonly database: string;
  write(inputs: Inputs): void;
  /** @returns where the copy is */
  keepCopy(database: string, name: string): string;
  remove(): void;
}

export declare const LAWS_AT_ANY_MOMENT: readonly Law[];
export declare const LAWS_AT_REST: readonly Law[];

export declare function randomOf(...seeds: number[]): Random;
export declare function firstInputs(random: Random, rows: number): Inputs;
export declare function changeOrders(inputs: Inputs, random: Random, count: number): void;
export declare function runBuild(
  workspace: Workspace,
  inputs: Inputs,
): Promise<{ readonly code: number | null; readonly errors: string }>;
export declare function observe(database: string, laws: readonly Law[]): Promise<Observation>;
export declare function judgeKilled(
  before: Observation,
  now: Observation,
  after: Observation,
): { readonly violations: readonly Violation[]; readonly outcome: 'old' | 'new' | 'mixed' | 'same' };
export declare function judgeFinished(
  before: Observation,
  now: Observation,
  after: Observation,
): readonly Violation[];
