import { expect } from 'vitest';
import { type Dialect, dialects } from '../../src/index.js';

/** Asserts the SQL of every dialect; a dialect without golden SQL does not compile. */
export function expectSql(
  write: (dialect: Dialect) => string | readonly string[],
  golden: Record<Dialect, string | readonly string[]>,
): void {
  for (const dialect of dialects) expect(write(dialect), dialect).toEqual(golden[dialect]);
}
