import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Finished, type RunOptions, runMatinee, startMatinee } from './run-matinee.js';
import { shop } from './shop.js';

const packages = fileURLToPath(new URL('../../..', import.meta.url));

const copied = [
  'packages',
  'data',
  'target',
  '.matinee',
  'matinee.config.ts',
  'package.json',
  'pnpm-workspace.yaml',
];

/** A workspace of its own in a temporary folder, with the engine linked into it. */
export class TestWorkspace {
  readonly root = realpathSync(mkdtempSync(join(tmpdir(), 'matinee-cli-')));
  readonly database = join(this.root, 'target/shop.duckdb');

  /** @param template another workspace whose state is taken over, warehouse included. */
  constructor(template?: TestWorkspace) {
    if (template) this.#copy(template);
    else for (const [file, text] of Object.entries(shop)) this.write(file, text);
    this.#link('node_modules/@matinee/core', join(packages, 'core'));
    this.#link('node_modules/@matinee/ingest', join(packages, 'ingest'));
    for (const name of ['models-base', 'models-sales']) {
      this.#link(`node_modules/@shop/${name}`, join(this.root, 'packages', name));
    }
  }

  run(args: readonly string[], options: RunOptions = {}): Promise<Finished> {
    return runMatinee(args, { cwd: this.root, ...options });
  }

  start(args: readonly string[], options: RunOptions = {}): ReturnType<typeof startMatinee> {
    return startMatinee(args, { cwd: this.root, ...options });
  }

  /** Rows of a query on what is published. */
  async rows(sql: string): Promise<readonly unknown[]> {
    const { stdout } = await this.run(['show', '--inline', sql, '--json', '--limit', '1000']);
    return stdout
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as unknown);
  }

  write(file: string, text: string): void {
    mkdirSync(dirname(join(this.root, file)), { recursive: true });
    writeFileSync(join(this.root, file), text);
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

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
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
