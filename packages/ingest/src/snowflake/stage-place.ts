import { LoadError, MatineeError, type Session, type WarehouseRow } from '@matinee/core';
import { fileChanged } from '../places/file-changed.js';
import type { FileFacts, ListedFile, Place, WantedFile } from '../places/place.js';
import { copyFailed } from './copy-errors.js';
import type { Stage } from './stage.js';
import { literal } from './text.js';

/** So many lines are read to tell the shape of a file. */
const HEAD_LINES = 200;

/**
 * The files of a stage, seen through Snowflake: nothing but names and first lines comes here, and this machine need not be able
 * to reach the bucket.
 */
export class StagePlace implements Place {
  readonly name: string;
  readonly unpacksHeads = true;
  readonly #session: Session;
  readonly #stage: Stage;

  constructor(session: Session, stage: Stage) {
    this.name = stage.url;
    this.#session = session;
    this.#stage = stage;
  }

  async list(folders: ReadonlySet<string>): Promise<readonly ListedFile[]> {
    const rows = await this.#ask(`list ${this.#stage.location()}`);
    const files = rows.map((row) => this.#listed(row));
    if (files.length === 0) throw this.#nothing();
    return files.filter(({ path }) => {
      const [folder = '', ...inside] = path.split('/');
      return !path.endsWith('/') && (inside.length === 0 || folders.has(folder));
    });
  }

  async look(path: string): Promise<FileFacts> {
    const rows = await this.#ask(`list ${this.#stage.location(path)}`);
    const found = rows.map((row) => this.#listed(row)).find((file) => file.path === path);
    if (found) return found.facts;
    throw copyFailed(this.locate(path), 'The stage does not hold it.');
  }

  async head({ path }: WantedFile): Promise<Buffer> {
    const rows = await this.#ask(
      `select metadata$file_row_number as line, $1 as content
from ${this.#stage.location(path)} (file_format => ${literal(this.#stage.format)})
where metadata$file_row_number <= ${HEAD_LINES} limit ${HEAD_LINES}`,
    );
    const lines = rows.toSorted((one, other) => Number(one.line) - Number(other.line));
    return Buffer.from(lines.map(({ content }) => `${content ?? ''}\n`).join(''));
  }

  /** Nothing of a stage comes to this machine. */
  async bringLocal({ path }: WantedFile): Promise<string> {
    throw copyFailed(this.locate(path), 'It is read where it lies.');
  }

  async requireUnchanged({ path, version }: WantedFile): Promise<void> {
    if ((await this.look(path)).version !== version) throw fileChanged(path, this.locate(path));
  }

  locate(path: string): string {
    return `${this.name}${path}`;
  }

  #listed({ name, size, md5, last_modified }: WarehouseRow): Required<ListedFile> {
    const path = String(name);
    const modified = new Date(String(last_modified));
    return {
      path: path.startsWith(this.name) ? path.slice(this.name.length) : path,
      facts: {
        bytes: Number(size),
        modifiedAt: Number.isNaN(modified.getTime()) ? String(last_modified) : modified.toISOString(),
        version: md5 === null || md5 === undefined ? `${size}-${last_modified}` : String(md5),
      },
    };
  }

  async #ask(sql: string): Promise<readonly WarehouseRow[]> {
    return this.#session.query(sql).catch((error: unknown) => {
      const isRefused = error instanceof MatineeError && error.code === 'STATEMENT_FAILED';
      throw isRefused ? copyFailed(this.name, error.message, error) : error;
    });
  }

  #nothing(): LoadError {
    return new LoadError('LOAD_S3_PREFIX_EMPTY', `There is nothing under ${this.name}.`, {
      location: { file: this.name },
      hint: 'Name the prefix under which the delivered files lie: capital and small letters count.',
    });
  }
}
