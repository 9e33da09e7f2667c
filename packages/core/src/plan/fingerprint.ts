import { createHash } from 'node:crypto';
import { readSeedText } from '../materialize/seed.js';
import { Model } from '../nodes/model.js';
import type { Relation } from '../nodes/relation.js';
import { Seed } from '../nodes/seed.js';
import { Snapshot } from '../nodes/snapshot.js';
import { Source } from '../nodes/source.js';
import type { Project, ProjectNode } from '../project/project.js';
import { renderQuery } from '../project/render-query.js';
import type { VariableValues } from '../project/variables.js';
import type { Dialect } from '../sql/dialect.js';
import type { Sql } from '../sql/fragment.js';
import { normalizeSql } from '../sql/normalize.js';
import type { ProjectTest } from '../testing/project-tests.js';

/** Raised when materializers write other tables from the same code. */
const MATERIALIZER_VERSION = 1;

export function hashOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 32);
}

export interface FingerprintContext {
  readonly project: Project;
  readonly dialect: Dialect;
  readonly variables: VariableValues;
}

/**
 * A hash of everything in the code that decides what a node holds: the tokens of its rendered SQL, its configuration and
 * contract, the values of the variables it reads. Not of paths, TypeScript names, comments or formatting.
 */
export function nodeFingerprint(context: FingerprintContext, node: ProjectNode<Relation>): string {
  const { declaration } = node;
  const contract = Object.entries(declaration.columns).map(([name, column]) => [
    name,
    column.type,
    column.isNullable,
    column.values,
  ]);
  return hashOf([
    MATERIALIZER_VERSION,
    node.kind,
    node.schema,
    node.name,
    declaration.key,
    contract,
    configuration(context, declaration),
  ]);
}

function configuration(context: FingerprintContext, relation: Relation): unknown {
  if (relation instanceof Model) return [relation.materialized, fullText(context, relation.query)];
  if (relation instanceof Snapshot)
    return [relation.strategy, relation.naturalKey, fullText(context, relation.query)];
  if (relation instanceof Seed) return readSeedText(relation);
  if (relation instanceof Source) return [relation.shapes, relation.optional];
  return undefined;
}

function fullText(context: FingerprintContext, query: Sql): string {
  const render = (incremental: boolean) => normalizedText(context, query, incremental);
  const [full, increment] = [render(false), render(true)];
  return full === increment ? full : `${full} | ${increment}`;
}

function normalizedText(
  { project, dialect, variables }: FingerprintContext,
  query: Sql,
  incremental = false,
): string {
  const { text } = renderQuery(project, query, {
    dialect,
    variables,
    incremental,
    self: '"self"',
    relationName: (node) => `"${node.schema}"."${node.name}"`,
  });
  return normalizeSql(text);
}

/** A hash of tests as they run, and of the versions of what they read. */
export function testsFingerprint(
  context: FingerprintContext,
  tests: readonly ProjectTest[],
  versionOf: (name: string) => string | undefined,
): string {
  return hashOf(
    tests.map((test) => [
      test.name,
      { ...test.options, where: undefined },
      normalizedText(context, test.query),
      test.reads.map((name) => versionOf(name) ?? null),
    ]),
  );
}
