import type {
  Delivery,
  KnownFile,
  LoadedSource,
  LoadRequest,
  Source,
  SourceLoader,
  SourceTarget,
  StoreRetry,
  SurveyWatch,
} from '@matinee/core';
import { DuckDbIntake } from './load/duckdb-intake.js';
import { loadTargets } from './load/load-targets.js';
import { LoadMeter } from './load/progress.js';
import { Staging } from './load/staging.js';
import { removeOldWorkspaces } from './load/workspace.js';
import { openPlace } from './places/open-place.js';
import type { Place } from './places/place.js';
import type { S3Options } from './places/s3/s3-options.js';
import { survey } from './survey/survey.js';

export interface LoaderOptions {
  /** Where temporary files go: what is fetched or unpacked, and copies of files with rejects. Default: the system's. */
  readonly temporaryFolder?: string;
  /** How buckets are reached. */
  readonly s3?: S3Options;
}

/**
 * A loader of delivered files into raw tables of a DuckDB session.
 *
 * @param place the path of the folder or `.zip` file that holds the files, its `file://` URL, `s3://bucket/prefix` or
 * `s3://bucket/file.zip`
 * @throws UsageError if it is none of them; whether it is there shows at the survey.
 */
export function createLoader(place: string, options: LoaderOptions = {}): SourceLoader {
  return new FileLoader(place, options);
}

class FileLoader implements SourceLoader {
  readonly #place: Place;
  readonly #options: LoaderOptions;
  #onStoreRetry: ((retry: StoreRetry) => void) | undefined;

  constructor(place: string, options: LoaderOptions) {
    this.#place = openPlace(place, { onRetry: (retry) => this.#onStoreRetry?.(retry), ...options.s3 });
    this.#options = options;
  }

  async survey(
    sources: readonly Source[],
    known: readonly KnownFile[] = [],
    signal?: AbortSignal,
    watch: SurveyWatch = {},
  ): Promise<Delivery> {
    // A survey comes first in every run, also in those that have nothing to load.
    removeOldWorkspaces(this.#options.temporaryFolder);
    this.#onStoreRetry = watch.onStoreRetry;
    return survey(this.#place, sources, known, signal, watch.onProgress);
  }

  /**
   * Loads the largest source first: it takes longest to come, and what is loaded once the last has come is a small one. Must
   * not run inside a transaction: what was rejected has to outlive a failed load.
   */
  async load(request: LoadRequest): Promise<readonly LoadedSource[]> {
    const { signal } = request;
    const { temporaryFolder } = this.#options;
    this.#onStoreRetry = request.onStoreRetry;
    const targets = request.targets.toSorted((one, other) => bytesOf(other) - bytesOf(one));
    const files = targets.flatMap((target) => target.files);
    const meter = new LoadMeter(targets, request.onProgress);
    const bringing = this.#place.isRemote ? FETCHING : UNPACKING;
    const staging = new Staging(this.#place, files, {
      temporaryFolder,
      signal,
      onShare: (file, share) => meter.reach(file, share * bringing),
    });
    const intake = new DuckDbIntake({ request, place: this.#place, temporaryFolder, meter, staging });
    try {
      const loaded = await loadTargets({ request, place: this.#place, dialect: 'duckdb', intake }, targets);
      return request.targets.map(({ source }) => loaded.find((one) => one.source === source.name)!);
    } finally {
      await staging.close();
    }
  }
}

/** The shares of a file's time that go into bringing it, from afar or out of an archive of the disk; reading has the rest. */
const FETCHING = 0.9;
const UNPACKING = 0.5;

function bytesOf({ files }: SourceTarget): number {
  return files.reduce((total, { bytes }) => total + bytes, 0);
}
