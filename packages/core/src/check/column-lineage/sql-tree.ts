/** An expression as DuckDB's `json_serialize_sql` writes it: kinds differ, what they hold is searched. */
export interface Expression {
  readonly class?: string;
  readonly alias?: string;
  readonly function_name?: string;
  readonly column_names?: readonly string[];
  readonly subquery?: { readonly node: QueryNode };
  /** Of a star. */
  readonly relation_name?: string;
  readonly exclude_list?: readonly string[];
  readonly qualified_exclude_list?: readonly { readonly table?: string; readonly column: string }[];
  readonly replace_list?: readonly { readonly key: string; readonly value: Expression }[];
  readonly rename_list?: readonly { readonly key: { readonly column: string }; readonly value: string }[];
}

/** What stands in a FROM. */
export interface FromNode {
  readonly type: string;
  readonly alias?: string;
  readonly schema_name?: string;
  readonly table_name?: string;
  readonly left?: FromNode;
  readonly right?: FromNode;
  readonly using_columns?: readonly string[];
  readonly subquery?: { readonly node: QueryNode };
  readonly function?: Expression;
  readonly column_name_alias?: readonly string[];
  readonly values?: readonly (readonly Expression[])[];
}

/** A query: a select, or two put together. */
export interface QueryNode {
  readonly type: string;
  readonly cte_map?: {
    readonly map?: readonly {
      readonly key: string;
      readonly value: { readonly query: { readonly node: QueryNode } };
    }[];
  };
  readonly select_list?: readonly Expression[];
  readonly from_table?: FromNode;
  readonly cte_name?: string;
  readonly left?: QueryNode;
  readonly right?: QueryNode;
}
