import type { Blueprint, ModelSpec } from './blueprint.js';
import { namesOf } from './edits.js';
import { type Rule, relationsOf, rowsOfRule, ruleOf, sorted } from './rules.js';

type Rows = readonly number[];

/** What stands in the warehouse under a name. */
type Stored =
  | { readonly kind: 'table'; readonly rows: Rows }
  | { readonly kind: 'view'; readonly rule: Rule };

/** What is remembered of the last build of a node. */
interface Memory {
  /** What its code said then. */
  readonly code: string;
  readonly nullable: boolean;
  /** Which rows its inputs showed then, in the oracle's words. */
  readonly inputs: string;
  /** Of a stored relation: which rows it shows, in the oracle's words. */
  readonly content: string;
}

export type Expected =
  | { readonly type: 'refused' }
  | {
      readonly type: 'built';
      readonly actions: Readonly<Record<string, string>>;
      /** Nodes that were built again, and came out with the rows that they had. */
      readonly cameOutTheSame: readonly string[];
    };

/**
 * Says what a build has to do, by rows that are plain values: which nodes are built and which stay, and what readers see
 * then. It knows nothing of hashes and SQL. The rules it goes by:
 *
 * - A stored relation is built when it is not there, its code is other than it was built from, or an input shows other rows
 *   than it was built from. A source is loaded when it is not there or was delivered otherwise, be it in another order.
 * - The content of a stored relation is new when it was not there before as a table, its rows are others, or its contract
 *   is. That of a view or an ephemeral model is its code together with the content of its inputs.
 * - A build takes published views over what it builds along, unless they read, be it through other views, what is missing or
 *   from other code. It is refused when something else that it builds does.
 */
export class Oracle {
  readonly #stored = new Map<string, Stored>();
  readonly #memories = new Map<string, Memory>();
  #contents = 0;

