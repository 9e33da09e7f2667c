import { castTo } from '../bind/coerce.js';
import type { BindContext, BoundRelation } from '../bind/context.js';
import { quote, type Typed } from '../bind/typed.js';
import { compilationError, notEmulated } from '../errors.js';
import type { Call, Expression } from '../syntax/ast.js';
import { number, type SqlType, text, VARIANT } from '../types.js';
import { asText } from './arguments.js';

type RelationFunction = (
  call: Call,
  bind: (value: Expression) => Typed,
  context: BindContext,
) => BoundRelation;

function relation(sql: string, columns: Readonly<Record<string, SqlType>>): BoundRelation {
  return {
    sql,
    path: [],
    columns: Object.entries(columns).map(([name, type]) => ({ name, type, physical: quote(name) })),
  };
}

/** One row per element of an array or pair of an object. */
const flatten: RelationFunction = (call, bind) => {
  const input = call.named.get('INPUT') ?? call.args[0];
  for (const [name, value] of call.named)
    if (name !== 'INPUT' && !(name === 'OUTER' && value.type === 'boolean' && !value.value))
      throw notEmulated(`FLATTEN with ${name}`, call);
  if (!input) throw compilationError('000938', '22023', 'FLATTEN wants an INPUT', call);
  const json = castTo(bind(input), VARIANT);
  const rows = `select unnest(from_json(${json}, '["JSON"]')) as "VALUE", generate_subscripts(from_json(${json}, '["JSON"]'), 1) - 1 as "INDEX"`;
  if (bind(input).type.type !== 'array')
    throw notEmulated('FLATTEN of what is not known to be an array; cast it to ARRAY', call);
  return relation(
    `lateral (select cast(1 as hugeint) as "SEQ", cast(null as varchar) as "KEY", '[' || "INDEX" || ']' as "PATH", "INDEX", "VALUE", ${json} as "THIS" from (${rows}) as elements)`,
    {
      SEQ: number(),
      KEY: text(),
      PATH: text(),
      INDEX: number(),
      VALUE: VARIANT,
      THIS: VARIANT,
    },
  );
};

const splitToTable: RelationFunction = (call, bind) => {
  const [value, by] = call.args.map((arg) => asText(bind(arg), call));
  const parts = `string_split(${value}, ${by})`;
  return relation(
    `lateral (select cast(1 as hugeint) as "SEQ", unnest(${parts}) as "VALUE", generate_subscripts(${parts}, 1) as "INDEX")`,
    {
      SEQ: number(),
      INDEX: number(),
      VALUE: text(),
    },
  );
};

/** Rows without columns that can be named. */
const generator: RelationFunction = (call) => {
  const count = call.named.get('ROWCOUNT');
  if (count?.type !== 'number' || call.named.size > 1)
    throw notEmulated('GENERATOR without a constant ROWCOUNT alone', call);
  return { sql: `range(${count.text})`, path: [], columns: [] };
};

const resultScan: RelationFunction = (call, _, context) => {
  const [arg] = call.args;
  const id =
    arg?.type === 'string'
      ? arg.value
      : arg?.type === 'call' && arg.name === 'LAST_QUERY_ID' && arg.args.length === 0
        ? context.lastQueryId
        : undefined;
  if (id === undefined)
    throw notEmulated('RESULT_SCAN of what is neither a constant nor LAST_QUERY_ID()', call);
  return context.resultOf(id);
};

export const RELATION_FUNCTIONS: Readonly<Record<string, RelationFunction>> = Object.assign(
  Object.create(null),
  {
    FLATTEN: flatten,
    SPLIT_TO_TABLE: splitToTable,
    GENERATOR: generator,
    RESULT_SCAN: resultScan,
  } satisfies Record<string, RelationFunction>,
);
