import { setTimeout as wait } from 'node:timers/promises';
import { type Fault, isSilence, isTransient, isUnreachable } from './fault.js';
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

/** Where nobody answers, most likely nobody is there: waiting long would only delay the news. */
const ATTEMPTS_TO_REACH = 4;

/** How often in a row something is tried that fails in this way. */
export function attemptsFor(fault: Fault, { attempts }: Patience): number {
  if (!isTransient(fault)) return 1;
  return isUnreachable(fault) || isSilence(fault) ? Math.min(ATTEMPTS_TO_REACH, attempts) : attempts;
}

/**
 * How long to wait after so many failures in a row: any time up to a limit that doubles with each. Were it a fixed time,
 * all who were turned away together would come back together.
 */
export function waitAfter(failures: number, { firstWait, longestWait, random }: Patience): number {
  return random() * Math.min(firstWait * 2 ** (failures - 1), longestWait);
}
