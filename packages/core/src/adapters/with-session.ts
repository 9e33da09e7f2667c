import type { Session, Warehouse } from './adapter.js';

/** Does work with a session that is closed in the end, whatever comes of it. */
export async function withSession<T>(
  warehouse: Pick<Warehouse, 'openSession'>,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const session = await warehouse.openSession();
  try {
    return await work(session);
  } finally {
    await session.close();
  }
}
