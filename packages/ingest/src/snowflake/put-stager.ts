import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { type DeliveredFile, LoadError, MatineeError, type Session } from '@matinee/core';
import { makeWorkspace } from '../load/workspace.js';
import type { Place } from '../places/place.js';
import type { Stager } from './snowflake-intake.js';
import { stageLocation } from './stage.js';
import type { StagedFiles } from './staged-files.js';
import { literal, quote } from './text.js';

/** Uploads files of the local disk into a stage that is gone with the session. */
export class PutStager implements Stager {
  readonly #session: Session;
  readonly #place: Place;
  readonly #temporaryFolder: string | undefined;
  /** Quoted. */
  readonly #stage: string;

  /** @param schema quoted: where the stage is made */
  constructor(session: Session, place: Place, schema: string, temporaryFolder: string | undefined) {
    this.#session = session;
    this.#place = place;
    this.#temporaryFolder = temporaryFolder;
    this.#stage = `${schema}.${quote('matinee_upload')}`;
  }

  async stage(
    files: readonly DeliveredFile[],
    onStaged: (file: DeliveredFile) => void,
  ): Promise<StagedFiles> {
    const names = new Map(files.map(({ path }, index) => [path, stagedName(path, index)]));
    const first = this.#place.locate(files[0]?.path ?? '');
    const { folder, remove } = await makeWorkspace(this.#temporaryFolder, first);
    try {
      await this.#session.execute(`create or replace temporary stage ${this.#stage}`);
      for (const file of files) {
        await this.#place.requireUnchanged(file);
        // PUT takes special characters in a path for patterns, so it gets a plain one.
        const link = join(folder, names.get(file.path)!);
        await symlink(await this.#place.bringLocal(file, folder), link);
        await this.#put(file, link);
        onStaged(file);
      }
    } finally {
      await remove();
    }
    return {
      place: this.#place.name,
      location: stageLocation(this.#stage, ''),
      nameOf: (path) => names.get(path)!,
    };
  }

  async requireUnchanged(files: readonly DeliveredFile[]): Promise<void> {
    for (const file of files) await this.#place.requireUnchanged(file);
  }

  async close(): Promise<void> {
    await this.#session.execute(`drop stage if exists ${this.#stage}`).catch(() => undefined);
  }

  async #put({ path }: DeliveredFile, link: string): Promise<void> {
    // The driver knows no NONE, though Snowflake does; by its name it sees that a file is plain.
    const compression = path.endsWith('.gz') ? 'gzip' : 'auto_detect';
    await this.#session
      .query(
        `put ${literal(`file://${link}`)} ${stageLocation(this.#stage, '')} auto_compress = false source_compression = ${compression} overwrite = true`,
      )
      .catch((error: unknown) => {
        if (!(error instanceof MatineeError) || error.code !== 'STATEMENT_FAILED') throw error;
        const file = this.#place.locate(path);
        throw new LoadError('LOAD_PUT', `${file} cannot be uploaded: ${error.message}`, {
          location: { file },
          hint: 'Look at the rights of the role on the schema, and at the way to the cloud store that Snowflake uses.',
          cause: error,
        });
      });
  }
}

/** Beside the order of the files it says no more than how they are compressed. */
function stagedName(path: string, index: number): string {
  return `${String(index + 1).padStart(6, '0')}.csv${path.endsWith('.gz') ? '.gz' : ''}`;
}
