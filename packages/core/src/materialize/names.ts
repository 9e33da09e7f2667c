import type { Relation } from '../nodes/relation.js';
import type { ProjectNode } from '../project/project.js';
import type { Dialect } from '../sql/dialect.js';
import { quoteIdentifier } from '../sql/identifier.js';

/** How nodes are called in one target: dialect, schema prefix and, for an attached one, the database. */
export class Namer {
  readonly dialect: Dialect;
  readonly #schemaPrefix: string;
  readonly #database: string | undefined;

  constructor(dialect: Dialect, schemaPrefix = '', database?: string) {
    this.dialect = dialect;
    this.#schemaPrefix = schemaPrefix;
    this.#database = database;
  }

  /** The attached database; undefined for the target that is built. */
  get database(): string | undefined {
    return this.#database;
  }

  /** The stored schema name, unquoted. */
  schema(name: string): string {
    return this.#schemaPrefix + name;
  }

  /** The quoted name that readers use. */
  published(node: ProjectNode<Relation>): string {
    return this.inSchema(node.schema, node.name);
  }

  /** The quoted name under which a node is built and tested before it is published. */
  candidate(node: ProjectNode<Relation>): string {
    return this.inSchema(node.schema, candidateName(node.name));
  }

  /** The quoted name of a table that helps to build a node. */
  helper(node: ProjectNode<Relation>, what: string): string {
    return this.inSchema(node.schema, this.helperName(node, what));
  }

  helperName(node: ProjectNode<Relation>, what: string): string {
    return candidateName(`${node.name}__${what}`);
  }

  inSchema(schema: string, name: string): string {
    const database = this.#database === undefined ? '' : `${this.quote(this.#database)}.`;
    return `${database}${this.quote(this.schema(schema))}.${this.quote(name)}`;
  }

  quote(name: string): string {
    return quoteIdentifier(name, this.dialect);
  }
}

const CANDIDATE = '__candidate';

export function candidateName(name: string): string {
  return name + CANDIDATE;
}

/** The node a stored relation is a candidate of, or undefined if it is none. */
export function candidateOf(relation: string): string | undefined {
  return relation.endsWith(CANDIDATE) ? relation.slice(0, -CANDIDATE.length) : undefined;
}
