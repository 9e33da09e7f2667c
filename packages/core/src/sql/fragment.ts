import { ProjectError } from '../errors.js';
import { formatLiteral } from './literal.js';
import { callerLocation, type SourceLocation } from './location.js';
import { isRenderable, type Renderable, type RenderContext, renderSql } from './renderable.js';

/** What `sql` accepts between its strings: relations, macros, variables, other fragments, and numbers. */
export type SqlValue = Renderable | number | bigint;

/** A piece of SQL: text with values in between, rendered for one dialect when it is needed. */
export class Sql implements Renderable {
  readonly strings: readonly string[];
  readonly values: readonly SqlValue[];
  readonly location: SourceLocation | undefined;

  constructor(strings: readonly string[], values: readonly SqlValue[], location?: SourceLocation) {
    this.strings = strings;
    this.values = values;
    this.location = location;
  }

  [renderSql](context: RenderContext): string {
    const mark = (index: number) => context.mark?.(this, index) ?? '';
    let text = mark(0) + (this.strings[0] ?? '');
    this.values.forEach((value, index) => {
      const rendered = renderValue(value, context);
      // Two minus signs in a row would start a comment.
      const gap = text.endsWith('-') && rendered.startsWith('-') ? ' ' : '';
      text += gap + rendered + mark(index + 1) + (this.strings[index + 1] ?? '');
    });
    return text;
  }
}

function renderValue(value: SqlValue, context: RenderContext): string {
  return isRenderable(value) ? value[renderSql](context) : formatLiteral(value, context.dialect);
}

/**
 * The tag that SQL is written in: ``sql`select movie_id from ${srcMovies}` ``.
 *
 * @throws ProjectError for a bare string, an undefined (often an import cycle between files) or any other value.
 */
export function sql(strings: TemplateStringsArray, ...values: SqlValue[]): Sql {
  const location = callerLocation(sql);
  values.forEach((value, index) => {
    if (isRenderable(value) || typeof value === 'number' || typeof value === 'bigint') return;
    throw new ProjectError('SQL_VALUE', `Value ${index + 1} of this sql template is ${describe(value)}.`, {
      location,
      hint:
        value === undefined
          ? 'Files that import each other see undefined: break the import cycle.'
          : 'Interpolate a relation, macro, variable or fragment; quote a text with lit() and a name with ident().',
    });
  });
  return new Sql(strings, values, location);
}

function describe(value: unknown): string {
  return typeof value === 'string'
    ? `the bare string '${value}'`
    : String(value === null ? 'null' : typeof value);
}

/** A fragment that renders to nothing. */
export const emptySql = new Sql([''], []);

/** Fragments joined by plain text: `joinSql(columns.map(ident), ', ')`. */
export function joinSql(values: readonly SqlValue[], separator = ', '): Sql {
  if (values.length === 0) return emptySql;
  return new Sql(['', ...values.slice(1).map(() => separator), ''], values);
}

/** Text of ours taken as SQL as it is. For code that writes SQL itself; models have no use for it. */
export function rawSql(text: string): Sql {
  return new Sql([text], []);
}
