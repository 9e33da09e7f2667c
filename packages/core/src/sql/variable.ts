import { UsageError } from '../errors.js';
import { isCalendarText } from './calendar.js';
import { emptySql, Sql } from './fragment.js';
import { lit } from './literal.js';
import { callerLocation, type SourceLocation } from './location.js';
import { type Renderable, type RenderContext, renderSql, type VariableValue } from './renderable.js';

export type VariableType = 'int' | 'double' | 'text' | 'timestamp' | 'boolean';

export interface VariableOptions {
  readonly name: string;
  readonly type: VariableType;
  readonly default: VariableValue;
  readonly description?: string;
  /** Whether null is a value of it. Default: only if the default is null. */
  readonly nullable?: boolean;
}

/**
 * A variable of the project: interpolated it is a literal, and {@link Variable.when} leaves SQL out while it is null.
 * Values come from `--vars`, `MATINEE_VARS` and `matinee.config.ts`, and are checked against the type.
 */
export class Variable implements Renderable {
  readonly kind = 'variable';
  readonly name: string;
  readonly type: VariableType;
  readonly default: VariableValue;
  readonly description: string;
  readonly nullable: boolean;
  readonly location: SourceLocation | undefined;

  constructor(options: VariableOptions, location?: SourceLocation) {
    this.name = options.name;
    this.type = options.type;
    this.default = options.default;
    this.description = options.description ?? '';
    this.nullable = options.nullable ?? options.default === null;
    this.location = location;
    this.checkValue(this.default);
  }

  /** @throws UsageError when a value is not of the declared type. */
  checkValue(value: unknown): void {
    if (value === null ? this.nullable : accepts[this.type](value)) return;
    throw new UsageError(
      'VARIABLE_TYPE',
      `Variable '${this.name}' takes ${expected(this)}, not ${JSON.stringify(value)}.`,
      {
        location: this.location,
        hint: `Give it as JSON: --vars '{"${this.name}":${JSON.stringify(this.default)}}'.`,
      },
    );
  }

  /** SQL built from the value's literal; `absent` (nothing by default) while the value is null. */
  when(present: (value: Renderable) => Sql, absent: Sql = emptySql): Renderable {
    return {
      [renderSql]: (context) => {
        const isNull = context.variable(this.name, this.default) === null;
        return (isNull ? absent : present(this))[renderSql](context);
      },
    };
  }

  [renderSql](context: RenderContext): string {
    const value = context.variable(this.name, this.default);
    if (this.type === 'timestamp' && typeof value === 'string') {
      return new Sql(['cast(', ' as timestamp)'], [lit(value)])[renderSql](context);
    }
    return lit(value)[renderSql](context);
  }
}

const accepts: Record<VariableType, (value: unknown) => boolean> = {
  int: Number.isSafeInteger,
  double: Number.isFinite,
  text: (value) => typeof value === 'string',
  boolean: (value) => typeof value === 'boolean',
  timestamp: (value) =>
    typeof value === 'string' &&
    /^\d{4}-\d\d-\d\d([ T]\d\d:\d\d(:\d\d(\.\d{1,6})?)?)?$/.test(value) &&
    isCalendarText(value),
};

function expected(variable: Variable): string {
  const types: Record<VariableType, string> = {
    int: 'a whole number',
    double: 'a number',
    text: 'a text',
    boolean: 'true or false',
    timestamp: 'a UTC day or time such as "2010-01-01" or "2010-01-01 12:30:00"',
  };
  return types[variable.type] + (variable.nullable ? ' or null' : '');
}

/** Declares a variable of the project. */
export function variable(options: VariableOptions): Variable {
  return new Variable(options, callerLocation(variable));
}
