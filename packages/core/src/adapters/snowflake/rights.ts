import { quoteIdentifier } from '../../sql/identifier.js';
import type { Session } from '../adapter.js';

/** What a role has been granted, by itself or through a role that it has. */
export interface Grant {
  /** In capital letters: OWNERSHIP, CREATE SCHEMA, USAGE. */
  readonly privilege: string;
  /** In capital letters: DATABASE, SCHEMA, WAREHOUSE. */
  readonly on: string;
  /** As it is stored, parts parted by points, without quotes. */
  readonly name: string;
}

/** All that a role may do. @param role as it is stored @throws StatementError */
export async function readGrants(session: Session, role: string): Promise<readonly Grant[]> {
  const grants: Grant[] = [];
  const asked = new Set<string>();
  const waiting = [role];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (asked.has(next)) continue;
    asked.add(next);
    const quoted = `"${next.replaceAll('"', '""')}"`;
    for (const row of await session.query(`show grants to role ${quoted}`)) {
      const [on, name] = [String(row.granted_on).toUpperCase(), String(row.name).replaceAll('"', '')];
      const privilege = String(row.privilege).toUpperCase();
      if (on === 'ROLE' && privilege === 'USAGE') waiting.push(name);
      else grants.push({ privilege, on, name });
    }
  }
  return grants;
}

/** What keeps a role from building in a database, as the statements that an administrator runs. */
export function missingGrants(
  grants: readonly Grant[],
  role: string,
  place: {
    readonly database: string;
    /** Those that a build writes to, prefix included. */
    readonly schemas: readonly string[];
    /** Those of the database that are there, as stored. */
    readonly stored: ReadonlySet<string>;
  },
): readonly string[] {
  const { database, schemas, stored } = place;
  const quote = (name: string) => quoteIdentifier(name, 'snowflake');
  const has = (on: string, name: string, wanted: readonly string[]) => {
    const held = grants.filter((grant) => grant.on === on && grant.name === name.toUpperCase());
    return wanted.every((wish) =>
      held.some(({ privilege }) => [wish, 'OWNERSHIP', 'ALL'].includes(privilege)),
    );
  };
  const isThere = (schema: string) => stored.has(schema.toUpperCase());
  const to = `to role "${role.replaceAll('"', '""')}"`;
  const statements: string[] = [];
  if (!has('DATABASE', database, ['CREATE SCHEMA']) && schemas.some((schema) => !isThere(schema)))
    statements.push(`grant usage, create schema on database ${quote(database)} ${to}`);
  for (const schema of schemas.filter(isThere))
    if (!has('SCHEMA', `${database}.${schema}`, ['CREATE TABLE', 'CREATE VIEW']))
      statements.push(`grant all on schema ${quote(database)}.${quote(schema)} ${to}`);
  return statements;
}
