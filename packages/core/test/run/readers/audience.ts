import { expect } from 'vitest';
import type { BuildOptions, RunStatus } from '../../../src/index.js';
import { temporaryFolder } from '../../support/files.js';
import { type Lab, openLab, openSession } from '../../support/lab.js';
import { type Look, Reader } from './reader.js';
import { delivered, stamped, type Version } from './stamped.js';

export interface Build extends Version, Pick<Partial<BuildOptions>, 'fullRefresh' | 'atomic' | 'threads'> {
  readonly status?: RunStatus;
}

/** A warehouse, and a reader of it that looks on while versions of the stamped project are built. */
export class Audience {
  readonly #lab: Lab;
  readonly #looks: readonly Look[];
  readonly #reader: Reader;
  readonly #folder = temporaryFolder();
  readonly #looksAtBuilds: number[] = [];
  /** How many times something was seen in its old and in its new version while it was being built. */
  #old = 0;
  #new = 0;

  private constructor(lab: Lab, looks: readonly Look[], reader: Reader) {
    this.#lab = lab;
    this.#looks = looks;
    this.#reader = reader;
  }

  /** With version 0 built. */
  static async open(looks: readonly Look[]): Promise<Audience> {
    const lab = await openLab();
    const audience = new Audience(lab, looks, new Reader(await openSession(lab.warehouse), looks));
    await audience.#build({ version: 0 });
    return audience;
  }

  /**
   * Builds while the reader looks on, which must see nothing but whole versions, and of each thing the old one and then the
   * new one: the version that is built, except for what is listed.
   */
  async watch(build: Build, except: Readonly<Record<string, number>> = {}): Promise<void> {
    const before = await this.#reader.once();
    const { looks, seen } = await this.#reader.during(() => this.#build(build));
    const after = await this.#reader.once();
    expect(this.#reader.complaints).toEqual([]);
    const versions = Object.fromEntries(this.#looks.map(({ name }) => [name, build.version]));
    expect(after).toEqual({ ...versions, ...except });
    this.#looksAtBuilds.push(looks);
    for (const [name, versions] of seen) {
      const [from, to] = [before[name], after[name]];
      expect([[from], [to], [from, to]], name).toContainEqual(versions);
      if (from === to) continue;
      this.#old += Number(versions[0] === from);
      this.#new += Number(versions.at(-1) === to);
    }
  }

  /**
   * The reader did look during every build, and while things changed. What is published at the very end it may have seen
   * in its new version only afterwards.
   */
  expectAttention({ sawNew = true } = {}): void {
    expect(Math.min(...this.#looksAtBuilds)).toBeGreaterThanOrEqual(3);
    expect(this.#old).toBeGreaterThan(0);
    if (sawNew) expect(this.#new).toBeGreaterThan(0);
  }

  async #build({ status = 'ok', version, fault, materialized, ...options }: Build): Promise<void> {
    const one = { version, fault, ...(materialized && { materialized }) };
    const result = await this.#lab.build(stamped(one, this.#folder), { rows: delivered(one), ...options });
    expect(result.status).toBe(status);
  }
}
