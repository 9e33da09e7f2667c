import type { Session } from '../adapters/adapter.js';
import { Model } from '../nodes/model.js';
import type { Relation } from '../nodes/relation.js';
import type { ProjectNode } from '../project/project.js';

/** Does work on the compute that a model asks for, and then goes back to what the session had. */
export function onOwnWarehouse<T>(
  { declaration }: ProjectNode<Relation>,
  session: Session,
  work: () => Promise<T>,
): Promise<T> {
  const own = declaration instanceof Model ? declaration.snowflake.warehouse : undefined;
  return own !== undefined && session.onCompute ? session.onCompute(own, work) : work();
}
