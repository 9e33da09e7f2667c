/** Runs Matinee on files of the benchmark. */
import { closeSync, copyFileSync, existsSync, fsyncSync, mkdirSync, openSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root, runNode } from '../run.mjs';
import { measure } from './measure.mjs';

const CLI = 'packages/cli/bin/matinee.mjs';
const FOLDER = join(root, 'target/bench');
const VARIABLES = JSON.stringify({ ratings_since: null });

/** The MovieLens data of one scale, and the DuckDB files made of it. */
export class Bench {
  #scale;

  /** @param {string} scale */
  constructor(scale) {
    this.#scale = scale;
    this.data = join(FOLDER, scale);
  }

  /** Makes the data unless they are there. @returns the exit code */
  async prepare() {
    mkdirSync(FOLDER, { recursive: true });
    if (existsSync(join(this.data, 'GENERATED.json'))) return 0;
    return runNode('tools/bin/generate-data.mjs', ['--out', this.data, '--scale', this.#scale]);
  }

  fileOf(name, extension = 'duckdb') {
    return join(FOLDER, `${this.#scale === '20m' ? name : `${name}-${this.#scale}`}.${extension}`);
  }

  /** The name of a DuckDB file that does not exist. */
  fresh(name) {
    const file = this.fileOf(name);
    for (const suffix of ['', '.wal']) rmSync(file + suffix, { force: true });
    return file;
  }

  /** A copy of a DuckDB file, on the disk to the last byte, so that writing it disturbs nothing that is measured. */
  copy(from, name) {
    const file = this.fresh(name);
    copyFileSync(from, file);
    const descriptor = openSync(file, 'r+');
    fsyncSync(descriptor);
    closeSync(descriptor);
    return file;
  }

  /**
   * `seconds` is what the engine tells of a build, `wall` its process from start to exit.
   *
   * @param {string} file
   * @param {string[]} options
   */
  build(file, options = [], settings = {}) {
    return this.run('build', file, options, settings);
  }

  /**
   * @param {'build' | 'load'} command
   * @param {{ recorded?: boolean, url?: string, env?: Record<string, string> }} settings `url`: where the data are, if not in
   * their folder
   */
  async run(command, file, options = [], { recorded = false, url = this.data, env = {} } = {}) {
    const args = [CLI, command, '--json', '--source', url, '--vars', VARIABLES, ...options];
    const { lines, ...measured } = await measure(args, { env: { ...env, MATINEE_DATABASE: file }, recorded });
    const { result } = lines.find((line) => line.type === 'run_finished');
    return { ...measured, seconds: result.seconds, result };
  }

  /** Names of the nodes of the project that fit. */
  async nodes(fits) {
    const { lines } = await measure([CLI, 'ls', '--json']);
    return lines.filter(fits).map(({ name }) => name);
  }
}
