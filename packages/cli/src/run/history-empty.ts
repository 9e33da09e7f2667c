import { WarehouseError } from '@matinee/core';

/** The error of commands that look back where nothing has happened yet. */
export function historyEmpty(place: string): WarehouseError {
  return new WarehouseError('HISTORY_EMPTY', 'No run is on record: nothing was built here yet.', {
    location: { file: place },
    hint: 'Build something first: matinee build.',
  });
}
