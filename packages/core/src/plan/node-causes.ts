import { Model } from '../nodes/model.js';
import type { Relation } from '../nodes/relation.js';
import { Snapshot } from '../nodes/snapshot.js';
import type { ProjectNode } from '../project/project.js';
import { normalizeSql } from '../sql/normalize.js';
import type { Cause, VariableChange } from './cause.js';
import { definitionSql, type NodeDefinition } from './definition.js';
import type { Fingerprints } from './fingerprint.js';
import type { PublishedVersion } from './state.js';

/** What of a node's code is another than what was published: several may be. None, if it is the same. */
export function codeCauses(
  node: ProjectNode<Relation>,
  published: PublishedVersion,
  fingerprints: Fingerprints,
): readonly Cause[] {
  const { fingerprint, definition } = fingerprints.of(node);
  if (published.fingerprint === fingerprint) return [];
  const before = published.definition;
  const changes = variableChanges(before, definition);
  const texts = (['contract', 'configuration'] as const)
    .filter((type) => before[type] !== definition[type])
    .map((type): Cause => ({ type, before: before[type], after: definition[type] }));
  const causes: Cause[] = [
    ...(changes.length > 0 ? [{ type: 'variables', changes } as const] : []),
    ...(isOtherSql(node, published, fingerprints)
      ? [{ type: 'sql', before: before.sql, after: definition.sql } as const]
      : []),
    ...texts,
  ];
  return causes.length > 0 ? causes : [{ type: 'engine' }];
}

function variableChanges(before: NodeDefinition, after: NodeDefinition): readonly VariableChange[] {
  const names = new Set([...Object.keys(before.variables), ...Object.keys(after.variables)]);
  return [...names]
    .sort()
    .map((name) => ({ name, before: before.variables[name], after: after.variables[name] }))
    .filter(({ before, after }) => before !== after);
}

/** Whether the SQL differs by more than the values of variables. */
function isOtherSql(
  { declaration }: ProjectNode<Relation>,
  { definition: before }: PublishedVersion,
  fingerprints: Fingerprints,
): boolean {
  if (!(declaration instanceof Model) && !(declaration instanceof Snapshot)) return false;
  const { context } = fingerprints;
  const variables = { ...context.variables, ...before.variables };
  const then = definitionSql({ ...context, variables }, declaration.query);
  return normalizeSql(then) !== normalizeSql(before.sql);
}
