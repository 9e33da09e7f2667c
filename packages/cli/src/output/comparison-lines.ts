import type { ComparedSide, Comparison } from '../diff/compare.js';
import type { Colors } from './colors.js';
import { alignColumns } from './columns.js';
import { differenceSamples } from './difference-samples.js';
import { differenceText } from './difference-text.js';
import { plural } from './numbers.js';

const SIDES = { left: 'left', right: 'right' };

/** Two tables, what of them was compared, and how they differ. */
export async function comparisonLines(comparison: Comparison, colors: Colors): Promise<readonly string[]> {
  const { left, right, key, difference, isDifferent } = comparison;
  const { dim, green, red } = colors;
  const sides = [
    ['left', left.table, plural(left.rows, 'row')],
    ['right', right.table, plural(right.rows, 'row')],
  ];
  const samples = await differenceSamples(difference, key, SIDES);
  return [
    ...alignColumns(sides, Number.POSITIVE_INFINITY),
    dim(scopeText(comparison)),
    ...[missingText('left', left), missingText('right', right)].filter((line) => line !== ''),
    '',
    isDifferent ? red(`✗ ${differenceText(difference, SIDES)}`) : green('✓ equal'),
    ...samples,
  ];
}

function scopeText({ key, columns, asText }: Comparison): string {
  const by = key.length > 0 ? `rows found by ${key.join(', ')}` : 'rows compared as a whole';
  const texts = asText.length > 0 ? `; as texts, for their types differ: ${asText.join(', ')}` : '';
  return `${plural(columns.length, 'column')} compared, ${by}${texts}`;
}

function missingText(side: string, { onlyHere }: ComparedSide): string {
  return onlyHere.length === 0 ? '' : `only ${side} has: ${onlyHere.join(', ')}`;
}
