import { Variable } from '../sql/variable.js';
import { Analysis } from './analysis.js';
import { DataTest } from './data-test.js';
import { Exposure } from './exposure.js';
import { Relation } from './relation.js';
import { UnitTest } from './unit-test.js';

/** Everything a package declares. Generic tests belong to their relation and are no declarations of their own. */
export type Declaration = Relation | Analysis | DataTest | UnitTest | Exposure;

export type NodeKind = Declaration['kind'];

export function isDeclaration(value: unknown): value is Declaration {
  return (
    value instanceof Relation ||
    value instanceof Analysis ||
    value instanceof DataTest ||
    value instanceof UnitTest ||
    value instanceof Exposure
  );
}

export function isVariable(value: unknown): value is Variable {
  return value instanceof Variable;
}
