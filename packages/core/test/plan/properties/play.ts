import { expect } from 'vitest';
import {
  ErrorList,
  MatineeError,
  openDuckDb,
  type Plan,
  planBuild,
  type RunResult,
  withSession,
} from '../../../src/index.js';
import { allStages } from '../../../src/plan/plan.js';
import { actions, Lab, ranTests, watchStatements } from '../../support/lab.js';
import { dagOf } from '../../support/project.js';
import { rowsLoader } from '../../support/rows-loader.js';
import { type Blueprint, declarationsOf, deliveryOf, placeOf } from './blueprint.js';
import { blueprintOf, edited, nameAt, namesOf, type Scenario, type Selection } from './edits.js';
import { type Expected, Oracle } from './oracle.js';

/** How often something of interest has happened, over all scenarios. */
export class Sightings {
  readonly counts = new Map<string, number>();

  add(what: string, times = 1): void {
    if (times > 0) this.counts.set(what, (this.counts.get(what) ?? 0) + times);
  }
}

export interface PlayOptions {
  readonly oracle?: Oracle;
  readonly sightings?: Sightings;
  /** Meddles with the warehouse before every build, behind the back of engine and oracle. */
  readonly meddle?: (lab: Lab) => Promise<void>;
}

/** Plays a scenario in a warehouse of its own, and compares every build with what the oracle says. */
export async function play(scenario: Scenario, options: PlayOptions = {}): Promise<void> {
  const warehouse = await openDuckDb({ path: ':memory:', engineThreads: 1 });
  await withSession(warehouse, (session) =>
    new Game(new Lab(warehouse, session), options).play(scenario),
  ).finally(() => warehouse.close());
}

class Game {
  readonly #lab: Lab;
  readonly #oracle: Oracle;
  readonly #sightings: Sightings;
  readonly #meddle: PlayOptions['meddle'];
  readonly #statements: string[] = [];

  constructor(lab: Lab, { oracle = new Oracle(), sightings = new Sightings(), meddle }: PlayOptions) {
    this.#lab = lab;
    this.#oracle = oracle;
    this.#sightings = sightings;
    this.#meddle = meddle;
    watchStatements(lab.warehouse, (statement) => this.#statements.push(statement));
  }

  async play(scenario: Scenario): Promise<void> {
    let blueprint = blueprintOf(scenario);
    await this.#build(blueprint, undefined, 'the first build');
    for (const [index, { edits, selection }] of scenario.steps.entries()) {
      const before = blueprint;
      for (const [count, edit] of edits.entries()) {
        if (edit.type === 'drop') await this.#drop(nameAt(blueprint, edit.at));
        else blueprint = edited(blueprint, edit, `m_added_${index}_${count}`);
      }
      const selected = this.#selected(before, blueprint, selection);
      await this.#build(blueprint, selected, `build ${index + 1} of [${selected?.join(' ') ?? 'all'}]`);
    }
  }

  /** The nodes to select; undefined for everything. */
  #selected(before: Blueprint, blueprint: Blueprint, selection: Selection): readonly string[] | undefined {
    // What an ephemeral model has left in the warehouse is looked at in builds of everything only.
    if (selection.type === 'all' || ephemerals(before) !== ephemerals(blueprint)) return undefined;
    if (selection.type === 'down') return [`${nameAt(blueprint, selection.at)}+`];
    return [...new Set(selection.at.map((at) => nameAt(blueprint, at)))];
  }

  async #build(blueprint: Blueprint, selected: readonly string[] | undefined, what: string): Promise<void> {
    await this.#meddle?.(this.#lab);
    const expected = this.#oracle.build(blueprint, chosen(blueprint, selected));
    const build = () => this.#lab.build(declarationsOf(blueprint), this.#options(blueprint, selected));
    if (expected.type === 'refused') {
      await expectRefusal(() => this.#plan(blueprint, selected), `${what}: plan`);
      await expectRefusal(build, what);
      this.#sightings.add('refused');
      await this.#expectRows(what);
      return;
    }
    const plan = await this.#plan(blueprint, selected);
    const result = await build();
    const failed = result.nodes.filter(({ status }) => status === 'failed');
    expect(
      failed.map(({ node, error }) => `${node}: ${error?.message}`),
      what,
    ).toEqual([]);
    expect(result.status, what).toBe('ok');
    expect(doneOf(result), `${what}: actions`).toEqual(expected.actions);
    expectAgreement(plan, result, what);
    await this.#expectRows(what);
    await this.#expectIdle(build, Object.keys(expected.actions), selected !== undefined, what);
    this.#see(expected, plan, result, selected);
  }

