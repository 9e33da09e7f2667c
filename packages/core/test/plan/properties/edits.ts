import fc from 'fast-check';
import { type Blueprint, KINDS, type ModelSpec, SHAPES } from './blueprint.js';

/** One thing that a person changes between two builds. Positions are taken modulo the number of nodes there are. */
export type Edit =
  | { readonly type: 'rows'; readonly at: number; readonly rows: readonly number[] }
  /** The same rows in another order. */
  | { readonly type: 'reorder'; readonly at: number }
  /** A row that is there already once more. */
  | { readonly type: 'repeat'; readonly at: number }
  | { readonly type: 'constant'; readonly at: number; readonly k: number }
  /** Another text that says the same. */
  | { readonly type: 'wording'; readonly at: number }
  /** Comments and blanks. */
  | { readonly type: 'layout'; readonly at: number }
  | { readonly type: 'shape'; readonly at: number; readonly shape: ModelSpec['shape'] }
  | { readonly type: 'kind'; readonly at: number; readonly kind: ModelSpec['kind'] }
  | { readonly type: 'nullable'; readonly at: number }
  | { readonly type: 'tests'; readonly at: number; readonly tests: ModelSpec['tests'] }
  | { readonly type: 'rewire'; readonly at: number; readonly inputs: readonly number[] }
  | { readonly type: 'threshold'; readonly value: number }
  | { readonly type: 'add'; readonly model: Seedling }
  | { readonly type: 'remove'; readonly at: number }
  /** Somebody drops what is published of a node. */
  | { readonly type: 'drop'; readonly at: number };

/** What a build is asked to build. */
export type Selection =
  | { readonly type: 'all' }
  | { readonly type: 'down'; readonly at: number }
  | { readonly type: 'nodes'; readonly at: readonly number[] };

export interface Step {
  readonly edits: readonly Edit[];
  readonly selection: Selection;
}

/** A model before it has a name and its inputs. */
export type Seedling = Omit<ModelSpec, 'name' | 'inputs'> & { readonly inputs: readonly number[] };

export interface Scenario {
  readonly sources: readonly (readonly number[])[];
  readonly models: readonly Seedling[];
  readonly compared: readonly (readonly [number, number])[];
  readonly steps: readonly Step[];
}

const at = fc.nat(11);
// Without a bias to small values, of which nothing follows.
const rows = fc.noBias(fc.array(fc.nat(5), { maxLength: 4 }));
const picks = fc.noBias(fc.array(at, { maxLength: 2 }));
const k = fc.nat(3);
const kind = fc.constantFrom(...KINDS, 'table' as const, 'view' as const);
const shape = fc.constantFrom(...SHAPES);
const tests = fc.constantFrom<ModelSpec['tests'][]>('none', 'unique', 'range');
const wording = fc.constantFrom<(0 | 1)[]>(0, 1);

const seedlings = fc.record<Seedling>({
  kind,
  inputs: picks,
  shape,
  k,
  wording,
  layout: fc.nat(3),
  nullable: fc.boolean(),
  tests,
});

const edits = fc.oneof(
  fc.record({ type: fc.constant('rows'), at, rows }),
  fc.record({ type: fc.constant('rows'), at, rows }),
  fc.record({ type: fc.constant('reorder'), at }),
  fc.record({ type: fc.constant('repeat'), at }),
  fc.record({ type: fc.constant('constant'), at, k }),
  fc.record({ type: fc.constant('wording'), at }),
  fc.record({ type: fc.constant('layout'), at }),
  fc.record({ type: fc.constant('shape'), at, shape }),
  fc.record({ type: fc.constant('kind'), at, kind }),
  fc.record({ type: fc.constant('nullable'), at }),
  fc.record({ type: fc.constant('tests'), at, tests }),
  fc.record({ type: fc.constant('rewire'), at, inputs: picks }),
  fc.record({ type: fc.constant('threshold'), value: fc.nat(3) }),
  fc.record({ type: fc.constant('add'), model: seedlings }),
  fc.record({ type: fc.constant('remove'), at }),
  fc.record({ type: fc.constant('drop'), at }),
);

const selections = fc.oneof(
  { weight: 3, arbitrary: fc.constant<Selection>({ type: 'all' }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('down'), at }) },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('nodes'),
      at: fc.array(at, { minLength: 1, maxLength: 3 }),
    }),
  },
);

/** A random project, and what is done to it before each of some builds. The first builds everything. */
export const scenarios: fc.Arbitrary<Scenario> = fc.record({
  sources: fc.array(rows, { minLength: 1, maxLength: 2 }),
  models: fc.array(seedlings, { minLength: 2, maxLength: 6 }),
  compared: fc.array(fc.tuple(at, at), { maxLength: 2 }),
  steps: fc.array(fc.record({ edits: fc.array(edits, { maxLength: 2 }), selection: selections }), {
    minLength: 1,
    maxLength: 5,
  }),
});

