import type { StoredKind } from '../adapters/adapter.js';
import type { StandingFile } from '../adapters/source-loader.js';
import type { Namer } from '../materialize/names.js';
import type { ProjectNode } from '../project/project.js';
import type { NodeDefinition } from './definition.js';

/** A data test that held nothing back. */
export interface PassedTest {
  /** A hash of the test and of the rows' versions of all it read. */
  readonly version: string;
  /** Failing rows that only warned. */
  readonly failures: number;
}

/** What a model that is incremental by changes was last computed from. */
export interface IncrementBase {
  /** The rows' versions of all tables behind it. */
  readonly stored: Readonly<Record<string, string | null>>;
  /** A hash of the code of the views and ephemeral models between. */
  readonly between: string;
}

/** What is published of a node, as the ledger has it. */
export interface PublishedVersion {
  readonly node: string;
  readonly fingerprint: string;
  /** A hash of the fingerprint and of the rows' versions of all inputs. */
  readonly version: string;
  /** Changes whenever the rows do. */
  readonly rowsVersion: string;
  /** The rows' versions of the inputs that it was built from. */
  readonly inputs: Readonly<Record<string, string | null>>;
  /** For a model that is incremental by changes: what its increments go on from. */
  readonly base: IncrementBase | undefined;
  /** The code that it was built from. */
  readonly definition: NodeDefinition;
  /** The data tests that it answers for and that passed or warned on it, by name. */
  readonly tests: Readonly<Record<string, PassedTest>>;
  /** The unit tests that passed on its code. */
  readonly unitTestsVersion: string | undefined;
  readonly rows: number;
}

/** What a plan needs to know of the warehouse. */
export interface WarehouseState {
  readonly versions: ReadonlyMap<string, PublishedVersion>;
  /** Stored relations by `schema.name`, lower case, with the schemas' prefix. */
  readonly stored: ReadonlyMap<string, StoredKind>;
  /** Runs that have a beginning and no end: their process was killed, for nobody else holds the target. */
  readonly openRuns: readonly string[];
  /** The files that each source was loaded from. */
  readonly files: ReadonlyMap<string, readonly StandingFile[]>;
}

export const emptyState: WarehouseState = {
  versions: new Map(),
  stored: new Map(),
  openRuns: [],
  files: new Map(),
};

/** The ledger's entry of a node, if the warehouse has the relation to go with it, and as what it was published. */
export function publishedVersion(
  state: WarehouseState,
  names: Namer,
  node: ProjectNode,
): PublishedVersion | undefined {
  const version = state.versions.get(node.name);
  const wasView = version?.definition.configuration.startsWith('materialized: view');
  return storedKind(state, names, node) === (wasView ? 'view' : 'table') ? version : undefined;
}

/** What stands in the warehouse under a node's name. */
export function storedKind(state: WarehouseState, names: Namer, node: ProjectNode): StoredKind | undefined {
  return state.stored.get(`${names.schema(node.schema)}.${node.name}`.toLowerCase());
}
