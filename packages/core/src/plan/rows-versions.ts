import type { DeliveredFile } from '../adapters/source-loader.js';
import type { Dag } from '../graph/dag.js';
import { storedInputs } from '../graph/mappings.js';
import { Model } from '../nodes/model.js';
import type { Relation } from '../nodes/relation.js';
import type { ProjectNode } from '../project/project.js';
import { isEphemeral, isView } from '../project/render-query.js';
import type { Fingerprints } from './fingerprint.js';
import { hashOf } from './hash.js';
import type { Published } from './published.js';
import type { RowLimit } from './row-limit.js';
import { filesAfter, filesVersion } from './source-files.js';
import type { SourceLoad } from './source-load.js';
import type { IncrementBase } from './state.js';

export type InputVersions = Readonly<Record<string, string | null>>;

export interface RowsVersionsOptions {
  readonly dag: Dag;
  readonly fingerprints: Fingerprints;
  readonly published: Published;
  /** The nodes that are built now. */
  readonly built: ReadonlySet<string>;
  readonly runId: string;
  readonly loads: ReadonlyMap<string, SourceLoad>;
  readonly limit: RowLimit | undefined;
}

/**
 * The version of every relation's rows, as it is now: published, or built in this run so far. A stored relation gets a new
 * one when its rows have changed; that of a view or an ephemeral model follows from its code and its inputs.
 */
export class RowsVersions {
  readonly #options: RowsVersionsOptions;
  readonly #now = new Map<string, string>();

  constructor(options: RowsVersionsOptions) {
    this.#options = options;
  }

  /** A stored relation has come out with other rows than before. */
  set(name: string, rowsVersion: string): void {
    this.#now.set(name, rowsVersion);
  }

  /** Undefined for what was never built. */
  of(name: string): string | undefined {
    const known = this.#now.get(name);
    if (known !== undefined) return known;
    const { published, built } = this.#options;
    const node = this.#relation(name);
    const entry = published.of(node);
    if (!isView(node) && !isEphemeral(node)) return entry?.rowsVersion;
    if (isEphemeral(node) || built.has(name)) return this.versionOf(node);
    // A view that is not built now shows its inputs' rows of now by the code it was built from.
    if (!entry) return undefined;
    return this.isAsDefined(node) ? this.versionOf(node) : entry.version;
  }

  /** Whether a view that stands published here shows its inputs by the code of now. */
  isAsDefined(node: ProjectNode<Relation>): boolean {
    const { published, fingerprints } = this.#options;
    const isByCode = published.of(node)?.fingerprint === fingerprints.of(node).fingerprint;
    return isByCode && !isVolatile(node) && !published.isDeferred(node);
  }

  inputsOf(node: ProjectNode<Relation>): InputVersions {
    // The order of the DAG changes with edges that are none of this node's business.
    const inputs = this.#options.dag.queryInputsOf(node.name).toSorted();
    return Object.fromEntries(inputs.map((input) => [input, this.of(input) ?? null]));
  }

  /** What a model that is incremental by changes is computed from now. */
  baseOf(node: ProjectNode<Relation>): IncrementBase {
    const { dag, fingerprints, runId } = this.#options;
    const { stored, between } = storedInputs(dag, node.name);
    return {
      stored: Object.fromEntries(stored.map((input) => [input, this.of(input) ?? null])),
      between: hashOf(
        between.toSorted().map((input) => {
          const node = this.#relation(input);
          return [fingerprints.of(node).fingerprint, isVolatile(node) && runId];
        }),
      ),
    };
  }

  /** What a relation is made of: its code, and the rows or files it reads. Volatile ones differ in each run. */
  versionOf(node: ProjectNode<Relation>): string {
    const { fingerprints, runId, loads, limit } = this.#options;
    const { fingerprint } = fingerprints.of(node);
    const delivered = loads.get(node.name)?.files;
    if (node.kind === 'source') return sourceVersion(fingerprint, delivered && filesAfter(delivered), limit);
    if (node.kind === 'seed') return hashOf([fingerprint, limit?.type === 'empty']);
    return hashOf([fingerprint, this.inputsOf(node), isVolatile(node) && runId]);
  }

  #relation(name: string): ProjectNode<Relation> {
    return this.#options.dag.project.get(name) as ProjectNode<Relation>;
  }
}

/** The version of a source's table that holds the rows of some files. */
export function sourceVersion(
  fingerprint: string,
  files: readonly Pick<DeliveredFile, 'path' | 'shape' | 'contentVersion'>[] | undefined,
  limit: RowLimit | undefined,
): string {
  return hashOf([fingerprint, files && filesVersion(files), limit]);
}

export function isVolatile({ declaration }: ProjectNode): boolean {
  return declaration instanceof Model && declaration.volatile;
}
