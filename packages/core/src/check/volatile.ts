import { ProjectError } from '../errors.js';
import { Model } from '../nodes/model.js';
import type { Declaration } from '../nodes/node.js';
import { Snapshot } from '../nodes/snapshot.js';
import type { ProjectNode } from '../project/project.js';
import { sqlTokens } from '../sql/normalize.js';

const VOLATILE =
  /^(now|current_timestamp|current_date|current_time|localtimestamp|localtime|current_localtimestamp|sysdate|getdate|random|rand|uniform|uuid|gen_random_uuid|uuid_string|nextval)$/i;
/** These are read without brackets too. */
const BARE = /^(current_timestamp|current_date|current_time|localtimestamp|localtime)$/i;

/** Whether rows are reused as long as code and inputs stay the same, so that the query must give the same rows again. */
export function isRebuiltFrom(declaration: Declaration): boolean {
  return declaration instanceof Snapshot || (declaration instanceof Model && !declaration.volatile);
}

/**
 * Refuses a query that reads the clock or chance: the same code and inputs would not give the same rows again.
 *
 * @throws ProjectError VOLATILE
 */
export function refuseVolatile(node: Pick<ProjectNode, 'name' | 'declaration'>, text: string): void {
  const tokens = sqlTokens(text);
  const found = tokens.find(
    (token, index) => VOLATILE.test(token) && (BARE.test(token) || tokens[index + 1] === '('),
  );
  if (!found) return;
  throw new ProjectError(
    'VOLATILE',
    `${node.name}: its query reads ${found}, so it cannot be told whether its rows are up to date.`,
    {
      location: node.declaration.location,
      hint: 'Pass the value in as a variable, or declare the model volatile: true; it is then rebuilt every time.',
    },
  );
}
