import type { Dialect } from '../sql/dialect.js';
import type { Sql } from '../sql/fragment.js';
import { type Renderable, type RenderContext, renderSql } from '../sql/renderable.js';

/** A macro's SQL: one body for all dialects, or one for each; leaving a dialect out does not compile. */
export type MacroBody<A extends readonly unknown[]> =
  | ((...args: A) => Sql)
  | Readonly<Record<Dialect, (...args: A) => Sql>>;

/** One call of a macro, rendered when the dialect is known. */
export class MacroCall<A extends readonly unknown[] = readonly unknown[]> implements Renderable {
  readonly macro: string;
  readonly args: A;
  readonly #body: MacroBody<A>;

  constructor(macro: string, body: MacroBody<A>, args: A) {
    this.macro = macro;
    this.args = args;
    this.#body = body;
  }

  [renderSql](context: RenderContext): string {
    const body = typeof this.#body === 'function' ? this.#body : this.#body[context.dialect];
    return body(...this.args)[renderSql](context);
  }
}

/** Declares a macro: a function from values to SQL. */
export function macro<A extends readonly unknown[]>(
  name: string,
  body: MacroBody<A>,
): (...args: A) => MacroCall<A> {
  return (...args) => new MacroCall(name, body, args);
}
