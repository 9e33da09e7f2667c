import type { Place } from '../errors.js';

export type TokenKind =
  | 'space' // blanks and comments
  | 'name'
  | 'quoted'
  | 'string'
  | 'number'
  | 'column' // $1
  | 'variable' // $name
  | 'bind' // ? and :1
  | 'stage' // @stage/path
  | 'operator'
  | 'end';

/** A piece of a statement. The texts of all tokens joined are the statement. */
export interface Token extends Place {
  readonly kind: TokenKind;
  readonly text: string;
  /** What it means: a name as stored, a string without its quotes; else the text. */
  readonly value: string;
  /** Where it begins in the statement, in UTF-16 units. */
  readonly offset: number;
}
