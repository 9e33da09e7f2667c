import { describe, expect, it } from 'vitest';
import {
  emptySql,
  ident,
  joinSql,
  lit,
  type MatineeError,
  rawSql,
  type SqlValue,
  sql,
} from '../../src/index.js';
import { render } from '../macros/support.js';
import { expectSql } from '../support/golden.js';
import { hereLine, thrownBy } from '../support/project.js';

const bare = (value: unknown) => value as SqlValue;

describe('the sql tag', () => {
  it.each([
    ['select 1', "the bare string 'select 1'", /quote a text with lit\(\) and a name with ident\(\)/],
    [undefined, 'undefined', /import each other see undefined: break the import cycle/],
    [null, 'null', /Interpolate a relation/],
    [{ name: 'films' }, 'object', /Interpolate a relation/],
    [true, 'boolean', /Interpolate a relation/],
    [() => 1, 'function', /Interpolate a relation/],
  ])('refuses %s with the place of its caller', (value, described, hint) => {
    const line = hereLine() + 1;
    const error = thrownBy(() => sql`select ${1}, ${bare(value)}`) as MatineeError;
    expect(error).toMatchObject({
      code: 'SQL_VALUE',
      exitCode: 2,
      message: `Value 2 of this sql template is ${described}.`,
      location: { file: import.meta.filename, line },
    });
    expect(error.hint).toMatch(hint);
  });

  it('nests fragments, names, literals and numbers', () => {
    const condition = sql`${ident('group')} = ${lit("it's")}`;
    expectSql(
      (dialect) => render(sql`select ${1}, ${2n} where ${condition} and ${sql`(${condition})`}`, dialect),
      {
        duckdb: `select 1, 2 where "group" = 'it''s' and ("group" = 'it''s')`,
        snowflake: `select 1, 2 where "GROUP" = 'it''s' and ("GROUP" = 'it''s')`,
      },
    );
  });

  it('never turns a minus and a negative number into a comment', () => {
    expect(render(sql`select 10 -${-5}, 10 -${lit(-5)}, 10 -${sql`${-5}`}, ${-5}`, 'duckdb')).toBe(
      'select 10 - -5, 10 - -5, 10 - -5, -5',
    );
  });

  it('keeps backslashes as they are meant in TypeScript', () => {
    expect(render(sql`'a\\b\`'`, 'duckdb')).toBe("'a\\b`'");
  });
});

describe('joined fragments', () => {
  it('stand with text between them', () => {
    expect(render(joinSql([ident('a'), 1, sql`b`]), 'duckdb')).toBe('"a", 1, b');
    expect(render(joinSql([sql`a`], ' or '), 'duckdb')).toBe('a');
    expect(joinSql([])).toBe(emptySql);
    expect(render(rawSql('as it is'), 'duckdb')).toBe('as it is');
  });
});
