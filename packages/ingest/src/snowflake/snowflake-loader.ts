import {
  type Delivery,
  type KnownFile,
  type LoadedSource,
  type LoadRequest,
  type Source,
  type SourceLoader,
  type StageConfig,
  type SurveyWatch,
  UsageError,
  type Warehouse,
  withSession,
} from '@matinee/core';
import { loadTargets } from '../load/load-targets.js';
import { removeOldWorkspaces } from '../load/workspace.js';
import { openPlace } from '../places/open-place.js';
import type { Place } from '../places/place.js';
import { parseS3Url } from '../places/s3/address.js';
import { survey } from '../survey/survey.js';
import { PutStager } from './put-stager.js';
import { SnowflakeIntake, type Stager } from './snowflake-intake.js';
import { type AwsKeys, Stage } from './stage.js';
import { StagePlace } from './stage-place.js';
import { StageStager } from './stage-stager.js';
import { quote } from './text.js';

export interface SnowflakeLoaderOptions {
  /** Through which a bucket is looked at. */
  readonly warehouse: Pick<Warehouse, 'openSession'>;
  /** The schema where a load makes what it needs for itself; it is made if need be. */
  readonly schema: string;
  readonly stage?: StageConfig;
  /** Keys for Snowflake to read the bucket with, where there is no storage integration. */
  readonly keys?: AwsKeys;
  /** For what a load makes on the local disk, which is next to nothing. Default: the system's. */
  readonly temporaryFolder?: string;
}

/**
 * A loader of delivered files into raw tables of a Snowflake session. Files of a bucket are read where they lie; local ones are
 * uploaded first.
 *
 * @param place the path of a folder, its `file://` URL, or `s3://bucket/prefix`
 * @throws UsageError SOURCE_PLACE, SOURCE_S3, SOURCE_STAGE; SOURCE_ZIP for an archive, which Snowflake cannot look into.
 */
export function createSnowflakeLoader(place: string, options: SnowflakeLoaderOptions): SourceLoader {
  if (/\.zip$/i.test(place)) throw zipRefused(place);
  return /^s3:/i.test(place) ? new StageLoader(place, options) : new UploadLoader(openPlace(place), options);
}

/** Files that lie in a bucket. */
class StageLoader implements SourceLoader {
  readonly #stage: Stage;
  readonly #options: SnowflakeLoaderOptions;

  constructor(url: string, options: SnowflakeLoaderOptions) {
    this.#stage = new Stage(parseS3Url(url), { ...options, schema: quote(options.schema) });
    this.#options = options;
  }

  async survey(
    sources: readonly Source[],
    known: readonly KnownFile[] = [],
    signal?: AbortSignal,
    watch: SurveyWatch = {},
  ): Promise<Delivery> {
    return withSession(this.#options.warehouse, async (session) => {
      await this.#stage.open(session);
      return survey(new StagePlace(session, this.#stage), sources, known, signal, watch.onProgress);
    });
  }

  async load(request: LoadRequest): Promise<readonly LoadedSource[]> {
    await this.#stage.open(request.session);
    const place = new StagePlace(request.session, this.#stage);
    return loadWith(request, place, new StageStager(this.#stage, place), this.#options);
  }
}

/** Files of the local disk. */
class UploadLoader implements SourceLoader {
  readonly #place: Place;
  readonly #options: SnowflakeLoaderOptions;

  constructor(place: Place, options: SnowflakeLoaderOptions) {
    this.#place = place;
    this.#options = options;
  }

  async survey(
    sources: readonly Source[],
    known: readonly KnownFile[] = [],
    signal?: AbortSignal,
    watch: SurveyWatch = {},
  ): Promise<Delivery> {
    removeOldWorkspaces(this.#options.temporaryFolder);
    return survey(this.#place, sources, known, signal, watch.onProgress);
  }

  async load(request: LoadRequest): Promise<readonly LoadedSource[]> {
    const { schema, temporaryFolder } = this.#options;
    await request.session.execute(`create schema if not exists ${quote(schema)}`);
    const stager = new PutStager(request.session, this.#place, quote(schema), temporaryFolder);
    return loadWith(request, this.#place, stager, this.#options);
  }
}

async function loadWith(
  request: LoadRequest,
  place: Place,
  stager: Stager,
  { schema }: SnowflakeLoaderOptions,
): Promise<readonly LoadedSource[]> {
  const intake = new SnowflakeIntake(request, stager, quote(schema));
  try {
    return await loadTargets({ request, place, dialect: 'snowflake', intake }, request.targets);
  } finally {
    await intake.close();
  }
}

function zipRefused(place: string): UsageError {
  return new UsageError('SOURCE_ZIP', `Snowflake cannot look into the archive ${place}.`, {
    hint: 'Unpack it, and name the folder or the s3:// prefix that then holds its files.',
  });
}
