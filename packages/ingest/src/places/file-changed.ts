import { LoadError } from '@matinee/core';

/** The error for a file that is no longer the one that was found. @param file as errors name it */
export function fileChanged(path: string, file: string): LoadError {
  return new LoadError('LOAD_FILE_CHANGED', `${path} has changed since the load began.`, {
    location: { file },
    hint: 'Load again once the delivery is complete.',
  });
}
