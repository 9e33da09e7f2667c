/** The emulator in a process of its own. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import type { Engine } from './engine.js';
import type { EmulatedUser } from './protocol/users.js';
import { startEmulator } from './server.js';

const HELP = `Usage: node tools/bin/snowflake-emulator.mjs [options]

Speaks Snowflake's protocol on this machine. Prints {"url": …} once it answers, and ends when standard input is closed or it is
interrupted.

  --database <name>   a database that is there; may be repeated (default: MATINEE)
  --buckets <folder>  what external stages see: s3://films/ml is films/ml in it
  --engine <module>   JavaScript that exports openEngine(): another engine than the one on DuckDB
  --port <n>          where to listen (default: a free port)
  --account <name>    the account's name (default: any will do)
  --users <file>      JSON: [{"name", "password", "publicKeys", "accessTokens", "oauthTokens"}] (default: MATINEE, password matinee)
  --patience <ms>     how long an answer waits for a statement that still runs (default: 45000)
  --real-digits <n>   significant digits of doubles in results (default: 17, which lose nothing)
  --help              this text
`;

const OPTIONS = {
  database: { type: 'string', multiple: true },
  buckets: { type: 'string' },
  engine: { type: 'string' },
  port: { type: 'string', default: '0' },
  account: { type: 'string' },
  users: { type: 'string' },
  patience: { type: 'string', default: '45000' },
  'real-digits': { type: 'string', default: '17' },
  help: { type: 'boolean', default: false },
} as const;

/** What an engine's module exports. */
interface EngineModule {
  openEngine(): Promise<Engine>;
}

/** Runs until it is told to end. @returns the process's exit code */
export async function serve(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: OPTIONS });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const engine = await engineOf(values);
  const emulator = await startEmulator({
    engine,
    users: await usersOf(values.users),
    ...(values.account === undefined ? {} : { account: values.account }),
    port: Number(values.port),
    patience: Number(values.patience),
    realDigits: Number(values['real-digits']),
  });
  process.stdout.write(`${JSON.stringify({ url: emulator.url })}\n`);
  await toldToEnd();
  await emulator.close();
  await engine.close();
  return 0;
}

async function engineOf(values: {
  readonly engine?: string | undefined;
  readonly database?: readonly string[] | undefined;
  readonly buckets?: string | undefined;
}): Promise<Engine> {
  if (values.engine === undefined) {
    const { DuckDbEngine, folderBuckets } = await import('./engine/index.js');
    return DuckDbEngine.open({
      databases: (values.database ?? ['MATINEE']).map((name) => name.toUpperCase()),
      ...(values.buckets !== undefined && { stageFiles: folderBuckets(values.buckets) }),
    });
  }
  const module: EngineModule = await import(pathToFileURL(resolve(values.engine)).href);
  return module.openEngine();
}

async function usersOf(file: string | undefined): Promise<readonly EmulatedUser[]> {
  if (file === undefined) return [{ name: 'MATINEE', password: 'matinee' }];
  const users: unknown = JSON.parse(await readFile(file, 'utf8'));
  if (Array.isArray(users) && users.every(({ name }) => typeof name === 'string')) return users;
  throw new TypeError(`${file} is no list of users with names.`);
}

function toldToEnd(): Promise<void> {
  return new Promise((done) => {
    const end = (): void => {
      process.stdin.destroy();
      done();
    };
    process.stdin.once('end', end).resume();
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, end);
  });
}
