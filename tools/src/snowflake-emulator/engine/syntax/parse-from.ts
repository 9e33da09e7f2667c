import { notEmulated } from '../errors.js';
import type { Alias, FromItem, JoinKind, Sample, StageItem } from './ast.js';
import type { Cursor } from './cursor.js';
import { parseArguments } from './parse-call.js';
import { parseExpression } from './parse-expression.js';
import { parseQuery } from './parse-query.js';
import { implicitAlias } from './parse-select.js';

/** What stands behind FROM: relations, joined or listed. */
export function parseFrom(cursor: Cursor): FromItem {
  let left = parseJoins(cursor);
  while (cursor.acceptOperator(','))
    left = { type: 'join', kind: 'cross', left, right: parseJoins(cursor), on: undefined, using: undefined };
  return left;
}

function parseJoins(cursor: Cursor): FromItem {
  let left = parseRelation(cursor);
  for (;;) {
    if (cursor.sees('NATURAL') || cursor.sees('ASOF')) throw cursor.refuse(`${cursor.peek().value} JOIN`);
    const kind = parseJoinKind(cursor);
    if (!kind) return left;
    const right = parseRelation(cursor);
    const on = kind !== 'cross' && cursor.accept('ON') ? parseExpression(cursor) : undefined;
    const using = kind !== 'cross' && !on && cursor.accept('USING') ? cursor.names() : undefined;
    left = { type: 'join', kind: on || using || kind !== 'inner' ? kind : 'cross', left, right, on, using };
  }
}

function parseJoinKind(cursor: Cursor): JoinKind | undefined {
  if (cursor.accept('JOIN') || cursor.accept('INNER', 'JOIN')) return 'inner';
  if (cursor.accept('CROSS', 'JOIN')) return 'cross';
  for (const kind of ['left', 'right', 'full'] as const) {
    const word = kind.toUpperCase();
    if (cursor.accept(word, 'JOIN') || cursor.accept(word, 'OUTER', 'JOIN')) return kind;
  }
  return undefined;
}

function parseRelation(cursor: Cursor): FromItem {
  const token = cursor.peek();
  cursor.accept('LATERAL');
  if (cursor.seesOperator('(')) return parseBracketed(cursor);
  if (token.kind === 'stage' || (token.kind === 'string' && token.value.startsWith('@')))
    return parseStage(cursor);
  if (cursor.sees('TABLE') && cursor.seesOperator('(', 1)) {
    cursor.next();
    const call = cursor.bracketed(() => parseArguments(cursor, cursor.next()));
    return { type: 'function', call, alias: parseAlias(cursor) };
  }
  if (cursor.sees('VALUES'))
    return { type: 'derived', query: parseQuery(cursor), alias: parseAlias(cursor), sample: undefined };
  if (token.value !== cursor.peek().value || cursor.seesOperator('(', 1)) {
    const call = parseArguments(cursor, cursor.next());
    return { type: 'function', call, alias: parseAlias(cursor) };
  }
  const name = cursor.qualifiedName();
  for (const word of ['PIVOT', 'UNPIVOT', 'MATCH_RECOGNIZE', 'AT', 'BEFORE', 'CHANGES'])
    if (cursor.sees(word) && cursor.seesOperator('(', 1)) throw cursor.refuse(word);
  const alias = parseAlias(cursor);
  return { type: 'table', name, alias, sample: parseSample(cursor) };
}

function parseStage(cursor: Cursor): StageItem {
  const place = cursor.next();
  const options = new Map<string, string>();
  if (cursor.seesOperator('('))
    cursor.bracketed(() =>
      cursor.list(() => {
        const name = cursor.name();
        cursor.expectOperator('=>');
        options.set(name, cursor.string());
      }),
    );
  for (const name of options.keys())
    if (name !== 'FILE_FORMAT' && name !== 'PATTERN') throw notEmulated(`${name} of a stage in FROM`, place);
  const item: StageItem = {
    type: 'stage',
    path: place.value.replace(/^@/, ''),
    format: options.get('FILE_FORMAT'),
    pattern: options.get('PATTERN'),
    alias: parseAlias(cursor),
    place,
  };
  cursor.stages.push(item);
  return item;
}

/** A query, values, or joins in brackets. */
function parseBracketed(cursor: Cursor): FromItem {
  const start = cursor.peek();
  cursor.next();
  let inner = cursor.peek();
  for (let depth = 0; inner.text === '('; inner = cursor.peek(++depth));
  const isQuery = inner.kind === 'name' && ['SELECT', 'WITH', 'VALUES'].includes(inner.value);
  cursor.rewind(start);
  if (!isQuery) return cursor.bracketed(() => parseFrom(cursor));
  const query = cursor.bracketed(() => parseQuery(cursor));
  const alias = parseAlias(cursor);
  return { type: 'derived', query, alias, sample: parseSample(cursor) };
}

const NO_ALIAS = new Set(['ASOF', 'PIVOT', 'UNPIVOT', 'MATCH_RECOGNIZE']);

function parseAlias(cursor: Cursor): Alias | undefined {
  if (cursor.seesOneOf(NO_ALIAS) && !cursor.sees('ASOF')) throw cursor.refuse(cursor.peek().value);
  if (cursor.sees('ASOF', 'JOIN')) return undefined;
  const name = cursor.accept('AS') ? cursor.name() : implicitAlias(cursor);
  if (name === undefined) return undefined;
  return { name, columns: cursor.seesOperator('(') ? cursor.names() : [] };
}

function parseSample(cursor: Cursor): Sample | undefined {
  if (!cursor.accept('SAMPLE') && !cursor.accept('TABLESAMPLE')) return undefined;
  const method = cursor.accept('SYSTEM') || cursor.accept('BLOCK') ? 'system' : 'bernoulli';
  if (method === 'bernoulli' && !cursor.accept('BERNOULLI')) cursor.accept('ROW');
  const [size, unit] = cursor.bracketed(() => {
    const token = cursor.next();
    if (token.kind !== 'number') throw cursor.refuse('a sample without a constant size');
    return [Number(token.text), cursor.accept('ROWS') ? 'rows' : 'percent'] as const;
  });
  const seeded = cursor.accept('SEED') || cursor.accept('REPEATABLE');
  return { method, size, unit, seed: seeded ? cursor.bracketed(() => cursor.integer()) : undefined };
}
