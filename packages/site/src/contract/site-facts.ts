import type { DataType, MeasureFormat } from '@matinee/core';

/** What `site.json` holds: enough for the first page. */
export interface SiteFacts {
  /** The name of the project. */
  readonly title: string;
  readonly target: string;
  readonly engine: string;
  /** When the site was built. ISO time, UTC. */
  readonly builtAt: string;
  /** The tables whose rows the site carries, by node. */
  readonly tables: Readonly<Record<string, TableFacts>>;
  readonly dashboards: readonly DashboardFacts[];
  /** The measures of the project, by the node that declares them and by name. */
  readonly measures: Readonly<Record<string, Readonly<Record<string, MeasureFacts>>>>;
  /** The last run that built anything; null if there is none on record. */
  readonly lastRun: RunFacts | null;
  readonly tests: TestCounts;
  readonly freshness: readonly FreshnessFacts[];
  /** The number of nodes by kind. */
  readonly nodes: Readonly<Record<string, number>>;
  /** The rows of all published tables. */
  readonly rows: number;
}

/** A table of the site's data. */
export interface TableFacts {
  /** Relative to the page, with a version behind `?` that changes with the content. */
  readonly file: string;
  readonly rows: number;
  readonly bytes: number;
  readonly description: string;
  readonly columns: readonly TableColumn[];
}

export interface TableColumn {
  readonly name: string;
  readonly type: DataType;
  readonly description: string;
  /** Texts in order: the column's file holds their places in this list in their stead. */
  readonly values?: readonly string[];
  /** The column's file holds twice the number. */
  readonly halved?: true;
}

export interface DashboardFacts {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly owner: string;
  readonly reads: readonly string[];
}

export interface MeasureFacts {
  readonly description: string;
  readonly format: MeasureFormat;
}

export interface RunFacts {
  readonly runId: string;
  readonly command: string;
  /** ISO time, UTC. */
  readonly startedAt: string;
  readonly seconds: number | null;
  readonly status: string;
}

/** Results of tests as they came out last. */
export interface TestCounts {
  readonly passed: number;
  readonly warned: number;
  readonly failed: number;
}

export interface FreshnessFacts {
  readonly source: string;
  readonly status: string;
  /** ISO time; null if it was never loaded. */
  readonly newest: string | null;
}
