import { Ledger, Namer, type Session, type Warehouse } from '@matinee/core';

const ALIAS = 'matinee_copy';
/** Who holds the copy longer than this, in seconds, writes to it, and it is no copy any more. */
const PATIENCE = 1;

/**
 * Whether a copy holds the same versions of all nodes as an open warehouse, as their ledgers say. One that is not there or
 * cannot be read does not.
 *
 * @param prefix what all schemas of the warehouse begin with
 */
export async function isCurrentCopy(
  warehouse: Warehouse,
  path: string,
  prefix: string | undefined,
  signal: AbortSignal,
): Promise<boolean> {
  const { dialect } = warehouse;
  const session = await warehouse.openSession();
  try {
    const here = await versions(session, new Namer(dialect, prefix));
    await warehouse.attach?.(ALIAS, path, { lockTimeout: PATIENCE, signal });
    try {
      return here === (await versions(session, new Namer(dialect, prefix, ALIAS)));
    } finally {
      await session.execute(`detach ${ALIAS}`);
    }
  } catch {
    // Making a copy tells what is wrong, or mends it.
    return false;
  } finally {
    await session.close();
  }
}

async function versions(session: Session, names: Namer): Promise<string> {
  const { versions } = await new Ledger(session, names).readState();
  const all = [...versions.values()].map(({ node, version, rowsVersion }) => [node, version, rowsVersion]);
  return JSON.stringify(all.sort(([a = ''], [b = '']) => (a < b ? -1 : 1)));
}
