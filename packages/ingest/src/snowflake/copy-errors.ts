import { LoadError } from '@matinee/core';

/** LOAD_COPY: COPY has not read what it was to read. @param file as errors name it */
export function copyFailed(file: string, what: string, cause?: unknown): LoadError {
  return new LoadError('LOAD_COPY', `Snowflake has not read ${file}: ${what}`, {
    location: { file },
    hint: "Look at what the stage holds (list @stage) and at the rights of the role on it: 'matinee bootstrap' prints how stage and integration are made and granted. Nothing has been published.",
    ...(cause !== undefined && { cause }),
  });
}

/** LOAD_MISCOUNT: counts that should agree do not. Nothing a delivery could cause by itself. */
export function linesMiscounted(file: string, what: string): LoadError {
  return new LoadError('LOAD_MISCOUNT', `${file}: ${what}`, {
    location: { file },
    hint: 'Please report this with the file: nothing of it has been published.',
  });
}
