/** A number for each row and column. */
export interface HeatMapData {
  readonly columns: readonly string[];
  /** What the columns are, below them. */
  readonly columnsName?: string;
  /** From top to bottom. */
  readonly rows: readonly HeatMapRow[];
  /** Writes a number into its cell, in a few characters. */
  readonly format: (value: number) => string;
}

export interface HeatMapRow {
  readonly label: string;
  /** One for each column, from 0 on; null leaves the cell out. */
  readonly values: readonly (number | null)[];
}

/** Rows of a heat map that are drawn. */
export interface HeatMapPart {
  readonly first: number;
  readonly count: number;
}
