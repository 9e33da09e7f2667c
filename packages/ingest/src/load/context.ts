import type { LoadRequest } from '@matinee/core';
import type { Place } from '../places/place.js';
import type { Staging } from './staging.js';

/** What every step of a load needs. */
export interface LoadContext {
  readonly request: LoadRequest;
  readonly place: Place;
  /** Where temporary files go; the system's folder if it is not given. */
  readonly temporaryFolder: string | undefined;
  /** Brings the files of the request to the local disk. */
  readonly staging: Staging;
}
