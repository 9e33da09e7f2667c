import { expect, it } from 'vitest';
import { matrix } from '../../src/snowflake-conformance/matrix.js';

it('tells of each area how many of its facts hold', () => {
  const results = [
    { area: 'transactions', fact: 'others see it', failure: undefined },
    { area: 'transactions', fact: 'what fails is rolled back', failure: 'It is not.' },
    { area: 'values', fact: 'integers keep their digits', failure: undefined },
  ];
  expect(matrix(results, 'ACME/LAB')).toBe(`| facts that Matinee relies on | ACME/LAB |
|---|---|
| transactions | 1 of 2 |
| values come without loss | 1 of 1 |
`);
});
