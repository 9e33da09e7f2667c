import type { Terminal } from '../../src/output/terminal.js';
import { plain } from './plain-colors.js';

/** A terminal that remembers what was written to it. */
export interface Recorder extends Terminal {
  readonly outs: string[];
  readonly errs: string[];
  readonly raws: string[];
}

export function recorder(change: Partial<Terminal> = {}): Recorder {
  const outs: string[] = [];
  const errs: string[] = [];
  const raws: string[] = [];
  return {
    outs,
    errs,
    raws,
    colors: plain,
    json: false,
    animated: false,
    columns: 80,
    out: (line) => outs.push(line),
    err: (line) => errs.push(line),
    raw: (text) => raws.push(text),
    errRaw: () => undefined,
    ...change,
  };
}
