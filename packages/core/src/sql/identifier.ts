import type { Dialect } from './dialect.js';
import { type Renderable, type RenderContext, renderSql } from './renderable.js';

/**
 * The one place where names are quoted. Node and column names are lower case in the project; Snowflake stores
 * unquoted names in upper case, so a quoted one is folded there to mean the same object.
 */
export function quoteIdentifier(name: string, dialect: Dialect): string {
  const stored = dialect === 'snowflake' ? name.toUpperCase() : name;
  return `"${stored.replaceAll('"', '""')}"`;
}

/** A name to interpolate into `sql`, quoted for the dialect: `ident('group')`. */
export class Identifier implements Renderable {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }

  [renderSql](context: RenderContext): string {
    return quoteIdentifier(this.name, context.dialect);
  }
}

export function ident(name: string): Identifier {
  return new Identifier(name);
}
