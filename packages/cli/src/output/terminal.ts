import { type Colors, createColors, wantsColors } from './colors.js';

/** Where a command writes to. */
export interface Terminal {
  readonly colors: Colors;
  /** One JSON object a line on stdout, and nothing else there. */
  readonly json: boolean;
  /** The running line may move. */
  readonly animated: boolean;
  readonly columns: number;
  /** A line for people or, with `--json`, for programs. */
  out(line: string): void;
  /** A line on stderr. */
  err(line: string): void;
  /** Text on stderr as it is. */
  errRaw(text: string): void;
  /** Text on stdout as it is, such as control sequences. */
  raw(text: string): void;
}

interface Stream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
  on(event: 'error', listener: (error: NodeJS.ErrnoException) => void): unknown;
}

export interface TerminalOptions {
  readonly stdout: Stream;
  readonly stderr: Stream;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly json: boolean;
  readonly noColor: boolean;
}

/** What comes of writing to a pipe that nobody reads any more, and to a terminal that was closed. */
const HUNG_UP = new Set(['EPIPE', 'EIO']);

/** Writes to the process's streams. A reader that hangs up (`| head`, a closed terminal) silences it and stops nothing. */
export function openTerminal({ stdout, stderr, env, json, noColor }: TerminalOptions): Terminal {
  const isTerminal = stdout.isTTY === true;
  const write = (stream: Stream) => {
    let open = true;
    stream.on('error', (error) => {
      if (!HUNG_UP.has(error.code ?? '')) throw error;
      open = false;
    });
    return (text: string) => {
      if (open) stream.write(text);
    };
  };
  const out = write(stdout);
  const err = write(stderr);
  return {
    colors: createColors(wantsColors({ env, isTerminal, refused: noColor || json })),
    json,
    animated: isTerminal && !json && !env.CI && !env.NX_TASK_TARGET_PROJECT && env.TERM !== 'dumb',
    columns: isTerminal ? stdout.columns || 80 : Number.POSITIVE_INFINITY,
    out: (line) => out(`${line}\n`),
    err: (line) => err(`${line}\n`),
    raw: out,
    errRaw: err,
  };
}
