import { messageOf, quoteIdentifier, type Session, type Warehouse } from '@matinee/core';
import type { Check } from './check.js';
import { catalog } from './checks/catalog.js';
import { errors } from './checks/errors.js';
import { functions } from './checks/functions.js';
import { statements } from './checks/statements.js';
import { transactions } from './checks/transactions.js';
import { values } from './checks/values.js';

/** All that is checked, area by area. */
export const allChecks: readonly Check[] = [
  ...values,
  ...catalog,
  ...statements,
  ...transactions,
  ...errors,
  ...functions,
];

export interface CheckResult {
  readonly area: string;
  readonly fact: string;
  /** Undefined if it is so. */
  readonly failure: string | undefined;
}

/** Runs checks one after the other, each in a schema and with sessions of its own. */
export async function runChecks(
  warehouse: Warehouse,
  checks: readonly Check[],
  schemaPrefix: string,
  onResult: (result: CheckResult) => void,
): Promise<readonly CheckResult[]> {
  const results: CheckResult[] = [];
  for (const [index, check] of checks.entries()) {
    const failure = await failureOf(warehouse, check, `${schemaPrefix}_${index}`);
    const result = { area: check.area, fact: check.fact, failure };
    results.push(result);
    onResult(result);
  }
  return results;
}

async function failureOf(warehouse: Warehouse, check: Check, schema: string): Promise<string | undefined> {
  const quoted = quoteIdentifier(schema, 'snowflake');
  const sessions: Session[] = [];
  try {
    sessions.push(await warehouse.openSession(), await warehouse.openSession());
    const [session, other] = sessions as [Session, Session];
    await session.execute(`create schema if not exists ${quoted}`);
    const name = (relation: string) => `${quoted}.${quoteIdentifier(relation, 'snowflake')}`;
    await check.run({ session, other, name, schema });
    return undefined;
  } catch (error) {
    return messageOf(error);
  } finally {
    await sessions[0]?.execute(`drop schema if exists ${quoted} cascade`).catch(() => undefined);
    for (const session of sessions) await session.close();
  }
}
