import { ProjectError } from '../errors.js';
import type { Analysis } from '../nodes/analysis.js';
import type { Declaration } from '../nodes/node.js';
import { Relation } from '../nodes/relation.js';
import type { RelationLike } from '../sql/renderable.js';
import type { Variable } from '../sql/variable.js';

/** A declaration in its place: which package it belongs to, where it stands and which schema it goes to. */
export interface ProjectNode<D extends Declaration = Declaration> {
  readonly name: string;
  readonly kind: D['kind'];
  readonly declaration: D;
  /** The package, such as `@matinee/models-staging`. */
  readonly package: string;
  readonly schema: string;
  /** Whom to ask, as the node says or else its package; undefined where neither does. */
  readonly owner: string | undefined;
  /** The file relative to the project's root, `/`-separated. */
  readonly path: string;
}

/** All nodes and variables of the packages that were gathered. */
export class Project {
  /** The project's root folder, absolute. */
  readonly root: string;
  readonly nodes: ReadonlyMap<string, ProjectNode>;
  readonly variables: ReadonlyMap<string, Variable>;

  constructor(root: string, nodes: readonly ProjectNode[], variables: readonly Variable[]) {
    this.root = root;
    this.nodes = new Map(nodes.map((node) => [node.name, node]));
    this.variables = new Map(variables.map((variable) => [variable.name, variable]));
  }

  /** @throws ProjectError NODE_UNKNOWN for a name that no package declares. */
  get(name: string): ProjectNode {
    const node = this.nodes.get(name);
    if (!node) throw new ProjectError('NODE_UNKNOWN', `No node is called '${name}'.`);
    return node;
  }

  /** The place of a relation that some SQL refers to. @throws ProjectError if it was not gathered. */
  placeOf(relation: RelationLike): ProjectNode<Relation> {
    const node = this.nodes.get(relation.name);
    if (node && isRelationNode(node) && node.declaration === relation) return node;
    throw new ProjectError(
      'NODE_NOT_GATHERED',
      `'${relation.name}' is read but belongs to no gathered package.`,
      {
        location: relation instanceof Relation ? relation.location : undefined,
        hint: "Export it from its package's warehouse.ts, and see that the package has a matinee key in package.json.",
      },
    );
  }

  relations(): readonly ProjectNode<Relation>[] {
    return [...this.nodes.values()].filter(isRelationNode);
  }

  analyses(): readonly ProjectNode<Analysis>[] {
    return [...this.nodes.values()].filter((node): node is ProjectNode<Analysis> => node.kind === 'analysis');
  }
}

export function isRelationNode(node: ProjectNode): node is ProjectNode<Relation> {
  return node.declaration instanceof Relation;
}
