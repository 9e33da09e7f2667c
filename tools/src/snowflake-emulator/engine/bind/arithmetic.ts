import { compilationError, type Place } from '../errors.js';
import { DATE, duckType, FLOAT, isTimestamp, number, type SqlType } from '../types.js';
import { castTo } from './coerce.js';
import type { Typed } from './typed.js';

type NumberType = SqlType & { readonly type: 'number' };

/** `+ - * / %` with the precision and scale that Snowflake documents for them. */
export function arithmetic(
  operator: '+' | '-' | '*' | '/' | '%',
  left: Typed,
  right: Typed,
  place: Place,
): Typed {
  const temporal = operator === '+' || operator === '-' ? temporalSum(operator, left, right) : undefined;
  if (temporal) return temporal;
  const [a, b] = [asNumeric(left, place), asNumeric(right, place)];
  if (a.type.type === 'float' || b.type.type === 'float') {
    const [x, y] = [castTo(a, FLOAT), castTo(b, FLOAT)];
    const divisor = operator === '/' || operator === '%' ? `sf_nonzero(${y})` : y;
    return { sql: `(${x} ${operator} ${divisor})`, type: FLOAT };
  }
  const [x, y] = [
    { sql: a.sql, type: a.type as NumberType },
    { sql: b.sql, type: b.type as NumberType },
  ] as const;
  if (operator === '*') return multiply(x, y);
  if (operator === '/') return divide(x, y);
  const scale = Math.max(x.type.scale, y.type.scale);
  const digits = Math.max(x.type.precision - x.type.scale, y.type.precision - y.type.scale);
  const type = number(operator === '%' ? digits + scale : digits + scale + 1, scale);
  const [p, q] = [x, y].map(({ sql }) => `cast(${sql} as ${duckType(type)})`);
  return { sql: operator === '%' ? `(${p} % sf_nonzero(${q}))` : `(${p} ${operator} ${q})`, type };
}

interface NumberValue {
  readonly sql: string;
  readonly type: NumberType;
}

function multiply(a: NumberValue, b: NumberValue): Typed {
  const exact = a.type.scale + b.type.scale;
  const scale = Math.min(exact, Math.max(a.type.scale, b.type.scale, 12));
  const type = number(a.type.precision - a.type.scale + b.type.precision - b.type.scale + scale, scale);
  if (scale === 0) return { sql: `(cast(${a.sql} as hugeint) * cast(${b.sql} as hugeint))`, type };
  const [x, y] = [a, b].map(({ sql, type }) => `cast(${sql} as decimal(38,${type.scale}))`);
  return { sql: exact === scale ? `(${x} * ${y})` : `cast(${x} * ${y} as decimal(38,${scale}))`, type };
}

/** Six digits more behind the point than the dividend has, up to twelve; the last one rounded. */
export function divide(a: NumberValue, b: NumberValue): Typed {
  const scale = Math.max(a.type.scale, Math.min(a.type.scale + 6, 12));
  const type = number(a.type.precision - a.type.scale + b.type.scale + scale, scale);
  const dividend = `${units(a)} * cast(1${'0'.repeat(scale - a.type.scale + b.type.scale)} as hugeint)`;
  const quotient = `sf_divide(${dividend}, sf_nonzero(${units(b)}))`;
  return { sql: scaled(quotient, scale), type };
}

/** A decimal as a whole number of its smallest unit. */
function units({ sql, type }: NumberValue): string {
  return type.scale === 0
    ? `cast(${sql} as hugeint)`
    : `cast(replace(cast(${sql} as varchar), '.', '') as hugeint)`;
}

function scaled(sql: string, scale: number): string {
  if (scale === 0) return sql;
  return `(cast(${sql} as decimal(${38 - scale},0)) * cast('0.${'0'.repeat(scale - 1)}1' as decimal(${scale},${scale})))`;
}

/** Texts take part in arithmetic as numbers. */
export function asNumeric(value: Typed, place: Place): Typed {
  switch (value.type.type) {
    case 'number':
    case 'float':
      return value;
    case 'null':
      return { sql: castTo(value, number()), type: number() };
    case 'text':
      return { sql: castTo(value, number(38, 5)), type: number(38, 5) };
    case 'variant':
      return { sql: castTo(value, FLOAT), type: FLOAT };
    default:
      throw compilationError(
        '001044',
        '42P13',
        `Invalid argument types for arithmetic: (${value.type.type.toUpperCase()})`,
        place,
      );
  }
}

/** Days are added to and subtracted from dates; two dates differ by days. */
function temporalSum(operator: '+' | '-', left: Typed, right: Typed): Typed | undefined {
  if (left.type.type === 'date' && right.type.type === 'number')
    return { sql: `(${left.sql} ${operator} cast(${right.sql} as integer))`, type: DATE };
  if (left.type.type === 'date' && right.type.type === 'date' && operator === '-')
    return { sql: `(${left.sql} - ${right.sql})`, type: number(9) };
  if (isTimestamp(left.type) && right.type.type === 'number') return undefined;
  return undefined;
}
