import type { QualifiedName, StageItem } from '../syntax/ast.js';
import type { SqlType } from '../types.js';
import type { BoundQuery, Typed } from './typed.js';

/** A relation that can stand in a FROM: SQL that is put there, and the DuckDB names of its columns. */
export interface BoundRelation {
  readonly sql: string;
  readonly path: readonly string[];
  readonly columns: readonly { readonly name: string; readonly type: SqlType; readonly physical: string }[];
}

/** What a query needs to know of the session it runs in. */
export interface BindContext {
  /** @throws SnowflakeError 002003. */
  relation(name: QualifiedName): BoundRelation;
  /** The value bound to a `?`. */
  bind(index: number): Typed;
  variable(name: string): Typed;
  /** CURRENT_DATABASE() and its like; undefined for what is no such function. */
  contextFunction(name: string): Typed | undefined;
  /** A view's definition, its names in full. @throws SnowflakeError 002003. */
  viewDefinition(name: QualifiedName): string;
  /** The rows of an earlier statement. */
  resultOf(queryId: string): BoundRelation;
  readonly lastQueryId: string | undefined;
  /** Staged files in FROM, where the statement allows them. */
  stage: ((item: StageItem) => BoundRelation) | undefined;
  readonly ctes: ReadonlyMap<
    string,
    BoundQuery & { readonly physical: string; readonly physicalColumns: readonly string[] }
  >;
  /** A number that no other relation of the statement has. */
  nextAlias(): string;
}

export function withCtes(context: BindContext, ctes: BindContext['ctes']): BindContext {
  return Object.assign(Object.create(context) as BindContext, { ctes });
}
