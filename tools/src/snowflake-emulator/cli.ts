/** The emulator in a process of its own. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import type { Engine } from './engine.js';
import type { EmulatedUser } from './protocol/users.js';
import { startEmulator } from './server.js';

const HELP = `Usage: node tools/bin/snowflake-emulator.mjs --engine <module> [options]

Speaks Snowflake's protocol on this machine. Prints {"url": …} once it answers, and ends when standard input is closed or it is
interrupted.

  --engine <module>   JavaScript that exports openEngine(): what executes the statements
  --port <n>          where to listen (default: a free port)
  --account <name>    the account's name (default: any will do)
  --users <file>      JSON: [{"name", "password", "publicKeys", "accessTokens", "oauthTokens"}] (default: MATINEE, password matinee)
  --patience <ms>     how long an answer waits for a statement that still runs (default: 45000)
  --real-digits <n>   significant digits of doubles in results (default: 17, which lose nothing)
  --help              this text
`;

const OPTIONS = {
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
  if (values.help || values.engine === undefined) {
    (values.help ? process.stdout : process.stderr).write(HELP);
    return values.help ? 0 : 2;
  }
  const module: EngineModule = await import(pathToFileURL(resolve(values.engine)).href);
  const engine = await module.openEngine();
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
