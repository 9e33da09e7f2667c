/** Files in a stage, from which COPY can read them. */
export interface StagedFiles {
  /** For people. */
  readonly place: string;
  /** What COPY reads from, as SQL: `@"DB"."SCHEMA"."STAGE"/`. Names are relative to it. */
  readonly location: string;
  /** The stage's name of a file that was delivered under a path. */
  nameOf(path: string): string;
}
