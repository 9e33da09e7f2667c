import type { DeliveredFile } from '@matinee/core';
import { fileChanged } from '../places/file-changed.js';
import type { Stager } from './snowflake-intake.js';
import type { Stage } from './stage.js';
import type { StagePlace } from './stage-place.js';
import type { StagedFiles } from './staged-files.js';

/** Files that lie in a stage already. */
export class StageStager implements Stager {
  readonly #stage: Stage;
  readonly #place: StagePlace;

  constructor(stage: Stage, place: StagePlace) {
    this.#stage = stage;
    this.#place = place;
  }

  async stage(): Promise<StagedFiles> {
    return { place: this.#stage.url, location: this.#stage.location(), nameOf: (path) => path };
  }

  /** One listing tells of all. */
  async requireUnchanged(files: readonly DeliveredFile[]): Promise<void> {
    const folders = files.flatMap(({ path }) => (path.includes('/') ? [path.split('/')[0]!] : []));
    const listing = await this.#place.list(new Set(folders));
    const versions = new Map(listing.map(({ path, facts }) => [path, facts?.version]));
    for (const { path, version } of files)
      if (versions.get(path) !== version) throw fileChanged(path, this.#place.locate(path));
  }

  async close(): Promise<void> {}
}
