import { type CliArgs, HELP, readArgs } from './args.js';
import { GenerateError } from './errors.js';
import { type GeneratedSet, generateMovieLens } from './generate.js';
import { ProgressLine, type ProgressOutput } from './progress-line.js';

/** What the command touches besides the folder, handed in so that tests can watch it. */
export interface CliHost {
  readonly stdout: { write(text: string): unknown };
  readonly stderr: ProgressOutput;
  /** Calls back when the user or the system asks the command to stop; returns how to stop listening. */
  onInterrupt(callback: (exitCode: number) => void): () => void;
}

const SIGNALS = { SIGINT: 130, SIGTERM: 143 } as const;

export const PROCESS_HOST: CliHost = {
  stdout: process.stdout,
  stderr: process.stderr,
  onInterrupt(callback) {
    const listeners = Object.entries(SIGNALS).map(([name, code]) => [name, () => callback(code)] as const);
    for (const [name, listener] of listeners) process.on(name, listener);
    return () => {
      for (const [name, listener] of listeners) process.off(name, listener);
    };
  },
};

function summary(folder: string, { upToDate, spec, files, seconds }: GeneratedSet): string {
  const rows = files.map((file) => `${file.rows.toLocaleString('en-US')} ${file.table}`).join(', ');
  const what = `seed ${spec.seed}, ${spec.shape} shape${spec.gzip ? ', gzip' : ''}: ${rows}`;
  return upToDate
    ? `${folder} is up to date (${what})`
    : `made ${folder} in ${seconds.toFixed(1)} s (${what})`;
}

async function run(args: CliArgs, host: CliHost): Promise<number> {
  const cancel = new AbortController();
  let interrupted = 1;
  const stopListening = host.onInterrupt((exitCode) => {
    interrupted = exitCode;
    cancel.abort();
  });
  const line = new ProgressLine(host.stderr);
  const { out, scale, ratings, seed, shape, gzip } = args;
  const onProgress = args.quiet ? undefined : line.update.bind(line);
  try {
    const set = await generateMovieLens({
      out,
      scale,
      ratings,
      seed,
      shape,
      gzip,
      onProgress,
      signal: cancel.signal,
    });
    line.clear();
    if (!args.quiet) host.stdout.write(`${summary(out, set)}\n`);
    return 0;
  } catch (error) {
    line.clear();
    if (error instanceof GenerateError && error.code === 'cancelled') {
      host.stderr.write(`${error.message}\n`);
      return interrupted;
    }
    throw error;
  } finally {
    stopListening();
  }
}

/** Runs the command; resolves to the exit code: 0 done, 1 failed, 2 wrong usage, 130 or 143 interrupted. */
export async function main(args: readonly string[], host: CliHost = PROCESS_HOST): Promise<number> {
  try {
    const parsed = readArgs(args);
    if (parsed.help) {
      host.stdout.write(HELP);
      return 0;
    }
    return await run(parsed, host);
  } catch (error) {
    const usage = error instanceof GenerateError && error.code === 'usage';
    const message = error instanceof Error ? error.message : String(error);
    host.stderr.write(`generate-data: ${message}${usage ? ' (--help lists the options)' : ''}\n`);
    return usage ? 2 : 1;
  }
}
