import type { Session } from '../adapters/adapter.js';
import type { ProjectNode } from '../project/project.js';

/** Has the statements of a session from now on noted as a node's, or as the run's as a whole, where the engine keeps such notes. */
export function tagStatements(
  session: Session,
  run: string,
  node?: Pick<ProjectNode, 'name' | 'package'>,
): void {
  session.tag?.({ run, ...(node && { node: node.name, package: node.package }) });
}
