import type { Blueprint, ModelSpec } from './blueprint.js';

/** What a model's text says, ephemeral models inlined; layout is left out, and constants it does not mention. */
export interface Rule {
  readonly shape: ModelSpec['shape'];
  readonly wording: number;
  readonly k: number | undefined;
  readonly threshold: number | undefined;
  readonly inputs: readonly (string | InlinedRule)[];
}

export interface InlinedRule {
  readonly name: string;
  readonly rule: Rule;
}

const MENTIONS_K: readonly ModelSpec['shape'][] = ['modulo', 'above', 'constant'];

export function ruleOf(blueprint: Blueprint, spec: ModelSpec): Rule {
  const { shape, wording, k, inputs } = withoutVariable(blueprint, spec);
  return {
    shape,
    wording,
    k: MENTIONS_K.includes(shape) ? k : undefined,
    threshold: shape === 'threshold' ? blueprint.threshold : undefined,
    inputs: inputs.map((name) => {
      const input = blueprint.models.find((model) => model.name === name);
      return input?.kind === 'ephemeral' ? { name, rule: ruleOf(blueprint, input) } : name;
    }),
  };
}

/** The text with the variable's value in it may be, word for word, one that has that constant. */
function withoutVariable({ threshold }: Blueprint, spec: ModelSpec): ModelSpec {
  return spec.shape === 'threshold' && spec.wording === 0 ? { ...spec, shape: 'above', k: threshold } : spec;
}

/** The relations that a rule reads, behind the ephemeral ones. */
export function relationsOf({ inputs }: Rule): readonly string[] {
  return inputs.flatMap((input) => (typeof input === 'string' ? [input] : relationsOf(input.rule)));
}

/** The rows that a rule gives, sorted; undefined if an input is not there. */
export function rowsOfRule(
  { shape, k = 0, threshold = 0, inputs }: Rule,
  rowsOf: (name: string) => readonly number[] | undefined,
): readonly number[] | undefined {
  const read = inputs.map((input) =>
    typeof input === 'string' ? rowsOf(input) : rowsOfRule(input.rule, rowsOf),
  );
  const present = read.filter((rows) => rows !== undefined);
  if (present.length < read.length) return undefined;
  const rows = inputs.length === 0 ? [0, 1, 2] : present.flat();
  const results: Record<ModelSpec['shape'], () => readonly number[]> = {
    all: () => rows,
    modulo: () => rows.map((n) => n % (k + 1)),
    above: () => rows.filter((n) => n > k),
    distinct: () => [...new Set(rows)],
    sum: () => [rows.reduce((sum, n) => sum + n, 0)],
    constant: () => [k],
    threshold: () => rows.filter((n) => n > threshold),
  };
  return sorted(results[shape]());
}

export function sorted(rows: readonly number[]): readonly number[] {
  return [...rows].sort((a, b) => a - b);
}
