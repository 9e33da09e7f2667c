import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openDuckDb, withSession } from '@matinee/core';
import { runInHost, stripInHost } from './host.js';
import { type Finished, type RunOptions, runMatinee, startMatinee } from './run-matinee.js';
import { shop } from './shop.js';

const packages = fileURLToPath(new URL('../../..', import.meta.url));

/** One line of a command's JSON. */
// biome-ignore lint/suspicious/noExplicitAny: tests look into it as they like
export type Event = { readonly type: string } & Record<string, any>;

const copied = [
  'packages',
  'data',
  'target',
  '.matinee',
  'matinee.config.ts',
  'package.json',
  'pnpm-workspace.yaml',
];

const domains = ['models-base', 'models-sales'];
const CONFIG = 'matinee.config.ts';

const FCT = 'packages/models-sales/src/marts/fct_countries.ts';
const FAST = 'group by country_name';
/** Waits without work for other processors to do. */
const SLOW = 'where (select count(sleep_ms(600000)) from range(1)) >= 0\n    ';

/** A workspace of its own in a temporary folder, with the engine linked into it. */
export class TestWorkspace {
  readonly root = realpathSync(mkdtempSync(join(tmpdir(), 'matinee-cli-')));
  readonly database = join(this.root, 'target/shop.duckdb');
  /** The code that the shared process has loaded; undefined before the first command. */
  #loaded: string | undefined;

  /** @param template another workspace whose state is taken over, warehouse included. */
  constructor(template?: TestWorkspace) {
    if (template) this.#copy(template);
    else this.#writeShop();
    this.#link('node_modules/@matinee/core', join(packages, 'core'));
    this.#link('node_modules/@matinee/ingest', join(packages, 'ingest'));
    this.#link('node_modules/@matinee/powerbi', join(packages, 'powerbi'));
    for (const name of domains) {
      this.#link(`node_modules/@shop/${name}`, join(this.root, 'packages', name));
    }
  }

  /** Runs a command to its end; in a process of its own only if the code is not what it was when a command first ran. */
  async run(args: readonly string[], options: RunOptions = {}): Promise<Finished> {
    const code = this.#code();
    this.#loaded ??= code;
    if (code === this.#loaded) return runInHost(args, { cwd: this.root, ...options });
    await stripInHost(domains.map((name) => join(this.root, 'packages', name)));
    return runMatinee(args, { cwd: this.root, ...options });
  }

  start(args: readonly string[], options: RunOptions = {}): ReturnType<typeof startMatinee> {
    return startMatinee(args, { cwd: this.root, ...options });
  }

  /** Runs a command with `--json`. */
  async events(args: readonly string[], options: RunOptions = {}): Promise<readonly Event[]> {
    const { stdout } = await this.run([...args, '--json'], options);
    return stdout
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Event);
  }

  /** Rows of a query on what is published. */
  async rows(sql: string): Promise<readonly unknown[]> {
    const { stdout } = await this.run(['show', '--inline', sql, '--json', '--limit', '1000']);
    return stdout
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as unknown);
  }

  /** Runs statements in the warehouse behind Matinee's back. */
  async execute(...statements: readonly string[]): Promise<void> {
    const warehouse = await openDuckDb({ path: this.database });
    await withSession(warehouse, async (session) => {
      for (const statement of statements) await session.execute(statement);
    }).finally(() => warehouse.close());
  }

  /** Code gets a time stamp that has passed, for what is this young is made JavaScript of once more by the next command. */
  write(file: string, text: string): void {
    const path = join(this.root, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    const before = Date.now() / 1000 - 60;
    if (file === CONFIG || file.startsWith('packages/')) utimesSync(path, before, before);
  }

  read(file: string): string {
    return readFileSync(join(this.root, file), 'utf8');
  }

  /** Changes a file by replacing a text that stands in it. */
  replace(file: string, from: string, to: string): void {
    const text = this.read(file);
    if (!text.includes(from)) throw new Error(`${file} holds no '${from}'.`);
    this.write(file, text.replace(from, to));
  }

  delete(file: string): void {
    rmSync(join(this.root, file));
  }

  /** Makes the next build load another order and take minutes over `fct_countries`. */
  makeSlow(): void {
    this.replace(FCT, FAST, `${SLOW}${FAST}`);
    this.write('data/orders.csv', 'order_id,country_code,amount\n9,it,1\n');
  }

  /** Undoes {@link makeSlow} but for the orders. */
  makeFast(): void {
    this.replace(FCT, SLOW, '');
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }

  /** All that a command imports of this workspace. */
  #code(): string {
    const files = domains.flatMap((name) =>
      readdirSync(join(this.root, 'packages', name, 'src'), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map(({ parentPath, name }) => join(parentPath, name)),
    );
    return [join(this.root, CONFIG), ...files]
      .map((file) => `${file}\n${readFileSync(file, 'utf8')}`)
      .join('\n');
  }

  /** Whole seconds survive copying, so that the files of a copied workspace count as those that were loaded. */
  #writeShop(): void {
    for (const [file, text] of Object.entries(shop)) this.write(file, text);
    const delivered = Math.floor(Date.now() / 1000) - 60;
    utimesSync(join(this.root, 'data/orders.csv'), delivered, delivered);
  }

  #copy({ root }: TestWorkspace): void {
    for (const path of copied.filter((name) => existsSync(join(root, name)))) {
      cpSync(join(root, path), join(this.root, path), { recursive: true, preserveTimestamps: true });
    }
  }

  #link(path: string, target: string): void {
    mkdirSync(dirname(join(this.root, path)), { recursive: true });
    symlinkSync(target, join(this.root, path), 'junction');
  }
}
