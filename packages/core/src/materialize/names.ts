import type { Relation } from '../nodes/relation.js';
import type { ProjectNode } from '../project/project.js';
import type { Dialect } from '../sql/dialect.js';
import { quoteIdentifier } from '../sql/identifier.js';

/** How nodes are called in one target: dialect, schema prefix, for an attached one the database, and the writer's fence. */
export class Namer {
  readonly dialect: Dialect;
  readonly #schemaPrefix: string;
  readonly #database: string | undefined;
  readonly #suffix: string;

  /** @param fence of the process that builds candidates: {@link Warehouse.fence} */
  constructor(dialect: Dialect, schemaPrefix = '', database?: string, fence?: number) {
    this.dialect = dialect;
    this.#schemaPrefix = schemaPrefix;
    this.#database = database;
    this.#suffix = fence === undefined ? CANDIDATE : `__${fence}${CANDIDATE}`;
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
    return this.inSchema(node.schema, node.name + this.#suffix);
  }

  /** The quoted name of a table that helps to build a node. */
  helper(node: ProjectNode<Relation>, what: string): string {
    return this.inSchema(node.schema, this.helperName(node, what));
  }

  helperName(node: ProjectNode<Relation>, what: string): string {
    return `${node.name}__${what}${this.#suffix}`;
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

/** Whether a stored relation is a candidate or helps to build one, whoever has made it. */
export function isCandidate(relation: string): boolean {
  return relation.endsWith(CANDIDATE);
}
