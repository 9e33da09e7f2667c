import { NotEmulated, SnowflakeError } from '../engine.js';

/** Where something stands in a statement: line from 1, column from 0. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

const at = ({ line, column }: Place): Place => ({ line, column });

/** `unexpected` is the text of the token; empty at the end. */
export function syntaxError(place: Place, unexpected: string): SnowflakeError {
  const what = unexpected === '' ? `unexpected '<EOF>'` : `unexpected '${unexpected}'`;
  return new SnowflakeError(
    '001003',
    '42000',
    `SQL compilation error:\nsyntax error line ${place.line} at position ${place.column} ${what}.`,
    at(place),
  );
}

/** An error that has a place in the statement. */
export function compilationError(
  code: string,
  state: string,
  message: string,
  place?: Place,
): SnowflakeError {
  return place
    ? new SnowflakeError(
        code,
        state,
        `SQL compilation error: error line ${place.line} at position ${place.column}\n${message}`,
        at(place),
      )
    : new SnowflakeError(code, state, `SQL compilation error:\n${message}`);
}

export function invalidIdentifier(name: string, place: Place): SnowflakeError {
  return compilationError('000904', '42000', `invalid identifier '${name}'`, place);
}

/** `kind` as Snowflake writes it: Object, Table, View, Stage, Schema, Database … */
export function doesNotExist(kind: string, name: string): SnowflakeError {
  const state = kind === 'Schema' || kind === 'Database' ? '02000' : '42S02';
  return compilationError('002003', state, `${kind} '${name}' does not exist or not authorized.`);
}

export function alreadyExists(name: string): SnowflakeError {
  return compilationError('002002', '42710', `Object '${name}' already exists.`);
}

export function notEmulated(what: string, place?: Place): NotEmulated {
  return new NotEmulated(what, place && at(place));
}
