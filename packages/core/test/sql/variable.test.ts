import { describe, expect, it } from 'vitest';
import {
  type Dialect,
  type Renderable,
  renderSql,
  sql,
  UsageError,
  type VariableOptions,
  type VariableValue,
  variable,
} from '../../src/index.js';
import { expectSql } from '../support/golden.js';
import { hereLine, thrownBy } from '../support/project.js';

function render(
  value: Renderable,
  values: Readonly<Record<string, VariableValue>>,
  dialect: Dialect = 'duckdb',
) {
  return value[renderSql]({
    dialect,
    incremental: false,
    relation: (node) => node.name,
    self: () => 'self',
    variable: (name, fallback) => (name in values ? (values[name] ?? null) : fallback),
  });
}

describe('a variable', () => {
  it.each<[VariableOptions['type'], unknown[], unknown[]]>([
    ['int', [0, -3, 2 ** 53 - 1], [1.5, 2 ** 53, '1', true, Number.NaN]],
    ['double', [0.5, 2], [Number.POSITIVE_INFINITY, '0.5']],
    ['text', ['', 'x'], [1, {}, []]],
    ['boolean', [true, false], [0, 'true']],
    [
      'timestamp',
      ['2010-01-01', '2010-01-01 12:30', '2012-02-29T12:30:15', '2010-01-01 12:30:15.123456'],
      [
        '2010-02-30',
        '2010-13-01',
        '2010-01-01 24:00',
        '2010-01-01 12:60',
        '01/02/2010',
        '',
        2010,
        "2010-01-01'",
      ],
    ],
  ])('of type %s takes values of its type alone', (type, good, bad) => {
    const declared = variable({ name: 'v', type, default: good[0] as VariableValue });
    for (const value of good) expect(() => declared.checkValue(value)).not.toThrow();
    for (const value of [...bad, null, undefined])
      expect(() => declared.checkValue(value), String(value)).toThrow(UsageError);
  });

  it('says what it takes, and where it is declared', () => {
    const line = hereLine() + 1;
    const declared = variable({ name: 'since', type: 'timestamp', default: null });
    expect(thrownBy(() => declared.checkValue(5))).toMatchObject({
      code: 'VARIABLE_TYPE',
      message: `Variable 'since' takes a UTC day or time such as "2010-01-01" or "2010-01-01 12:30:00" or null, not 5.`,
      location: { file: import.meta.filename, line },
      hint: `Give it as JSON: --vars '{"since":null}'.`,
    });
  });

  it('checks its own default, which makes it nullable if it is null', () => {
    expect(() => variable({ name: 'v', type: 'int', default: 'x' })).toThrow('takes a whole number');
    expect(variable({ name: 'v', type: 'int', default: null }).nullable).toBe(true);
    expect(() =>
      variable({ name: 'v', type: 'int', default: 1, nullable: true }).checkValue(null),
    ).not.toThrow();
  });

  it('renders as a literal, a timestamp as a cast', () => {
    const name = variable({ name: 'title', type: 'text', default: 'Heat' });
    expect(render(sql`x = ${name}`, { title: "O'a" })).toBe("x = 'O''a'");
    const since = variable({ name: 'since', type: 'timestamp', default: '2010-01-01' });
    expectSql((dialect) => render(sql`x > ${since}`, {}, dialect), {
      duckdb: "x > cast('2010-01-01' as timestamp)",
      snowflake: "x > cast('2010-01-01' as timestamp)",
    });
    expect(render(variable({ name: 'n', type: 'int', default: null }), {})).toBe('null');
  });

  it('leaves SQL out, or another in, while it is null', () => {
    const since = variable({ name: 'since', type: 'timestamp', default: null });
    const bound = sql`select 1 ${since.when((value) => sql`where x > ${value}`, sql`-- unbounded`)}`;
    expect(render(bound, {})).toBe('select 1 -- unbounded');
    expect(render(bound, { since: '2010-01-01' })).toBe("select 1 where x > cast('2010-01-01' as timestamp)");
    expect(render(sql`a${since.when(() => sql` b`)}`, {})).toBe('a');
  });
});
