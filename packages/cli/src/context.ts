import type { Terminal } from './output/terminal.js';
import type { TypeStripper } from './workspace/type-stripper.js';

/** What a command gets handed in by the process it runs in. */
export interface Context {
  readonly terminal: Terminal;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly stripper: TypeStripper;
  /** The arguments after `matinee`, for messages. */
  readonly argv: readonly string[];
  readonly interrupts: Interrupts;
  /** Set as soon as the workspace is found: errors are told relative to it. */
  root: string | undefined;
}

/** What SIGINT, SIGTERM and SIGHUP do. */
export interface Interrupts {
  readonly signal: AbortSignal;
  /** Of an interrupted command: 130 by SIGINT, 143 by SIGTERM, 129 by SIGHUP. */
  readonly exitCode: number;
  /** From now on the first one aborts {@link Interrupts.signal} and only the second one ends the process. */
  catchFirst(onFirst: () => void): void;
}

/** Takes the exit code of a command that has one of its own. */
export type Finish = (exitCode: number) => void;
