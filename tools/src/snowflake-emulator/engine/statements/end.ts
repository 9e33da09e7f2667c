import { SnowflakeError } from '../../engine.js';
import type { Cursor } from '../syntax/cursor.js';

/** The end of the one statement that a request holds. @throws SnowflakeError 000008 where another one follows. */
export function endStatement(cursor: Cursor): void {
  const hadSemicolon = cursor.acceptOperator(';');
  while (cursor.acceptOperator(';'));
  if (hadSemicolon && !cursor.atEnd())
    throw new SnowflakeError(
      '000008',
      '0A000',
      'Actual statement count 2 did not match the desired statement count 1.',
    );
  cursor.end();
}