export function blueprintOf({ sources, models, compared }: Scenario): Blueprint {
  let blueprint: Blueprint = {
    sources: sources.map((delivered, index) => ({ name: `s${index}`, rows: delivered })),
    models: [],
    compared: [],
    threshold: 1,
  };
  for (const model of models) blueprint = withModel(blueprint, model, `m${blueprint.models.length}`);
  const pairs = compared.map(([a, b]) => [nameAt(blueprint, a), nameAt(blueprint, b)] as const);
  const different = pairs.filter(
    ([a, b], index) => a !== b && pairs.findIndex(([c, d]) => a === c && b === d) === index,
  );
  return { ...blueprint, compared: different };
}

/** The names of all nodes, what is read before what reads it. */
export function namesOf({ sources, models }: Blueprint): readonly string[] {
  return [...sources, ...models].map(({ name }) => name);
}

export function nameAt(blueprint: Blueprint, position: number): string {
  const names = namesOf(blueprint);
  return names[position % names.length] as string;
}

/** A project after an edit. What somebody drops concerns the warehouse alone. */
export function edited(blueprint: Blueprint, edit: Edit, freeName: string): Blueprint {
  switch (edit.type) {
    case 'rows':
      return withRows(blueprint, edit.at, () => edit.rows);
    case 'reorder':
      return withRows(blueprint, edit.at, (before) => [...before.slice(1), ...before.slice(0, 1)]);
    case 'repeat':
      return withRows(blueprint, edit.at, (before) => [...before, ...before.slice(0, 1)]);
    case 'constant':
      return changed(blueprint, edit.at, () => ({ k: edit.k }));
    case 'wording':
      return changed(blueprint, edit.at, ({ wording: before }) => ({ wording: before === 0 ? 1 : 0 }));
    case 'layout':
      return changed(blueprint, edit.at, ({ layout }) => ({ layout: layout + 1 }));
    case 'shape':
      return changed(blueprint, edit.at, () => ({ shape: edit.shape }));
    case 'kind':
      return changed(blueprint, edit.at, ({ name, kind: before }) => {
        // What is remembered of an ephemeral model that others are compared with is no business of this property.
        const isCompared = blueprint.compared.some((pair) => pair.includes(name));
        const switches = (before === 'ephemeral') !== (edit.kind === 'ephemeral');
        return isCompared && switches ? {} : { kind: edit.kind };
      });
    case 'nullable':
      return changed(blueprint, edit.at, ({ nullable }) => ({ nullable: !nullable }));
    case 'tests':
      return changed(blueprint, edit.at, () => ({ tests: edit.tests }));
    case 'rewire':
      return changed(blueprint, edit.at, ({ name }) => {
        const before = namesOf(blueprint).slice(0, namesOf(blueprint).indexOf(name));
        return { inputs: picked(before, edit.inputs) };
      });
    case 'threshold':
      return { ...blueprint, threshold: edit.value };
    case 'add':
      return blueprint.models.length < 8 ? withModel(blueprint, edit.model, freeName) : blueprint;
    case 'remove':
      return without(blueprint, edit.at);
    case 'drop':
      return blueprint;
  }
}

function withModel(blueprint: Blueprint, { inputs, ...rest }: Seedling, name: string): Blueprint {
  const model: ModelSpec = { ...rest, name, inputs: picked(namesOf(blueprint), inputs) };
  return { ...blueprint, models: [...blueprint.models, model] };
}

function picked(names: readonly string[], positions: readonly number[]): readonly string[] {
  return [...new Set(positions.map((position) => names[position % names.length] as string))];
}

function withRows(
  blueprint: Blueprint,
  position: number,
  change: (rows: readonly number[]) => readonly number[],
): Blueprint {
  const index = position % blueprint.sources.length;
  const sources = blueprint.sources.map((one, other) =>
    other === index ? { ...one, rows: change(one.rows) } : one,
  );
  return { ...blueprint, sources };
}

function changed(
  blueprint: Blueprint,
  position: number,
  change: (model: ModelSpec) => Partial<ModelSpec>,
): Blueprint {
  const index = position % Math.max(blueprint.models.length, 1);
  const models = blueprint.models.map((one, other) => (other === index ? { ...one, ...change(one) } : one));
  return { ...blueprint, models };
}

/** A project without one of its models: nothing reads it or is compared with it any more. */
function without(blueprint: Blueprint, position: number): Blueprint {
  const { name } = blueprint.models[position % Math.max(blueprint.models.length, 1)] ?? {};
  if (name === undefined || blueprint.models.length < 2) return blueprint;
  const models = blueprint.models
    .filter((model) => model.name !== name)
    .map((model) => ({ ...model, inputs: model.inputs.filter((input) => input !== name) }));
  return { ...blueprint, models, compared: blueprint.compared.filter((pair) => !pair.includes(name)) };
}
