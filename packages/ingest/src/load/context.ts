import type { Dialect, LoadRequest } from '@matinee/core';
import type { Place } from '../places/place.js';
import type { Intake } from './intake.js';
import type { LoadMeter } from './progress.js';
import type { Staging } from './staging.js';

/** What every step of a load needs, whatever the engine. */
export interface LoadContext {
  readonly request: LoadRequest;
  readonly place: Place;
  readonly dialect: Dialect;
  readonly intake: Intake;
}

/** What the steps need that read files on the local disk. */
export interface FileContext {
  readonly request: LoadRequest;
  readonly place: Place;
  /** Where temporary files go; the system's folder if it is not given. */
  readonly temporaryFolder: string | undefined;
  readonly meter: LoadMeter;
  /** Brings the files of the request to the local disk. */
  readonly staging: Staging;
}
