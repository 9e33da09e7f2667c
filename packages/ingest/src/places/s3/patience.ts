import { setTimeout as wait } from 'node:timers/promises';
import type { Patience } from './s3-options.js';

/** A store that throttles is given a minute or so to come round. */
export const PATIENCE: Patience = {
  attempts: 9,
  firstWait: 250,
  longestWait: 20_000,
  connectTimeout: 10_000,
  stallTimeout: 30_000,
  sleep: (milliseconds, signal) =>
    wait(milliseconds, undefined, signal ? { signal } : {}).catch(() => undefined),
  random: Math.random,
};

/**
 * How long to wait after so many failures in a row: any time up to a limit that doubles with each. Were it a fixed time,
 * all who were turned away together would come back together.
 */
export function waitAfter(failures: number, { firstWait, longestWait, random }: Patience): number {
  return random() * Math.min(firstWait * 2 ** (failures - 1), longestWait);
}
