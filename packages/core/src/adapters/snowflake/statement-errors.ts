import { type MatineeError, messageOf, StatementError, WarehouseError } from '../../errors.js';
import { type Failure, isNetworkFailure } from './failure.js';
import { oneLine, unreachable } from './login-errors.js';
import type { SnowflakeConnection } from './options.js';

/** What Snowflake says of a statement, with a code of ours. */
export function statementError(failure: Failure, sql: string, options: SnowflakeConnection): MatineeError {
  const { code, message } = failure;
  if (isNetworkFailure(failure)) return unreachable(failure, options);
  const position = positionOf(failure, sql);
  const told = oneLine(withoutFrame(message));
  const known = KNOWN[code]?.(told, options);
  return known
    ? new StatementError(known.code, known.message, position, known.hint)
    : new StatementError('STATEMENT_FAILED', told, position);
}

interface Known {
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
}

type Sentence = (told: string, options: SnowflakeConnection) => Known;

const interrupted: Sentence = () => ({
  code: 'STATEMENT_INTERRUPTED',
  message: 'The statement was interrupted.',
});

const lockTimeout: Sentence = (told) => ({
  code: 'SNOWFLAKE_LOCK_TIMEOUT',
  message: `Another transaction holds a lock that this statement needs: ${told}`,
  hint: 'show locks in account says who holds it; build again when it is gone.',
});

const noCompute: Sentence = (told, { warehouse, role }) => ({
  code: 'SNOWFLAKE_WAREHOUSE',
  message:
    warehouse === undefined
      ? `No warehouse is named to compute with: ${told}`
      : `Warehouse ${warehouse} cannot be used: ${told}`,
  hint:
    warehouse === undefined
      ? 'Set SNOWFLAKE_WAREHOUSE.'
      : `Have it granted (grant usage, operate on warehouse ${warehouse} to role ${role ?? 'ROLE'}), and resumed if it does not resume by itself.`,
});

const queueFull: Sentence = (told) => ({
  code: 'SNOWFLAKE_QUEUE_FULL',
  message: `Too much is waiting already: ${told}`,
  hint: 'Lower --threads, or use a larger or multi-cluster warehouse.',
});

const privileges: Sentence = (told, { role }) => ({
  code: 'SNOWFLAKE_PRIVILEGES',
  message: `Role ${role ?? '(the default one)'} may not do this: ${told}`,
  hint: `Have it granted to ${role ?? 'the role'} by the object's owner, or set SNOWFLAKE_ROLE to a role that has it.`,
});

const timeout: Sentence = (told) => ({
  code: 'STATEMENT_TIMEOUT',
  message: told,
  hint: 'Raise STATEMENT_TIMEOUT_IN_SECONDS of the user or warehouse, or give the query less to do.',
});

/** The rows that collide are data, which has no business in logs. */
const duplicateRow: Sentence = () => ({
  code: 'STATEMENT_FAILED',
  message: 'Several source rows match one row of the target: the key is not unique in what is merged.',
});

/** By Snowflake's numbers, as far as they are known to us; none was seen on a real account. */
const KNOWN: Readonly<Record<string, Sentence | undefined>> = {
  '000604': interrupted,
  '000606': noCompute,
  '000607': noCompute,
  '000609': queueFull,
  '000610': queueFull,
  '000613': queueFull,
  '000625': lockTimeout,
  '000629': queueFull,
  '000630': timeout,
  '003001': privileges,
  '090073': noCompute,
  '100090': duplicateRow,
};

/** Offset in UTF-16 units, from Snowflake's line and position. */
function positionOf({ line, column }: Failure, sql: string): number | undefined {
  if (line === undefined || column === undefined) return undefined;
  const before = sql.split('\n').slice(0, line - 1);
  const start = before.reduce((sum, text) => sum + text.length + 1, 0);
  return start + column <= sql.length ? start + column : undefined;
}

/** Without the frame around what happened: ours names the place in the model's file. */
function withoutFrame(message: string): string {
  return message
    .replace(/^SQL (compilation|execution) error:\s*/i, '')
    .replace(/^(error |syntax error )?line \d+ at position \d+\s*/i, (_, kind?: string) =>
      kind?.toLowerCase().startsWith('syntax') ? 'syntax error: ' : '',
    )
    .replace(/\bRow Values: \[[\s\S]*\]/i, '');
}

/** A transaction that ended without a commit. */
export function transactionLost(why: string): WarehouseError {
  return new WarehouseError(
    'TRANSACTION_LOST',
    `${why.replace(/\.$/, '')}: what the transaction did was rolled back.`,
    {
      hint: 'Build again: published tables are as they were.',
    },
  );
}

/** A session that ended where it could not be replaced. */
export function sessionLost(error: unknown): WarehouseError {
  return new WarehouseError('SESSION_LOST', `Snowflake ended the session: ${messageOf(error)}`, {
    hint: 'Build again; if it comes back, see who ends sessions, and whether a session policy does.',
  });
}
