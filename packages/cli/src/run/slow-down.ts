import type { RunEvent } from '@matinee/core';

/** Progress comes with each piece of a file; programs need no more of it than this. */
const LEAST_SECONDS = 1;

/**
 * Says which events are worth a line: all but progress that follows other progress of the same thing within a second. The
 * last, with which it is complete, always is.
 *
 * @param clock seconds since any one moment
 */
export function slowDown(clock: () => number): (event: RunEvent) => boolean {
  const told = new Map<string, number>();
  return (event) => {
    const step = stepOf(event);
    if (!step) return true;
    const now = clock();
    const last = told.get(step.of);
    if (last !== undefined && now - last < LEAST_SECONDS && !step.isLast) return false;
    told.set(step.of, now);
    return true;
  };
}

function stepOf(event: RunEvent): { readonly of: string; readonly isLast: boolean } | undefined {
  if (event.type === 'load_progress') {
    const { source, bytesDone, bytesTotal } = event.progress;
    return { of: `load ${source}`, isLast: bytesDone === bytesTotal };
  }
  if (event.type === 'survey_progress') {
    const { filesDone, filesTotal } = event.progress;
    return { of: 'survey', isLast: filesDone === filesTotal };
  }
  return undefined;
}