  /** What readers see, by node; what cannot be read is left out. */
  visible(): ReadonlyMap<string, Rows> {
    const readable = [...this.#stored.keys()].map((name) => [name, this.#rowsOf(name)] as const);
    return new Map(readable.filter((one): one is readonly [string, Rows] => one[1] !== undefined));
  }

  stored(): ReadonlyMap<string, 'table' | 'view'> {
    return new Map([...this.#stored].map(([name, { kind }]) => [name, kind]));
  }

  /** Somebody drops what is published. @returns what it was. */
  drop(name: string): 'table' | 'view' | undefined {
    const kind = this.#stored.get(name)?.kind;
    this.#stored.delete(name);
    return kind;
  }

  /** Builds the selected nodes. */
  build(blueprint: Blueprint, selected: ReadonlySet<string>): Expected {
    const built = this.#withViews(blueprint, selected);
    if (![...built].every((name) => this.#canRead(blueprint, name, built))) return { type: 'refused' };
    const actions: Record<string, string> = {};
    const cameOutTheSame: string[] = [];
    for (const name of namesOf(blueprint).filter((one) => built.has(one))) {
      const { action, isSame } = this.#buildOne(blueprint, name, built);
      actions[name] = action;
      if (isSame) cameOutTheSame.push(name);
    }
    return { type: 'built', actions, cameOutTheSame };
  }

  /** What a node's code says, as far as it means anything. */
  protected codeOf(blueprint: Blueprint, spec: ModelSpec): string {
    return JSON.stringify([spec.kind, spec.nullable, ruleOf(blueprint, spec)]);
  }

  protected areSame(before: Rows, after: Rows): boolean {
    return JSON.stringify(sorted(before)) === JSON.stringify(sorted(after));
  }

  /** What a view or an ephemeral model shows: its code, and what its inputs show. */
  protected lookedThrough(code: string, inputs: string): string {
    return `${code} of ${inputs}`;
  }

  #buildOne(
    blueprint: Blueprint,
    name: string,
    built: ReadonlySet<string>,
  ): { readonly action: string; readonly isSame?: boolean } {
    const model = modelOf(blueprint, name);
    const { code, nullable, inputs } = this.#now(blueprint, name, built);
    const memory = this.#memories.get(name);
    if (model?.kind === 'ephemeral') {
      // Only its tests are remembered, and so is it if it has any.
      if (!model.nullable || model.tests !== 'none')
        this.#memories.set(name, { code, nullable, inputs, content: '' });
      return { action: 'inline' };
    }
    const stored = this.#stored.get(name);
    if (stored && memory && memory.code === code && memory.inputs === inputs) return { action: 'reuse' };
    if (model?.kind === 'view') {
      this.#stored.set(name, { kind: 'view', rule: ruleOf(blueprint, model) });
      this.#memories.set(name, { code, nullable, inputs, content: '' });
      return { action: 'view' };
    }
    const rows = model
      ? rowsOfRule(ruleOf(blueprint, model), (input) => this.#rowsOf(input))
      : sorted(deliveredRows(blueprint, name));
    if (!rows) throw new Error(`The oracle cannot read what '${name}' reads.`);
    const isSame =
      memory !== undefined &&
      memory.nullable === nullable &&
      stored?.kind === 'table' &&
      this.areSame(stored.rows, rows);
    const content = isSame ? memory.content : `content ${++this.#contents}`;
    this.#stored.set(name, { kind: 'table', rows });
    this.#memories.set(name, { code, nullable, inputs, content });
    return { action: model ? 'create' : 'load', isSame };
  }

  /** What a node's code says now and its inputs show. */
  #now(blueprint: Blueprint, name: string, built: ReadonlySet<string>): Omit<Memory, 'content'> {
    const model = modelOf(blueprint, name);
    if (!model) return { code: '', nullable: false, inputs: JSON.stringify(deliveredRows(blueprint, name)) };
    const inputs = model.inputs.map((input) => [input, this.#contentOf(blueprint, input, built)]);
    return {
      code: this.codeOf(blueprint, model),
      nullable: model.nullable,
      inputs: JSON.stringify(inputs.sort()),
    };
  }

  /** Which rows a node shows now. */
  #contentOf(blueprint: Blueprint, name: string, built: ReadonlySet<string>): string {
    const model = modelOf(blueprint, name);
    if (model?.kind === 'view' || model?.kind === 'ephemeral') {
      const { code, inputs } = this.#now(blueprint, name, built);
      return this.lookedThrough(code, inputs);
    }
    return (this.#stored.has(name) && this.#memories.get(name)?.content) || 'nothing';
  }

  /** The selected nodes, and the published views over them whose other inputs are up to date. */
  #withViews(blueprint: Blueprint, selected: ReadonlySet<string>): ReadonlySet<string> {
    const built = new Set(selected);
    for (const { name, kind } of blueprint.models) {
      if (kind !== 'view' || !this.#stored.has(name)) continue;
      const isOverBuilt = readsOf(blueprint, name).some((input) => built.has(input));
      if (isOverBuilt && this.#canRead(blueprint, name, built)) built.add(name);
    }
    return built;
  }

  /** Whether all that a node reads is built too, or stands from the code of now; views are looked through. */
  #canRead(blueprint: Blueprint, name: string, built: ReadonlySet<string>): boolean {
    return relationsRead(blueprint, name).every((input) => {
      if (built.has(input)) return true;
      if (!this.#isUpToDate(blueprint, input)) return false;
      return modelOf(blueprint, input)?.kind !== 'view' || this.#canRead(blueprint, input, built);
    });
  }

  /** Whether a node stands in the warehouse from the code of now. */
  #isUpToDate(blueprint: Blueprint, name: string): boolean {
    const model = modelOf(blueprint, name);
    const code = model ? this.codeOf(blueprint, model) : '';
    return this.#stored.has(name) && this.#memories.get(name)?.code === code;
  }

  #rowsOf(name: string): Rows | undefined {
    const stored = this.#stored.get(name);
    return stored?.kind === 'view' ? rowsOfRule(stored.rule, (input) => this.#rowsOf(input)) : stored?.rows;
  }
}

function modelOf(blueprint: Blueprint, name: string): ModelSpec | undefined {
  return blueprint.models.find((model) => model.name === name);
}

function deliveredRows(blueprint: Blueprint, name: string): Rows {
  return blueprint.sources.find((source) => source.name === name)?.rows ?? [];
}

/** The stored relations and views that a node reads, through ephemeral models. */
function relationsRead(blueprint: Blueprint, name: string): readonly string[] {
  const model = modelOf(blueprint, name);
  return model ? relationsOf(ruleOf(blueprint, model)) : [];
}

/** All that a node reads, the ephemeral models between included. */
function readsOf(blueprint: Blueprint, name: string): readonly string[] {
  const inputs = modelOf(blueprint, name)?.inputs ?? [];
  return inputs.flatMap((input) =>
    modelOf(blueprint, input)?.kind === 'ephemeral' ? [input, ...readsOf(blueprint, input)] : [input],
  );
}
