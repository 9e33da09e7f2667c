import type { Relation } from '../nodes/relation.js';
import type { UnitTest } from '../nodes/unit-test.js';
import type { ProjectNode } from '../project/project.js';
import { normalizeSql } from '../sql/normalize.js';
import type { ProjectTest } from '../testing/project-tests.js';
import { type DefinitionContext, definitionSql, type NodeDefinition, nodeDefinition } from './definition.js';
import { hashOf } from './hash.js';

/** Raised when materializers write other tables from the same code. */
const MATERIALIZER_VERSION = 2;

/** What the code says of one node, and a hash of it. */
export interface DefinedNode {
  readonly definition: NodeDefinition;
  /**
   * A hash of all that decides what the node holds: the tokens of its rendered SQL, with the values of the variables it
   * reads, its configuration and contract. Not of paths, TypeScript names, comments or formatting.
   */
  readonly fingerprint: string;
}

/** The definitions and fingerprints of a project's nodes in one dialect with some values of variables, each made once. */
export class Fingerprints {
  readonly context: DefinitionContext;
  readonly #nodes = new Map<string, DefinedNode>();

  constructor(context: DefinitionContext) {
    this.context = context;
  }

  of(node: ProjectNode<Relation>): DefinedNode {
    const known = this.#nodes.get(node.name);
    if (known) return known;
    const definition = nodeDefinition(this.context, node);
    const defined = { definition, fingerprint: fingerprintOf(node, definition) };
    this.#nodes.set(node.name, defined);
    return defined;
  }

  /** A hash of a data test as it runs and is judged. */
  ofTest({ name, options, query, reads }: ProjectTest): string {
    return hashOf([
      name,
      { ...options, where: undefined },
      normalizeSql(definitionSql(this.context, query)),
      reads.toSorted(),
    ]);
  }

  /** A hash of all that decides how the unit tests of a node come out. */
  ofUnitTests(node: ProjectNode<Relation>, tests: readonly UnitTest[]): string {
    const cases = tests.map(({ name, given, expected, variables, later }) => [
      name,
      [{ given, expected }, ...later].map((step) => [
        step.given.map(({ relation, rows }) => [relation.name, rows]),
        step.expected,
      ]),
      variables,
    ]);
    return hashOf([this.of(node).fingerprint, JSON.stringify(cases, bigintsAsText)]);
  }
}

export function fingerprintOf(
  { kind, schema, name }: ProjectNode<Relation>,
  { sql, contract, configuration }: NodeDefinition,
): string {
  return hashOf([MATERIALIZER_VERSION, kind, schema, name, contract, configuration, normalizeSql(sql)]);
}

const bigintsAsText = (_key: string, value: unknown): unknown =>
  typeof value === 'bigint' ? `${value}n` : value;
