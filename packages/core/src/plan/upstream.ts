import { type MatineeError, NodeError } from '../errors.js';
import type { Dag } from '../graph/dag.js';
import { isRelationNode } from '../project/project.js';
import { isEphemeral, isView } from '../project/render-query.js';
import type { Fingerprints } from './fingerprint.js';
import type { Published } from './published.js';

export interface UpstreamContext {
  readonly dag: Dag;
  readonly published: Published;
  readonly fingerprints: Fingerprints;
}

/**
 * What is wrong with a reader's inputs that are not built now: they must stand published, from the code and
 * variables of now; what is deferred is taken as it is.
 */
export function upstreamProblems(
  context: UpstreamContext,
  relations: ReadonlySet<string>,
  reader: string,
  inputs: readonly string[] = context.dag.inputsOf(reader),
): readonly MatineeError[] {
  const { dag, published, fingerprints } = context;
  return inputs.flatMap((name) => {
    const node = dag.project.get(name);
    if (relations.has(name) || !isRelationNode(node)) return [];
    if (isEphemeral(node)) return upstreamProblems(context, relations, reader, dag.queryInputsOf(name));
    const problem = (code: string, what: string, hint: string) =>
      new NodeError(code, `'${reader}' reads '${name}', which was ${what}.`, {
        location: node.declaration.location,
        hint: `${hint}: matinee build --select '+${reader}'.`,
      });
    const version = published.of(node);
    if (!version) return [problem('UPSTREAM_MISSING', 'never built in this target', 'Build it first')];
    if (published.isDeferred(node)) return [];
    if (version.fingerprint === fingerprints.of(node).fingerprint) {
      // A view that is right shows what stands behind it now.
      return isView(node) ? upstreamProblems(context, relations, reader, dag.queryInputsOf(name)) : [];
    }
    return [problem('UPSTREAM_STALE', 'built from other code or variables', 'Build it again')];
  });
}
