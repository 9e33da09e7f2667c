import type { Dialect } from './dialect.js';
import type { SourceLocation } from './location.js';

/** A value that a project's variable can take. */
export type VariableValue = string | number | boolean | null;

/** What a fragment may ask while it is rendered. One context renders one statement. */
export interface RenderContext {
  readonly dialect: Dialect;
  /** The name to read the given node by; noted as a dependency. */
  relation(node: RelationLike): string;
  /** The name of the published table of the model that is being rendered. */
  self(): string;
  /** The value of a variable, default included; noted as read. */
  variable(name: string, fallback: VariableValue): VariableValue;
  /** True while rendering the query for an increment of an existing table. */
  readonly incremental: boolean;
  /** Text to put before a fragment's string; used to trace errors to their line. */
  readonly mark?: (fragment: RenderedFragment, index: number) => string;
}

/** The little that rendering needs to know of a node. */
export interface RelationLike {
  readonly kind: string;
  readonly name: string;
}

/** The little that tracing needs to know of a fragment. */
export interface RenderedFragment {
  readonly strings: readonly string[];
  readonly location: SourceLocation | undefined;
}

export const renderSql: unique symbol = Symbol('matinee.renderSql');

/** Anything that may be interpolated into the `sql` tag. */
export interface Renderable {
  [renderSql](context: RenderContext): string;
}

export function isRenderable(value: unknown): value is Renderable {
  return typeof value === 'object' && value !== null && renderSql in value;
}
