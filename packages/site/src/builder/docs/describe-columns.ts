import type { Columns } from '@matinee/core';
import type { ColumnDocs } from '../../contract/docs.js';
import type { OwnedTest } from './describe-tests.js';

/** The columns of a contract, each with the tests that look at it. */
export function describeColumns(columns: Columns, tests: readonly OwnedTest[]): readonly ColumnDocs[] {
  return Object.entries(columns).map(([name, column]) => {
    const own = tests.filter((test) => test.columns.includes(name));
    const reference = column.testsFor(name).find(({ check }) => check.type === 'relationships')?.check;
    return {
      name,
      type: column.type,
      nullable: column.isNullable,
      description: column.description,
      values: column.values ?? null,
      references:
        reference?.type === 'relationships' && reference.to !== 'self'
          ? { node: reference.to().name, column: reference.field }
          : null,
      tests: own.map(({ docs }) => docs.name),
    };
  });
}
