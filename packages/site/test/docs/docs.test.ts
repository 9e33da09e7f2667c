import fc from 'fast-check';
import { expect, test } from 'vitest';
import { indexDocs, withoutTestReads } from '../../src/browser/docs/docs-index.js';
import { tokens } from '../../src/browser/docs/highlight.js';
import { searchNodes } from '../../src/browser/docs/search.js';
import { testState } from '../../src/browser/docs/test-state.js';
import type { NodeDocs } from '../../src/contract/docs.js';

function node(name: string, change: Partial<NodeDocs> = {}): NodeDocs {
  return {
    name,
    kind: 'model',
    materialized: 'table',
    package: '@shop/models-shop',
    domain: 'shop',
    schema: 'shop',
    owner: null,
    path: `${name}.ts`,
    line: 1,
    description: '',
    tags: [],
    key: [],
    columns: [],
    reads: [],
    testReads: [],
    tests: [],
    sql: null,
    rows: null,
    bytes: null,
    builds: [],
    measures: [],
    ...change,
  };
}

const column = (name: string, description = '') => ({
  name,
  description,
  type: 'int' as const,
  nullable: false,
  values: null,
  references: null,
  tests: [],
});

test('a name counts more than a column, a column more than a description', () => {
  const nodes = [
    node('a', { description: 'What a price is.' }),
    node('b', { columns: [column('price')] }),
    node('price_list'),
    node('price'),
    node('c', { columns: [column('x', 'The price in euros.')] }),
  ];
  expect(searchNodes(nodes, 'price').map((hit) => [hit.node.name, hit.column])).toEqual([
    ['price', undefined],
    ['price_list', undefined],
    ['b', 'price'],
    ['a', undefined],
    ['c', 'x'],
  ]);
  expect(searchNodes(nodes, 'PRICE euros').map((hit) => hit.node.name)).toEqual(['c']);
  expect(searchNodes([node('d', { owner: 'Book team' })], 'book').map((hit) => hit.node.name)).toEqual(['d']);
  expect(searchNodes(nodes, '  ')).toEqual([]);
});

test('what is read by whom is known, and what is not documented is left out', () => {
  const docs = indexDocs({
    nodes: [node('a'), node('b', { reads: ['a', 'gone'], testReads: ['a'] })],
    columnEdges: [],
  });
  expect(docs.byName.get('b')?.reads).toEqual(['a']);
  expect(docs.readBy.get('a')).toEqual(['b']);
  expect(withoutTestReads(docs).readBy.get('a')).toEqual([]);
});

test('the worst result of several tests is theirs', () => {
  const states = (...statuses: (string | null)[]) => testState(statuses.map((status) => ({ status })));
  expect(states('passed', 'warned', 'errored')).toBe('failed');
  expect(states('proved', 'warned', null)).toBe('warned');
  expect(states('reused', null)).toBe('unknown');
  expect(states('passed', 'proved')).toBe('good');
  expect(states()).toBe('');
});

test('coloured code is the code', () => {
  fc.assert(
    fc.property(fc.string(), fc.constantFrom('sql' as const, 'typescript' as const), (code, language) => {
      expect(
        tokens(code, language)
          .map(({ text }) => text)
          .join(''),
      ).toBe(code);
    }),
  );
});

test('keywords, texts, numbers and comments of SQL are told apart', () => {
  expect(
    tokens("select 1, 'it''s' -- x\nfrom selected", 'sql').filter(({ kind }) => kind !== 'plain'),
  ).toEqual([
    { kind: 'keyword', text: 'select' },
    { kind: 'number', text: '1' },
    { kind: 'text', text: "'it''s'" },
    { kind: 'comment', text: '-- x' },
    { kind: 'keyword', text: 'from' },
  ]);
});
