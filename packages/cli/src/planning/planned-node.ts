import {
  allStages,
  type Cause,
  Model,
  type Namer,
  type NodeAction,
  type NodeStage,
  type Plan,
} from '@matinee/core';

/** How sure it is that a plan has something to do for a node. `tests`: nothing is built, but tests run. */
export type Fate = 'build' | 'maybe' | 'tests' | 'reuse';

/** Tests of a plan: those that will run, and those that run if rows come out different. */
export interface TestCounts {
  readonly run: number;
  readonly maybe: number;
}

/** One node of a plan, as people and programs are shown it. */
export interface PlannedNode {
  readonly node: string;
  /** Stored schema, with the target's prefix. */
  readonly schema: string;
  readonly package: string;
  /** The materialization or kind: `table`, `view`, `source`, … */
  readonly materialized: string;
  readonly action: NodeAction;
  /** The action is taken only if the rows of an input come out different. */
  readonly conditional: boolean;
  readonly fate: Fate;
  readonly causes: readonly Cause[];
  readonly reason: string;
  readonly tests: readonly { readonly test: string; readonly runs: 'always' | 'if_rows_change' }[];
  /** Nodes with the same number are published together. */
  readonly group: number;
}

/** The nodes of a plan in the order in which they are built. */
export function plannedNodes(plan: Plan, names: Namer): readonly PlannedNode[] {
  const groups = new Map(plan.groups.flatMap(({ id, nodes }) => nodes.map((stage) => [stage, id])));
  return allStages(plan).map((stage) => {
    const { node, action, conditional, causes, reason } = stage;
    const { declaration } = node;
    return {
      node: node.name,
      schema: names.schema(node.schema),
      package: node.package,
      materialized: declaration instanceof Model ? declaration.materialized.type : node.kind,
      action,
      conditional,
      fate: fateOf(stage),
      causes,
      reason,
      tests: testsOf(stage),
      group: groups.get(stage) ?? 0,
    };
  });
}

function fateOf(stage: NodeStage): Fate {
  if (stage.action !== 'reuse' && stage.action !== 'inline') return stage.conditional ? 'maybe' : 'build';
  return testsOf(stage).length > 0 ? 'tests' : 'reuse';
}

function testsOf({ tests, unitTests, runsUnitTests }: NodeStage): PlannedNode['tests'] {
  return [
    ...(runsUnitTests ? unitTests.map(({ name }) => ({ test: name, runs: 'always' as const })) : []),
    ...tests.flatMap(({ test, runs }) => (runs === 'never' ? [] : [{ test: test.name, runs }])),
  ];
}

export function countTests(nodes: readonly PlannedNode[]): TestCounts {
  const tests = nodes.flatMap((node) => node.tests);
  const run = tests.filter(({ runs }) => runs === 'always').length;
  return { run, maybe: tests.length - run };
}

export function countPlan(nodes: readonly PlannedNode[]): Readonly<Record<Fate, number>> {
  const count = (fate: Fate) => nodes.filter((node) => node.fate === fate).length;
  return { build: count('build'), maybe: count('maybe'), tests: count('tests'), reuse: count('reuse') };
}