  /** The same build once more does nothing at all. */
  async #expectIdle(
    build: () => Promise<RunResult>,
    names: readonly string[],
    isPartial: boolean,
    what: string,
  ): Promise<void> {
    const idle = Object.fromEntries(names.map((name) => [name, 'reuse']));
    this.#statements.length = 0;
    const again = await build();
    expect(actions(again), `${what}, again`).toEqual(idle);
    // Where a node that is not built turns out to be up to date, it is only now that the others are compared with it.
    if (isPartial && this.#statements.length > 0) {
      expect(
        ranTests(again).filter((test) => !test.includes('_like_')),
        `${what}, again: tests`,
      ).toEqual([]);
      this.#sightings.add('comparisons put off');
      this.#statements.length = 0;
      await build();
    }
    expect(this.#statements, `${what}, again`).toEqual([]);
  }

  #plan(blueprint: Blueprint, selected: readonly string[] | undefined): Promise<Plan> {
    const { rows, ...options } = this.#options(blueprint, selected);
    return planBuild({
      ...options,
      dag: dagOf(...declarationsOf(blueprint)),
      warehouse: this.#lab.warehouse,
      command: 'plan',
      loader: rowsLoader(rows),
    });
  }

  #options(blueprint: Blueprint, select: readonly string[] = []) {
    return { rows: deliveryOf(blueprint), select, variables: { threshold: blueprint.threshold } };
  }

  async #drop(name: string): Promise<void> {
    const kind = this.#oracle.drop(name);
    if (kind) await this.#lab.session.execute(`drop ${kind} ${placeOf(name)}`);
  }

  /** Readers see the oracle's rows, of all that was ever published, and nothing else stands there. */
  async #expectRows(what: string): Promise<void> {
    const standing = [...this.#oracle.stored()].map(([name, kind]) => `${placeOf(name)} ${kind}`);
    expect(await this.#lab.stored(), `${what}: relations`).toEqual(standing.sort());
    const visible = this.#oracle.visible();
    if (visible.size === 0) return;
    const parts = [...visible.keys()].map((name) => `select '${name}' as name, n from ${placeOf(name)}`);
    const found = await this.#lab.query(`${parts.join(' union all ')} order by name, n`);
    const rows = new Map([...visible.keys()].map((name) => [name, [] as number[]]));
    for (const { name, n } of found) rows.get(String(name))?.push(Number(n));
    expect(Object.fromEntries(rows), `${what}: rows`).toEqual(Object.fromEntries(visible));
  }

  #see(
    { actions: expected, cameOutTheSame }: Expected & { type: 'built' },
    plan: Plan,
    result: RunResult,
    selected: readonly string[] | undefined,
  ): void {
    this.#sightings.add('builds');
    if (selected) this.#sightings.add('partial builds');
    for (const action of Object.values(expected)) this.#sightings.add(action);
    this.#sightings.add('came out the same', cameOutTheSame.length);
    this.#sightings.add('warnings', result.tests.filter(({ status }) => status === 'warned').length);
    const conditional = allStages(plan).filter((stage) => stage.conditional);
    const built = conditional.filter(({ node }) => expected[node.name] !== 'reuse');
    this.#sightings.add('conditional, built', built.length);
    this.#sightings.add('conditional, reused', conditional.length - built.length);
  }
}

/** What was done, except that an ephemeral model is always `inline`, be its tests run or not. */
function doneOf(result: RunResult): Readonly<Record<string, string>> {
  return Object.fromEntries(
    result.nodes.map(({ node, action, materialized }) => [
      node,
      materialized === 'ephemeral' ? 'inline' : action,
    ]),
  );
}

/** The plan made right before a build says what the build did; where it said "if", either that or nothing. */
function expectAgreement(plan: Plan, result: RunResult, what: string): void {
  const done = doneOf(result);
  const stages = allStages(plan);
  expect(stages.map(({ node }) => node.name).sort(), `${what}: planned nodes`).toEqual(
    Object.keys(done).sort(),
  );
  for (const { node, action, conditional } of stages) {
    const allowed = conditional ? [action, 'reuse'] : [action];
    expect(allowed, `${what}: plan of ${node.name}`).toContain(done[node.name]);
  }
}

function ephemerals({ models }: Blueprint): string {
  return models
    .filter(({ kind }) => kind === 'ephemeral')
    .map(({ name }) => name)
    .join();
}

/** The names that a selection means: all of them, or those that are named, with what is downstream if it says so. */
function chosen(blueprint: Blueprint, selected: readonly string[] | undefined): ReadonlySet<string> {
  if (!selected) return new Set(namesOf(blueprint));
  const names = new Set(selected.map((name) => name.replace('+', '')));
  const down = selected.some((name) => name.endsWith('+'));
  for (const { name, inputs } of blueprint.models)
    if (down && inputs.some((input) => names.has(input))) names.add(name);
  return names;
}

/** It is refused, and every reason is an upstream that was never built or from other code. */
async function expectRefusal(work: () => Promise<unknown>, what: string): Promise<void> {
  const error = await work().then(
    () => undefined,
    (reason: unknown) => reason,
  );
  const errors: readonly unknown[] = error instanceof ErrorList ? error.errors : [error];
  const codes = new Set(errors.map((one) => (one instanceof MatineeError ? one.code : one)));
  expect(['UPSTREAM_MISSING', 'UPSTREAM_STALE'], what).toEqual(expect.arrayContaining([...codes]));
}
