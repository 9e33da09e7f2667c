import { cut } from './columns.js';
import type { Terminal } from './terminal.js';

const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const FRAME_MS = 100;
const HEARTBEAT_MS = 10_000;
const CLEAR = '\r\u001b[2K';

export interface LiveLineOptions {
  readonly terminal: Terminal;
  /** What is going on, in one line; undefined while nothing is. */
  readonly describe: () => string | undefined;
  /** Prints the line that says so in logs, every ten seconds. */
  readonly heartbeat: (text: string) => void;
}

/** Shows that something is going on: a line that moves on a terminal, a line now and then in a log. */
export class LiveLine {
  readonly #options: LiveLineOptions;
  #timer: NodeJS.Timeout | undefined;
  #frame = 0;
  #shown = false;

  constructor(options: LiveLineOptions) {
    this.#options = options;
  }

  start(): void {
    const { animated } = this.#options.terminal;
    clearInterval(this.#timer);
    this.#timer = setInterval(() => this.#tick(), animated ? FRAME_MS : HEARTBEAT_MS);
    this.#timer.unref();
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#clear();
  }

  /** Prints a line for good, above the moving one. */
  print(line: string): void {
    this.#clear();
    this.#options.terminal.out(line);
  }

  #tick(): void {
    const { terminal, describe, heartbeat } = this.#options;
    const text = describe();
    if (!terminal.animated) {
      if (text !== undefined) heartbeat(text);
      return;
    }
    this.#clear();
    if (text === undefined) return;
    this.#frame = (this.#frame + 1) % FRAMES.length;
    terminal.raw(terminal.colors.dim(cut(`${FRAMES[this.#frame]} ${text}`, terminal.columns - 1)));
    this.#shown = true;
  }

  #clear(): void {
    if (this.#shown) this.#options.terminal.raw(CLEAR);
    this.#shown = false;
  }
}
