import type { Namer } from '../materialize/names.js';
import { Model } from '../nodes/model.js';
import { allStages, type NodeStage, type Plan } from '../plan/plan.js';
import type { TestResult } from '../testing/run-test.js';
import type { NodeResult, RunEvent } from './events.js';
import type { FinishedNode } from './run-context.js';

/** Numbers, tells and keeps what happens. */
export class Collector {
  readonly nodes: NodeResult[] = [];
  readonly tests: TestResult[] = [];
  readonly totals: { readonly nodes: number; readonly tests: number };
  readonly #emit: (event: RunEvent) => void;
  readonly #names: Namer;
  readonly #indexes = new Map<string, number>();
  readonly #testOrder: readonly string[];
  readonly #answerers: ReadonlyMap<string, string>;
  readonly #recorded = new Set<string>();

  constructor(plan: Plan, names: Namer, emit: (event: RunEvent) => void) {
    this.#emit = emit;
    this.#names = names;
    const stages = allStages(plan);
    this.#testOrder = stages.flatMap((stage) => stage.tests.map(({ test }) => test.name));
    const tests = stages.reduce(
      (sum, stage) => sum + stage.tests.length + (stage.runsUnitTests ? stage.unitTests.length : 0),
      0,
    );
    this.#answerers = new Map(
      stages.flatMap(({ node, tests: planned }) => planned.map(({ test }) => [test.name, node.name])),
    );
    this.totals = { nodes: stages.length, tests };
  }

  started(stage: NodeStage): void {
    this.#emit({
      type: 'node_started',
      index: this.#indexOf(stage),
      total: this.totals.nodes,
      node: stage.node.name,
      materialized: materializedAs(stage),
    });
  }

  tested(result: TestResult): void {
    this.tests.push(result);
    this.#emit({ type: 'test_finished', result });
  }

  resultOf(stage: NodeStage, { action, ...finished }: FinishedNode): NodeResult {
    return {
      node: stage.node.name,
      kind: stage.node.kind,
      package: stage.node.package,
      schema: this.#names.schema(stage.node.schema),
      materialized: materializedAs(stage),
      action: finished.status === 'reused' ? 'reuse' : (action ?? stage.action),
      ...finished,
    };
  }

  finished(stage: NodeStage, finished: FinishedNode): void {
    const result = this.resultOf(stage, finished);
    this.nodes.push(result);
    this.#emit({
      type: 'node_finished',
      index: this.#indexOf(stage),
      total: this.totals.nodes,
      result,
    });
  }

  /** Nodes that the ledger knows of by now. */
  recorded(results: readonly NodeResult[]): void {
    for (const { node } of results) this.#recorded.add(node);
  }

  /** The results that the ledger does not know of: what failed, was skipped or reused, and its tests. */
  unrecorded(): { readonly nodes: readonly NodeResult[]; readonly tests: readonly TestResult[] } {
    const nodes = this.nodes.filter(({ node }) => !this.#recorded.has(node));
    return {
      nodes,
      tests: this.tests.filter(({ test }) => !this.#recorded.has(this.#answerers.get(test) ?? '')),
    };
  }

  /** The tests' results in the order of the plan, however they came in. */
  testsInOrder(): readonly TestResult[] {
    const order = new Map(this.#testOrder.map((name, index) => [name, index]));
    return this.tests.toSorted((a, b) => (order.get(a.test) ?? 0) - (order.get(b.test) ?? 0));
  }

  /** The names of the nodes that have failed so far. */
  failed(): ReadonlySet<string> {
    return new Set(this.nodes.filter(({ status }) => status === 'failed').map(({ node }) => node));
  }

  hasFailed(): boolean {
    return this.nodes.some(({ status }) => status === 'failed');
  }

  /** Nodes are numbered as they start. */
  #indexOf(stage: NodeStage): number {
    const known = this.#indexes.get(stage.node.name);
    const index = known ?? this.#indexes.size + 1;
    this.#indexes.set(stage.node.name, index);
    return index;
  }
}

function materializedAs({ node }: NodeStage): string {
  return node.declaration instanceof Model ? node.declaration.materialized.type : node.kind;
}
