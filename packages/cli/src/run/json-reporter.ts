import type { RunEvent } from '@matinee/core';
import type { Terminal } from '../output/terminal.js';
import { relativeTo, toJson } from '../output/to-json.js';
import type { Reporter } from './reporter.js';
import { slowDown } from './slow-down.js';

/** One JSON object a line for every event, of progress once a second. */
export function jsonReporter(terminal: Terminal, root: string): Reporter {
  const isWorthALine = slowDown(() => performance.now() / 1000);
  return {
    event: (event: RunEvent) => {
      if (isWorthALine(event)) terminal.out(toJson(event, root));
    },
    interrupting: () => terminal.err('interrupted, rolling back…'),
    finish: async () => undefined,
    copying: () => undefined,
    copied: (path, copy) =>
      terminal.out(toJson({ type: 'copied', path: relativeTo(root, path), ...copy }, root)),
    close: () => undefined,
  };
}
