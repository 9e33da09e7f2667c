import type { LoadRequest, Source } from '@matinee/core';
import { loadTargets } from '../../src/load/load-targets.js';
import { Folder } from '../../src/places/folder.js';
import { SnowflakeIntake, type Stager } from '../../src/snowflake/snowflake-intake.js';
import { survey } from '../../src/survey/survey.js';
import { Lab, openLab } from './lab.js';
import { SnowflakeDouble } from './snowflake-double.js';

/** A lab that loads by Snowflake's statements, in DuckDB. */
export class SnowflakeLab extends Lab {
  /** The statements of the last load. */
  statements: readonly string[] = [];

  override async load(
    folder: string,
    sources: readonly Source[],
    options: Partial<Pick<LoadRequest, 'maxRejects' | 'loadId'>> = {},
  ) {
    const place = new Folder(folder);
    const delivery = await survey(place, sources);
    const session = await SnowflakeDouble.open(this.session, folder);
    await session.execute('create schema if not exists "WORK"');
    for (const { name } of sources) await session.execute(`drop table if exists ${name}`);
    const targets = sources.map((source) => ({
      source,
      table: `"${source.name.toUpperCase()}"`,
      files: delivery.files.filter((file) => file.source === source.name),
    }));
    const request: LoadRequest = {
      targets,
      session,
      loadId: 'load-1',
      maxRejects: { rows: 0 },
      rejectsTable: '"REJECTED"',
      ...options,
    };
    const stager: Stager = {
      stage: async () => ({ place: folder, location: '@"WORK"."FILES"/', nameOf: (path) => path }),
      requireUnchanged: async () => undefined,
      close: async () => undefined,
    };
    const intake = new SnowflakeIntake(request, stager, '"WORK"');
    try {
      return await loadTargets({ request, place, dialect: 'snowflake', intake }, targets);
    } finally {
      await intake.close();
      this.statements = session.statements;
    }
  }
}

export async function openSnowflakeLab(): Promise<SnowflakeLab> {
  const { session, temporaryFolder } = await openLab();
  return new SnowflakeLab(session, temporaryFolder);
}
