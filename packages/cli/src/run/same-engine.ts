import { resolveSnowflake, type SnowflakeTarget, type TargetConfig, UsageError } from '@matinee/core';
import type { Context } from '../context.js';
import { ENGINES } from '../output/engine-names.js';

/** A target with its name. */
export interface NamedTarget<T extends TargetConfig = TargetConfig> {
  readonly name: string;
  readonly target: T;
}

/** One engine does not read another one's tables. */
export function otherEngine(one: NamedTarget, other: NamedTarget): UsageError {
  const [first, second] = [ENGINES[one.target.type], ENGINES[other.target.type]];
  return new UsageError(
    'TARGET_KIND',
    `Target '${one.name}' is on ${first}, '${other.name}' on ${second}: neither reads the other's tables.`,
    { hint: 'Name two targets on one engine.' },
  );
}

/**
 * The database of another target on Snowflake, which sessions of the first one read by its name.
 *
 * @returns undefined if it is the same database.
 * @throws UsageError TARGET_KIND if it is in another account; SNOWFLAKE_OPTION, SNOWFLAKE_KEY.
 */
export function databaseBeside(
  { env }: Pick<Context, 'env'>,
  one: NamedTarget<SnowflakeTarget>,
  other: NamedTarget<SnowflakeTarget>,
): string | undefined {
  const [own, beside] = [resolveSnowflake(one.target, env), resolveSnowflake(other.target, env)];
  if (own.account.toLowerCase() !== beside.account.toLowerCase()) {
    throw new UsageError(
      'TARGET_KIND',
      `Target '${one.name}' is in account ${own.account}, '${other.name}' in ${beside.account}: neither reads the other's tables.`,
      { hint: 'Name two targets in one account.' },
    );
  }
  return own.database.toLowerCase() === beside.database.toLowerCase() ? undefined : beside.database;
}
