/** The types that a column has in the semantic model. */
export type ModelType = 'int64' | 'double' | 'string' | 'dateTime' | 'boolean';

export interface ModelColumn {
  /** A lineage tag: what bindings of users hold on to. */
  readonly id: string;
  readonly name: string;
  /** The column of the query, or in square brackets that of the DAX expression. */
  readonly sourceColumn: string;
  readonly type: ModelType;
  readonly description: string;
  readonly format: string | undefined;
  readonly isHidden: boolean;
  /** The rows of the table are unlike each other in it. */
  readonly isKey: boolean;
  /** Another column of the table that the values are sorted by. */
  readonly sortedBy: string | undefined;
}

export interface ModelMeasure {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** DAX. */
  readonly expression: string;
  readonly format: string;
}

export interface ModelTable {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** Where the rows come from: a query in M, or an expression in DAX. */
  readonly source: { readonly language: 'm' | 'dax'; readonly text: string };
  readonly isDateTable: boolean;
  readonly columns: readonly ModelColumn[];
  readonly measures: readonly ModelMeasure[];
}

export interface ColumnOf {
  readonly table: string;
  readonly column: string;
}

/** From the many rows to the one. */
export interface ModelRelationship {
  readonly id: string;
  readonly from: ColumnOf;
  readonly to: ColumnOf;
  readonly filtersBothWays: boolean;
}

/** A value that people set in Power BI: where the data is. */
export interface ModelParameter {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** Null stands for nothing, which only a parameter that is not required may be. */
  readonly value: string | null;
  readonly isRequired: boolean;
}

/** What TMDL says of a semantic model, as data. */
export interface SemanticModel {
  readonly tables: readonly ModelTable[];
  readonly relationships: readonly ModelRelationship[];
  readonly parameters: readonly ModelParameter[];
}
