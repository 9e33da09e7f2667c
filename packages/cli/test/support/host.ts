import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { environment, type Finished, type RunOptions } from './run-matinee.js';

const program = fileURLToPath(new URL('./host.mjs', import.meta.url));

interface Answer {
  readonly id: number;
  readonly error?: string;
}

/** A process that has loaded the command line and runs one command after another: see host.mjs. */
class Host {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, { resolve(answer: Answer): void; reject(error: Error): void }>();
  #last: Promise<unknown> = Promise.resolve();
  #asked = 0;
  isGone = false;

  constructor() {
    this.#child = fork(program, {
      env: environment(),
      execArgv: [],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    // The tests' process ends without it, and it with the tests' process.
    this.#child.unref();
    this.#child.channel?.unref();
    this.#child.on('message', (answer: Answer) => {
      this.#waiting.get(answer.id)?.resolve(answer);
      this.#waiting.delete(answer.id);
    });
    this.#child.on('exit', (code, signal) => {
      this.isGone = true;
      for (const { reject } of this.#waiting.values())
        reject(new Error(`The host ended: ${signal ?? code}.`));
    });
  }

  /** Has a task done once those before it are. @throws Error of a task that broke off. */
  do(task: object): Promise<Answer> {
    const done = this.#last.then(async () => {
      const answer = await new Promise<Answer>((resolve, reject) => {
        const id = ++this.#asked;
        this.#waiting.set(id, { resolve, reject });
        this.#child.send({ id, ...task });
      });
      if (answer.error !== undefined) throw new Error(answer.error);
      return answer;
    });
    this.#last = done.catch(() => undefined);
    return done;
  }
}

let shared: Host | undefined;

function host(): Host {
  if (!shared || shared.isGone) shared = new Host();
  return shared;
}

/** Runs a command in a process that all commands of these tests share. The code of its workspace must stay as it is. */
export async function runInHost(args: readonly string[], { cwd, env }: RunOptions = {}): Promise<Finished> {
  const answer = await host().do({ args, cwd: cwd ?? process.cwd(), env: environment(env) });
  const { code, stdout, stderr } = answer as unknown as Finished;
  return { code, stdout, stderr };
}

/** Brings `dist/` of packages in step, so that a command in a process of its own need not load a compiler for it. */
export async function stripInHost(folders: readonly string[]): Promise<void> {
  await host().do({ strip: folders });
}
