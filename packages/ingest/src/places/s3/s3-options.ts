import type { S3Config, StoreRetry } from '@matinee/core';

/** How a bucket is reached, and how patiently. */
export interface S3Options extends S3Config {
  readonly patience?: Partial<Patience>;
  /** Called before something is tried again. */
  readonly onRetry?: (retry: StoreRetry) => void;
}

/** How long a store is waited for, and how often it is asked again. Times are milliseconds. */
export interface Patience {
  /** How often something is tried in a row without getting on. */
  readonly attempts: number;
  /** The longest wait before the second attempt; it doubles with each further one. */
  readonly firstWait: number;
  readonly longestWait: number;
  readonly connectTimeout: number;
  /** How long a connection may be silent. */
  readonly stallTimeout: number;
  /** Ends early, without an error, once the signal is raised. */
  readonly sleep: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
  /** From 0 to 1, 1 excluded. */
  readonly random: () => number;
}
