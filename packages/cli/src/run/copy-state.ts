import { Ledger, Namer, type Session, type Warehouse, withSession } from '@matinee/core';

const ALIAS = 'matinee_copy';
/** Who holds the copy longer than this, in seconds, writes to it, and it is no copy any more. */
const PATIENCE = 1;

/**
 * Whether a copy holds the same versions of all nodes as an open warehouse, as their ledgers say. One that is not there or
 * cannot be read does not.
 *
 * @param prefix what all schemas of the warehouse begin with
 */
export function isCurrentCopy(
  warehouse: Warehouse,
  path: string,
  prefix: string | undefined,
  signal: AbortSignal,
): Promise<boolean> {
  const { dialect } = warehouse;
  const compare = async (session: Session) => {
    const here = await versions(session, new Namer(dialect, prefix));
    await warehouse.attach?.(ALIAS, path, { lockTimeout: PATIENCE, signal });
    try {
      return here === (await versions(session, new Namer(dialect, prefix, ALIAS)));
    } finally {
      await session.execute(`detach ${ALIAS}`);
    }
  };
  // Making a copy tells what is wrong, or mends it.
  return withSession(warehouse, compare).catch(() => false);
}

async function versions(session: Session, names: Namer): Promise<string> {
  const versions = await new Ledger(session, names).readVersions();
  const all = [...versions.values()].map(({ node, version, rowsVersion }) => [node, version, rowsVersion]);
  return JSON.stringify(all.sort(([a = ''], [b = '']) => (a < b ? -1 : 1)));
}
