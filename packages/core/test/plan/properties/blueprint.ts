import {
  dataTest,
  ephemeral,
  incremental,
  integer,
  type Materialization,
  type Model,
  range,
  rawSql,
  type Source,
  type Sql,
  sql,
  table,
  unique,
  type Variable,
  variable,
  view,
} from '../../../src/index.js';
import { aModel, aSource } from '../../support/nodes.js';
import type { InlineDelivery } from '../../support/rows-loader.js';

export const KINDS = ['table', 'view', 'ephemeral', 'incremental'] as const;
export const SHAPES = ['all', 'modulo', 'above', 'distinct', 'sum', 'constant', 'threshold'] as const;

/** A model of a random project: one column `n`, whose values come from its inputs by one of a few rules. */
export interface ModelSpec {
  readonly name: string;
  readonly kind: (typeof KINDS)[number];
  /** Names of nodes that stand before it. */
  readonly inputs: readonly string[];
  readonly shape: (typeof SHAPES)[number];
  /** The constant of its rule. */
  readonly k: number;
  /** Which of two texts says the same. */
  readonly wording: 0 | 1;
  /** Comments and blanks, which mean nothing. */
  readonly layout: number;
  readonly nullable: boolean;
  readonly tests: 'none' | 'unique' | 'range';
}

export interface SourceSpec {
  readonly name: string;
  readonly rows: readonly number[];
}

/** A random project as plain data: what both the engine and the oracle are given. */
export interface Blueprint {
  readonly sources: readonly SourceSpec[];
  readonly models: readonly ModelSpec[];
  /** Pairs of nodes that one test compares. */
  readonly compared: readonly (readonly [string, string])[];
  /** The value of the variable that models of shape `threshold` read. */
  readonly threshold: number;
}

/** Where a node stands in the warehouse. */
export function placeOf(name: string): string {
  return name.startsWith('s') ? `raw.${name}` : `lab.${name}`;
}

export function deliveryOf({ sources }: Blueprint): InlineDelivery {
  return Object.fromEntries(sources.map(({ name, rows }) => [name, rows.map((n) => ({ n }))]));
}

/** The project in Matinee's own words. */
export function declarationsOf({ sources, models, compared }: Blueprint): readonly unknown[] {
  const threshold = variable({ name: 'threshold', type: 'int', default: 0 });
  const nodes = new Map<string, Source | Model>();
  const nodeOf = (name: string) => {
    const node = nodes.get(name);
    if (!node) throw new Error(`The blueprint reads '${name}' before it declares it.`);
    return node;
  };
  for (const { name } of sources) nodes.set(name, aSource(name, { n: integer() }));
  for (const spec of models) nodes.set(spec.name, modelOf(spec, spec.inputs.map(nodeOf), threshold));
  const tests = compared.map(([a, b]) =>
    dataTest({
      name: `${a}_like_${b}`,
      description: '',
      severity: 'warn',
      query: sql`select n from ${nodeOf(a)} except select n from ${nodeOf(b)}`,
    }),
  );
  return [...nodes.values(), ...tests, threshold];
}

function modelOf(spec: ModelSpec, inputs: readonly (Source | Model)[], threshold: Variable): Model {
  const plain = integer();
  const tested = spec.tests === 'range' ? plain.test(range({ max: 3 }, { severity: 'warn' })) : plain;
  return aModel(
    spec.name,
    { n: spec.nullable ? tested.nullable() : tested },
    queryOf(spec, inputs, threshold),
    {
      materialized: materializations[spec.kind](),
      tests: spec.tests === 'unique' ? [unique(['n'], { severity: 'warn' })] : [],
    },
  );
}

const materializations: Record<ModelSpec['kind'], () => Materialization> = {
  table,
  view,
  ephemeral,
  incremental: () => incremental(),
};

const layouts = ['', ' -- the rows\n', '\n\n  /* of; all: */\n', '\t'];

function queryOf(
  { shape, k, wording, layout }: ModelSpec,
  inputs: readonly (Source | Model)[],
  threshold: Variable,
): Sql {
  const rows = inputs
    .map((input) => sql`select n from ${input}`)
    .reduce(
      (all, one) => sql`${all} union all ${one}`,
      sql`select unnest([0, 1, 2]) as n where ${inputs.length} = 0`,
    );
  const from = sql`${rawSql(layouts[layout % layouts.length] ?? '')} from (${rows}) as rows_in`;
  const plus = wording === 0 ? sql`` : sql` + 0`;
  switch (shape) {
    case 'all':
      return sql`select n${plus} as n${from}`;
    case 'modulo':
      return sql`select n % ${k + 1}${plus} as n${from}`;
    case 'above':
      return wording === 0 ? sql`select n${from} where n > ${k}` : sql`select n${from} where n >= ${k + 1}`;
    case 'distinct':
      return wording === 0 ? sql`select distinct n${from}` : sql`select n${from} group by n`;
    case 'sum':
      return sql`select cast(coalesce(sum(n), 0) as bigint)${plus} as n${from}`;
    case 'constant':
      return sql`select cast(${k} + 0 * count(*) as bigint)${plus} as n${from}`;
    case 'threshold':
      return wording === 0
        ? sql`select n${from} where n > ${threshold}`
        : sql`select n${from} where n >= ${threshold} + 1`;
  }
}
