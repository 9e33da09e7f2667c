import { number } from '../types.js';
import { CONDITIONALS } from './conditional.js';
import { CONVERSIONS } from './conversion.js';
import type { ScalarFunction } from './function.js';
import { scalar } from './function.js';
import { NUMERIC_FUNCTIONS } from './numeric.js';
import { TEMPORAL_FUNCTIONS } from './temporal.js';
import { TEXT_FUNCTIONS } from './text.js';

/** Every function of single values that is known. */
export const SCALARS: Readonly<Record<string, ScalarFunction>> = Object.assign(Object.create(null), {
  ...CONDITIONALS,
  ...CONVERSIONS,
  ...NUMERIC_FUNCTIONS,
  ...TEMPORAL_FUNCTIONS,
  ...TEXT_FUNCTIONS,
  RANDOM: scalar(0, 1, () => ({ sql: 'sf_signed(hash(random()))', type: number(19) })),
  SEQ4: scalar(0, 0, () => ({ sql: '(row_number() over () - 1)', type: number(10) })),
  SEQ8: scalar(0, 0, () => ({ sql: '(row_number() over () - 1)', type: number(19) })),
} as Record<string, ScalarFunction>);
