import type { Namer } from '../materialize/names.js';
import type { StoredKind } from '../materialize/publish.js';
import type { ProjectNode } from '../project/project.js';

/** What is published of a node, as the ledger has it. */
export interface PublishedVersion {
  readonly node: string;
  readonly fingerprint: string;
  readonly version: string;
  /** The tests that passed on it; undefined if it was published without. */
  readonly testsVersion: string | undefined;
  readonly rows: number;
}

/** What a plan needs to know of the warehouse. */
export interface WarehouseState {
  readonly versions: ReadonlyMap<string, PublishedVersion>;
  /** Stored relations by `schema.name`, lower case, with the schemas' prefix. */
  readonly stored: ReadonlyMap<string, StoredKind>;
}

/** The ledger's entry of a node, if the warehouse has the relation to go with it. */
export function publishedVersion(
  state: WarehouseState,
  names: Namer,
  node: ProjectNode,
): PublishedVersion | undefined {
  return storedKind(state, names, node) ? state.versions.get(node.name) : undefined;
}

/** What stands in the warehouse under a node's name. */
export function storedKind(state: WarehouseState, names: Namer, node: ProjectNode): StoredKind | undefined {
  return state.stored.get(`${names.schema(node.schema)}.${node.name}`.toLowerCase());
}
