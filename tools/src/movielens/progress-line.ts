import type { GenerateProgress } from './options.js';

/** A place to print progress to; standard error satisfies it. */
export interface ProgressOutput {
  readonly isTTY?: boolean | undefined;
  write(text: string): unknown;
}

const TERMINAL_EVERY_MS = 200;
const HEARTBEAT_EVERY_MS = 10_000;

const grouped = (number: number): string => number.toLocaleString('en-US');

/**
 * Shows progress: on a terminal one line that is written over, elsewhere a plain line at most every ten seconds, so
 * that short runs print nothing and long ones show that they are alive.
 */
export class ProgressLine {
  private readonly output: ProgressOutput;
  private readonly now: () => number;
  private readonly begun: number;
  private last: number;
  private shown = 0;

  /** @param now milliseconds on a clock that only moves forward */
  constructor(output: ProgressOutput, now: () => number = () => performance.now()) {
    this.output = output;
    this.now = now;
    this.begun = now();
    this.last = this.begun;
  }

  update({ table, tableRows, rowsDone, rowsInAll }: GenerateProgress): void {
    const time = this.now();
    if (time - this.last < (this.output.isTTY ? TERMINAL_EVERY_MS : HEARTBEAT_EVERY_MS)) return;
    this.last = time;
    const share = Math.floor((100 * rowsDone) / rowsInAll);
    const seconds = Math.round((time - this.begun) / 1000);
    const text = `${table}: ${grouped(tableRows)} rows; ${share}% of all, ${seconds} s`;
    if (!this.output.isTTY) {
      this.output.write(`${text}\n`);
      return;
    }
    this.output.write(`\r${text.padEnd(this.shown)}`);
    this.shown = text.length;
  }

  /** Wipes the line that is written over, if there is one. */
  clear(): void {
    if (this.shown > 0) this.output.write(`\r${' '.repeat(this.shown)}\r`);
    this.shown = 0;
  }
}
