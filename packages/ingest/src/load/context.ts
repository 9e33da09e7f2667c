import type { LoadRequest } from '@matinee/core';
import type { Place } from '../places/place.js';

/** What every step of a load needs. */
export interface LoadContext {
  readonly request: LoadRequest;
  readonly place: Place;
  /** Where temporary files go; the system's folder if it is not given. */
  readonly temporaryFolder: string | undefined;
}
