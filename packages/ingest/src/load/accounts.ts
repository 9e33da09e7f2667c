import type { LoadedFile, StandingFile } from '@matinee/core';
import type { FileLoad } from './load-files.js';

/** How many of a file's rows did not stay for the sake of their keys. */
export interface KeyVerdicts {
  /** Rejected: the key comes with other values in the same file. */
  conflict?: number;
  /** Collapsed with a row that is the same. */
  repeated?: number;
  /** The key comes with other values in a file that goes before. */
  overruled?: number;
  /** Those of the last two that lost to a row of another file. */
  hidden?: number;
}

/** Counts up a file that was loaded. */
export function fileAccount({ file, outcome, seconds }: FileLoad, verdicts: KeyVerdicts = {}): LoadedFile {
  const { conflict = 0, repeated = 0, overruled = 0, hidden = 0 } = verdicts;
  return {
    ...file,
    rows: outcome.rows - conflict - repeated - overruled,
    rejectedRows: outcome.rejectedRows + conflict,
    repeatedRows: repeated,
    overruledRows: overruled,
    hiddenRows: hidden,
    seconds,
  };
}

/** Counts again a file that was loaded before, now that others may hide some of its rows. */
export function standingAccount(file: StandingFile, verdicts: KeyVerdicts = {}): StandingFile {
  const { repeated = 0, overruled = 0, hidden = 0 } = verdicts;
  return {
    ...file,
    rows: file.rows - repeated - overruled,
    repeatedRows: file.repeatedRows + repeated,
    overruledRows: file.overruledRows + overruled,
    hiddenRows: file.hiddenRows + hidden,
  };
}
