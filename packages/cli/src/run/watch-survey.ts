import type { RunEvent } from '@matinee/core';
import { LiveLine } from '../output/live-line.js';
import type { Terminal } from '../output/terminal.js';
import { StoreText } from './store-text.js';

/**
 * Shows how the look at a delivery goes while something is planned. Lines of a log go to stderr, for the plan is what goes to
 * stdout.
 */
export async function watchSurvey<T>(
  terminal: Terminal,
  work: (onEvent: (event: RunEvent) => void) => Promise<T>,
): Promise<T> {
  if (terminal.json) return work(() => undefined);
  const store = new StoreText(() => performance.now() / 1000);
  const live = new LiveLine({ terminal, describe: () => store.describe(), heartbeat: terminal.err });
  live.start();
  try {
    return await work((event) => {
      if (event.type === 'survey_progress') store.survey(event.progress);
      if (event.type === 'store_retry') store.retry(event.retry);
    });
  } finally {
    live.stop();
  }
}
