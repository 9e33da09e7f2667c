import type { Session } from '../adapters/adapter.js';
import { Model } from '../nodes/model.js';
import type { Relation } from '../nodes/relation.js';
import type { ProjectNode } from '../project/project.js';
import type { Dialect } from '../sql/dialect.js';
import { quoteIdentifier } from '../sql/identifier.js';

/** Does work on the compute that a model asks for, and then goes back to what the session had. */
export async function onOwnWarehouse<T>(
  { declaration }: ProjectNode<Relation>,
  session: Session,
  dialect: Dialect,
  work: () => Promise<T>,
): Promise<T> {
  const own = declaration instanceof Model ? declaration.snowflake.warehouse : undefined;
  if (own === undefined || dialect !== 'snowflake') return work();
  const use = (name: string) => session.execute(`use warehouse ${quoteIdentifier(name, dialect)}`);
  const [row] = await session.query('select current_warehouse() as warehouse');
  await use(own);
  const goBack = async () => {
    if (typeof row?.warehouse === 'string') await use(row.warehouse);
  };
  const result = await work().catch(async (error: unknown) => {
    // Why the work failed says more than why the way back did.
    await goBack().catch(() => undefined);
    throw error;
  });
  await goBack();
  return result;
}
