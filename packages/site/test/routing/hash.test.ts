import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dayRange, oneOf, someOf } from '../../src/browser/routing/filter.js';
import { findPage } from '../../src/browser/routing/find-page.js';
import { formatHash, parseHash } from '../../src/browser/routing/hash.js';

const aPath = fc
  .array(
    fc.string({ minLength: 1 }).filter((part) => !part.includes('/')),
    { maxLength: 3 },
  )
  .map((parts) => parts.join('/'));
const filters = fc.dictionary(fc.string({ minLength: 1 }), fc.string());

test('a filter may be called anything', () => {
  expect(Object.entries(parseHash('#/?__proto__=x&constructor=y').filters)).toEqual([
    ['__proto__', 'x'],
    ['constructor', 'y'],
  ]);
});

test('an address is read back as it was written', () => {
  fc.assert(
    fc.property(aPath, filters, (path, chosen) => {
      const read = parseHash(formatHash({ path, filters: chosen }));
      expect(read.path).toBe(path);
      expect({ ...read.filters }).toEqual({ ...chosen });
    }),
  );
});

test('an address that nobody wrote is read as far as it goes', () => {
  expect(parseHash('')).toEqual({ path: '', filters: {} });
  expect(parseHash('#/a%zz/b/?x=1&x=2&=&y')).toEqual({ path: 'a%zz/b', filters: { x: '2', '': '', y: '' } });
});

test('the order in which filters were set does not change the address', () => {
  expect(formatHash({ path: 'p', filters: { b: '2', a: '1' } })).toBe('#/p?a=1&b=2');
});

test('chosen values stand in the address, whatever they are called', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ minLength: 1 }), { minLength: 1 }), (values) => {
      expect(someOf.parse(someOf.format(values))).toEqual(values);
    }),
  );
  expect(someOf.format([])).toBeUndefined();
});

test('a range is put in order, and an open end left out', () => {
  expect(dayRange.parse('1970-01-11..1970-01-02')).toEqual({ from: 1, to: 10 });
  expect(dayRange.parse('1970-01-02..')).toEqual({ from: 1, to: undefined });
  expect(dayRange.parse('nonsense')).toEqual({ from: undefined, to: undefined });
  expect(dayRange.format({ from: 1, to: undefined })).toBe('1970-01-02..');
  expect(dayRange.format({ from: undefined, to: undefined })).toBeUndefined();
});

test('one of some values falls back to the first', () => {
  const filter = oneOf(['graph', 'tree']);
  expect([filter.parse(undefined), filter.parse('tree'), filter.parse('other')]).toEqual([
    'graph',
    'tree',
    'graph',
  ]);
  expect([filter.format('graph'), filter.format('tree')]).toEqual([undefined, 'tree']);
});

test('the longest page that fits an address is taken, and given the rest', () => {
  const pages = [{ path: '' }, { path: 'docs' }, { path: 'docs/tests' }];
  expect(findPage(pages, 'docs/x/y')).toEqual({ page: { path: 'docs' }, rest: 'x/y' });
  expect(findPage(pages, 'docs/tests')).toEqual({ page: { path: 'docs/tests' }, rest: '' });
  expect(findPage(pages, '')).toEqual({ page: { path: '' }, rest: '' });
  expect(findPage(pages, 'docsx')).toBeUndefined();
});
