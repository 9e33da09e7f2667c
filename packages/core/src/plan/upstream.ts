import { type MatineeError, NodeError } from '../errors.js';
import type { Dag } from '../graph/dag.js';
import type { Namer } from '../materialize/names.js';
import { isRelationNode } from '../project/project.js';
import { isEphemeral } from '../project/render-query.js';
import { type FingerprintContext, nodeFingerprint } from './fingerprint.js';
import { publishedVersion, type WarehouseState } from './state.js';

export interface UpstreamContext {
  readonly dag: Dag;
  readonly state: WarehouseState;
  readonly names: Namer;
  readonly fingerprints: FingerprintContext;
}

/** What is wrong with a reader's inputs that are not built now: they must stand published, from the code and variables of now. */
export function upstreamProblems(
  context: UpstreamContext,
  relations: ReadonlySet<string>,
  reader: string,
  inputs: readonly string[] = context.dag.inputsOf(reader),
): readonly MatineeError[] {
  const { dag, state, names, fingerprints } = context;
  return inputs.flatMap((name) => {
    const node = dag.project.get(name);
    if (relations.has(name) || !isRelationNode(node)) return [];
    if (isEphemeral(node)) return upstreamProblems(context, relations, reader, dag.queryInputsOf(name));
    const problem = (code: string, what: string, hint: string) =>
      new NodeError(code, `'${reader}' reads '${name}', which was ${what}.`, {
        location: node.declaration.location,
        hint: `${hint}: matinee build --select '+${reader}'.`,
      });
    const published = publishedVersion(state, names, node);
    if (!published) return [problem('UPSTREAM_MISSING', 'never built in this target', 'Build it first')];
    if (published.fingerprint === nodeFingerprint(fingerprints, node)) return [];
    return [problem('UPSTREAM_STALE', 'built from other code or variables', 'Build it again')];
  });
}
