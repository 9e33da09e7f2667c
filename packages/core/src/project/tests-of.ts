import type { GenericTest } from '../nodes/generic-test.js';
import { unique } from '../nodes/generic-test.js';
import type { Relation } from '../nodes/relation.js';

/** All generic tests of a relation: those its columns and key imply, and those it states. */
export function allGenericTests(relation: Relation): readonly GenericTest[] {
  const ofColumns = Object.entries(relation.columns).flatMap(([name, column]) => column.testsFor(name));
  const ofKey = relation.key.length > 0 ? [unique(relation.key)] : [];
  return [...ofKey, ...ofColumns, ...relation.tests];
}
