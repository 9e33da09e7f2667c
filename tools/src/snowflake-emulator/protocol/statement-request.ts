import type { BoundValue } from '../engine.js';
import { type Parameters, parametersOf } from './parameters.js';
import { isRecord, jsonBody, type Request } from './request.js';

/** What a query request asks for. */
export interface StatementOrder {
  readonly requestId: string;
  readonly sql: string;
  readonly binds: readonly BoundValue[];
  readonly describeOnly: boolean;
  /** The answer is wanted before the statement has ended. */
  readonly detached: boolean;
  readonly parameters: Parameters;
  /** In milliseconds, before it begins. */
  readonly delay: number;
}

/** @throws TypeError with what is not as a driver sends it. */
export function statementOrder(request: Request): StatementOrder {
  const requestId = request.url.searchParams.get('requestId');
  if (!requestId) throw new TypeError('A query request needs a requestId in its address.');
  const { sqlText, bindings, describeOnly, asyncExec, parameters } = jsonBody(request);
  if (typeof sqlText !== 'string') throw new TypeError('A query request needs its statement as sqlText.');
  return {
    requestId,
    sql: sqlText,
    binds: isRecord(bindings) ? boundValues(bindings) : [],
    describeOnly: describeOnly === true,
    detached: asyncExec === true,
    parameters: parametersOf(parameters),
    delay: request.delay ?? 0,
  };
}

/** Bindings come under the number of their `?`, beginning with 1. */
function boundValues(bindings: Readonly<Record<string, unknown>>): BoundValue[] {
  return Object.keys(bindings).map((_, index) => {
    const bound = bindings[String(index + 1)];
    if (!isRecord(bound) || typeof bound.type !== 'string' || !isBound(bound.value)) {
      throw new TypeError(`The value bound as ${index + 1} is missing, or is not text with a type.`);
    }
    return { type: bound.type, value: bound.value };
  });
}

function isBound(value: unknown): value is BoundValue['value'] {
  if (Array.isArray(value)) return value.every((one) => one === null || typeof one === 'string');
  return value === null || typeof value === 'string';
}
