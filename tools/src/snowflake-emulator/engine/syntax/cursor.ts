import { notEmulated, syntaxError } from '../errors.js';
import type { QualifiedName, StageItem } from './ast.js';
import type { Token } from './token.js';
import { tokenize } from './tokenize.js';

/** Words that name nothing unless they are quoted. */
const RESERVED: ReadonlySet<string> = new Set(
  `ALL ALTER AND ANY AS BETWEEN BY CHECK COLUMN CONNECT CREATE CURRENT DELETE DISTINCT DROP ELSE EXISTS FOLLOWING FOR FROM GRANT GROUP
  HAVING ILIKE IN INCREMENT INSERT INTERSECT INTO IS LIKE MINUS NOT NULL OF ON OR ORDER QUALIFY REGEXP REVOKE RLIKE ROW ROWS SAMPLE
  SELECT SET SOME START TABLE TABLESAMPLE THEN TO TRIGGER UNION UNIQUE UPDATE VALUES WHENEVER WHERE WITH`.split(
    /\s+/,
  ),
);

/** Walks the tokens of a statement. Keywords are given in upper case. */
export class Cursor {
  readonly sql: string;
  readonly #tokens: readonly Token[];
  #at = 0;
  /** How many `?` have been met. */
  binds = 0;
  /** The stages that have been met in a FROM. */
  readonly stages: StageItem[] = [];

  constructor(sql: string, tokens: readonly Token[] = tokenize(sql)) {
    this.sql = sql;
    this.#tokens = tokens.filter(({ kind }) => kind !== 'space');
  }

  peek(ahead = 0): Token {
    return this.#tokens[Math.min(this.#at + ahead, this.#tokens.length - 1)]!;
  }

  next(): Token {
    const token = this.peek();
    this.#at++;
    return token;
  }

  /** The text of the statement from a token to where the cursor stands, without the blank before. */
  textFrom(start: Token): string {
    const last = this.#tokens[this.#at - 1];
    return last ? this.sql.slice(start.offset, last.offset + last.text.length) : '';
  }

  /** Goes back to a token that was peeked at. */
  rewind(to: Token): void {
    this.#at = this.#tokens.indexOf(to);
  }

  /** Whether these keywords come next. */
  sees(...words: readonly string[]): boolean {
    return words.every((word, index) => isWord(this.peek(index), word));
  }

  seesOneOf(words: ReadonlySet<string>): boolean {
    return this.peek().kind === 'name' && words.has(this.peek().value);
  }

  /** Takes these keywords if they come next. */
  accept(...words: readonly string[]): boolean {
    if (!this.sees(...words)) return false;
    this.#at += words.length;
    return true;
  }

  expect(...words: readonly string[]): void {
    for (const word of words) if (!this.accept(word)) throw this.unexpected();
  }

  seesOperator(operator: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token.kind === 'operator' && token.text === operator;
  }

  acceptOperator(operator: string): boolean {
    if (!this.seesOperator(operator)) return false;
    this.#at++;
    return true;
  }

  expectOperator(operator: string): void {
    if (!this.acceptOperator(operator)) throw this.unexpected();
  }

  /** A name as stored. */
  name(): string {
    const token = this.peek();
    if (token.kind !== 'name' && token.kind !== 'quoted') throw this.unexpected();
    if (token.kind === 'name' && RESERVED.has(token.value)) throw this.unexpected();
    this.#at++;
    return token.value;
  }

  qualifiedName(): QualifiedName {
    const { line, column } = this.peek();
    const parts = [this.name()];
    while (this.acceptOperator('.')) parts.push(this.name());
    return { parts, line, column };
  }

  string(): string {
    if (this.peek().kind !== 'string') throw this.unexpected();
    return this.next().value;
  }

  integer(): number {
    const token = this.peek();
    if (token.kind !== 'number' || !/^\d+$/.test(token.text)) throw this.unexpected();
    this.#at++;
    return Number(token.text);
  }

  /** What `read` reads, several times with commas between. */
  list<T>(read: () => T): readonly T[] {
    const items = [read()];
    while (this.acceptOperator(',')) items.push(read());
    return items;
  }

  /** What `read` reads, between brackets. */
  bracketed<T>(read: () => T): T {
    this.expectOperator('(');
    const result = read();
    this.expectOperator(')');
    return result;
  }

  /** `(a, b, c)` */
  names(): readonly string[] {
    return this.bracketed(() => this.list(() => this.name()));
  }

  end(): void {
    if (this.peek().kind !== 'end') throw this.unexpected();
  }

  atEnd(): boolean {
    return this.peek().kind === 'end';
  }

  unexpected(): Error {
    return syntaxError(this.peek(), this.peek().text);
  }

  /** Refuses what comes next by name. */
  refuse(what: string): Error {
    return notEmulated(what, this.peek());
  }
}

function isWord(token: Token, word: string): boolean {
  return token.kind === 'name' && token.value === word;
}
