import {
  type Grant,
  messageOf,
  missingGrants,
  readGrants,
  type Session,
  type WarehouseRow,
} from '@matinee/core';
import type { Finding } from './finding.js';

/** What the session uses, as it is stored, and where a build would write. */
export interface Used {
  readonly role: string;
  readonly database: string;
  /** Prefix included. */
  readonly schemas: readonly string[];
}

/** Whether the role may make and write the project's schemas; if not, what gives it the right. */
export async function rightsFinding(session: Session, { role, database, schemas }: Used): Promise<Finding> {
  let grants: readonly Grant[];
  let shown: readonly WarehouseRow[];
  try {
    grants = await readGrants(session, role);
    shown = await session.query(`show schemas in database "${database.replaceAll('"', '""')}"`);
  } catch (error) {
    return { ok: true, what: 'rights', found: `cannot be looked at: ${messageOf(error)}` };
  }
  const stored = new Set(shown.map(({ name }) => String(name)));
  const missing = missingGrants(grants, role, { database, schemas, stored });
  return missing.length === 0
    ? { ok: true, what: 'rights', found: `${role} may build in ${database}` }
    : {
        ok: false,
        what: 'rights',
        found: `${role} may not build in ${database}`,
        todo: `have an administrator run: ${missing.join('; ')}`,
      };
}

/** Whether what computes does so when it is needed. */
export async function warehouseFinding(session: Session, name: string): Promise<Finding> {
  const quoted = `"${name.replaceAll('"', '""')}"`;
  let row: WarehouseRow | undefined;
  try {
    row = (await session.query('show warehouses')).find((one) => one.name === name);
  } catch {
    // It is in use, so it is there; how it does is not for every role to see.
  }
  const state = String(row?.state ?? '').toLowerCase();
  if (!/^suspend/.test(state)) return { ok: true, what: 'warehouse', found: name };
  return String(row?.auto_resume) === 'true'
    ? { ok: true, what: 'warehouse', found: `${name}, suspended: it resumes by itself` }
    : {
        ok: false,
        what: 'warehouse',
        found: `${name}, suspended, and does not resume by itself`,
        todo: `have an administrator run: alter warehouse ${quoted} resume; alter warehouse ${quoted} set auto_resume = true`,
      };
}
