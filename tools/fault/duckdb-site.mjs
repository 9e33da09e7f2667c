/** Where builds are killed: a DuckDB file. */
import { existsSync } from 'node:fs';
import { duckDb } from './build.mjs';
import { observe } from './observe.mjs';
import { deleteDatabase } from './workspace.mjs';

export class DuckDbSite {
  /** A group's relations are published at one moment. */
  publishesAtOnce = true;
  #workspace;

  /** @param {import('./workspace.mjs').Workspace} workspace */
  constructor(workspace) {
    this.#workspace = workspace;
  }

  async open() {}

  async close() {}

  /** What a build of this place is given. */
  get build() {
    return duckDb(this.#workspace.database);
  }

  /** Whether a killed build has left something that the next reader has to take in. */
  hasLog() {
    return existsSync(`${this.#workspace.database}.wal`);
  }

  /** A process was killed: time passes. */
  async settle() {}

  /** Keeps what is published under a name, and looks at it. @returns {Promise<import('./observe.mjs').Observation>} */
  observe(name, laws) {
    this.#workspace.keepCopy(this.#workspace.database, name);
    return observe(this.#workspace.database, laws);
  }

  /** Away with all that is there. */
  async empty() {
    deleteDatabase(this.#workspace.database);
  }
}
