import { countDistinct, daxOf, model, sql, table, text } from '@matinee/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { daxReferences } from '../src/check/dax-references.js';
import { stableHex, stableId } from '../src/model/stable-id.js';
import { mName, mText } from '../src/write/m-text.js';
import { tmdlDescription, tmdlExpression, tmdlName, tmdlValue } from '../src/write/tmdl-text.js';
import { readTmdl, takeName } from './support/tmdl-reader.js';
import { powerQueryError } from './support/validators.js';

/** Texts that are full of what quoting may stumble over. */
const awkward = fc.string({
  unit: fc.oneof(
    fc.constantFrom(
      "'",
      '"',
      '[',
      ']',
      '(',
      ')',
      '#',
      '#(',
      '\n',
      '\r',
      '\t',
      '=',
      '.',
      ' ',
      '//',
      '`',
      '\\',
    ),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
  ),
});
const name = awkward.filter(
  (text) => !/[\p{Cc}\u2028\u2029]/u.test(text) && text.trim() === text && text !== '',
);

describe('names and texts, whatever is in them', () => {
  it('stand in TMDL as one name that reads back', () => {
    fc.assert(
      fc.property(name, name, (one, other) => {
        const { name: first, rest } = takeName(`${tmdlName(one)}.${tmdlName(other)}`);
        expect([first, takeName(rest.slice(1)).name]).toEqual([one, other]);
      }),
    );
  });

  it('stand in TMDL as values of one line that read back', () => {
    const read = (value: string) =>
      value.startsWith('"') ? value.slice(1, -1).replaceAll('""', '"') : value.trim();
    fc.assert(
      fc.property(awkward, (value) => {
        fc.pre(!/[\r\n]/.test(value));
        expect(read(tmdlValue(value))).toBe(value);
      }),
    );
  });

  it('describe in TMDL without ending the description', () => {
    fc.assert(
      fc.property(awkward, (description) => {
        const [table, ...more] = readTmdl([...tmdlDescription(description), 'table T'].join('\n'));
        expect([table?.text, more]).toEqual(['table T', []]);
      }),
    );
  });

  it('stand in M as texts that the parser takes for one, on one line', async () => {
    await fc.assert(
      fc.asyncProperty(awkward, async (text) => {
        const literal = mText(text);
        expect(literal).not.toMatch(/[\r\n]/);
        expect(
          await powerQueryError(`let ${mName(text === '' ? 'x' : text)} = ${literal} in 1`),
        ).toBeUndefined();
        const read = literal
          .slice(1, -1)
          .replaceAll('""', '"')
          .replaceAll(
            /#\(([^)]*)\)/g,
            (_, code: string) => CODES[code] ?? String.fromCharCode(Number.parseInt(code, 16)),
          );
        expect(read).toBe(text);
      }),
      { numRuns: 100 },
    );
  });

  it('stand in DAX as the table, column and text that they are', () => {
    fc.assert(
      fc.property(name, name, awkward, (tableName, columnName, value) => {
        const { measures } = model({
          name: 'm',
          description: '',
          materialized: table(),
          columns: { c: text() },
          measures: { n: countDistinct('c', { description: '', without: value }) },
          query: sql`select 1`,
        });
        const dax = daxOf(measures.n, tableName, { column: () => columnName });
        const column = { table: tableName, column: columnName };
        expect(daxReferences(dax)).toEqual({
          columns: [column, column],
          unqualified: [],
          tables: [],
          problems: [],
        });
        expect(dax).not.toContain('\n');
      }),
    );
  });
});

const CODES: Readonly<Record<string, string>> = { cr: '\r', lf: '\n', tab: '\t', '#': '#' };

describe('daxReferences', () => {
  it('finds tables, columns and measures, and what is not closed', () => {
    expect(daxReferences("DIVIDE([A b], SUM('T''s'[c]]d])) + COUNTROWS('U')")).toEqual({
      columns: [{ table: "T's", column: 'c]d' }],
      unqualified: ['A b'],
      tables: ['U'],
      problems: [],
    });
    expect(daxReferences('SUM("a)"').problems).toEqual(['parentheses do not match']);
    expect(daxReferences("COUNTROWS('T)").problems).toEqual(["' is not closed"]);
  });
});

describe('an expression of several lines', () => {
  it('stands deeper than the properties of its object', () => {
    expect(tmdlExpression('measure A', 'x')).toEqual(['measure A = x']);
    expect(tmdlExpression('source', 'let\n    x = 1\nin\n    x')).toEqual([
      'source =',
      '\t\tlet',
      '\t\t    x = 1',
      '\t\tin',
      '\t\t    x',
    ]);
  });
});

describe('stable ids', () => {
  it('are UUIDs of version 5 that follow from their path', () => {
    expect(stableId('a', 'b')).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
    expect(stableId('a', 'b')).toBe('cc765374-9fb7-572d-9dc8-0dfab2847062');
    expect(stableId('a/b')).not.toBe(stableId('a', 'b'));
    expect(stableHex('a', 'b')).toMatch(/^[0-9a-f]{20}$/);
  });
});
