import type { Namer } from '../materialize/names.js';
import type { Relation } from '../nodes/relation.js';
import type { ProjectNode } from '../project/project.js';
import { isEphemeral } from '../project/render-query.js';
import { type PublishedVersion, publishedVersion, type WarehouseState } from './state.js';

/** A target as far as it is built. */
export interface TargetState {
  readonly names: Namer;
  readonly state: WarehouseState;
}

/** Where nodes stand published: in the target that is built, or else in the one that is deferred to. */
export class Published {
  readonly #own: TargetState;
  readonly #deferred: TargetState | undefined;
  readonly #built: ReadonlySet<string>;

  /** @param built the nodes that are built now: these are never read from elsewhere */
  constructor(own: TargetState, deferred: TargetState | undefined, built: ReadonlySet<string>) {
    this.#own = own;
    this.#deferred = deferred;
    this.#built = built;
  }

  /** What is published of a node; ephemeral models have an entry for their tests alone, which other targets don't lend. */
  of(node: ProjectNode<Relation>): PublishedVersion | undefined {
    const { state, names } = this.#own;
    if (isEphemeral(node)) return state.versions.get(node.name);
    return this.isDeferred(node) && this.#deferred
      ? publishedVersion(this.#deferred.state, this.#deferred.names, node)
      : publishedVersion(state, names, node);
  }

  /** Whether a node is read from the other target: it is not built now, was never built here, and is there. */
  isDeferred(node: ProjectNode<Relation>): boolean {
    if (!this.#deferred || this.#built.has(node.name) || isEphemeral(node)) return false;
    if (publishedVersion(this.#own.state, this.#own.names, node)) return false;
    return publishedVersion(this.#deferred.state, this.#deferred.names, node) !== undefined;
  }

  /** The quoted name that readers use. */
  nameOf(node: ProjectNode<Relation>): string {
    const names = this.isDeferred(node) && this.#deferred ? this.#deferred.names : this.#own.names;
    return names.published(node);
  }
}
