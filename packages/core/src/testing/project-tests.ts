import type { Dag } from '../graph/dag.js';
import { testReads } from '../graph/dag.js';
import { DataTest } from '../nodes/data-test.js';
import type { TestCheck, TestOptions } from '../nodes/generic-test.js';
import type { InputMapping } from '../nodes/materialization.js';
import type { Project } from '../project/project.js';
import { allGenericTests } from '../project/tests-of.js';
import type { Sql } from '../sql/fragment.js';
import type { SourceLocation } from '../sql/location.js';
import { failingRows, genericTestName } from './generic-tests.js';

/** A data test, generic or singular, as it runs: a query for failing rows and how to judge their number. */
export interface ProjectTest {
  readonly name: string;
  /** The node that answers for it: the tested relation, or the singular test itself. */
  readonly owner: string;
  /** All relations it reads. */
  readonly reads: readonly string[];
  readonly query: Sql;
  readonly options: TestOptions;
  /** What a generic test checks. */
  readonly check: TestCheck | undefined;
  /** What a singular test says of how changed rows find those that may fail. */
  readonly inputs: readonly InputMapping[] | undefined;
  readonly location: SourceLocation | undefined;
}

/** All data tests of a project under unique names, in the order of its nodes. */
export function projectTests(project: Project, dag: Dag): readonly ProjectTest[] {
  const generic = project.relations().flatMap(({ declaration: relation }) =>
    allGenericTests(relation).map((test) => ({
      name: genericTestName(relation, test),
      owner: relation.name,
      reads: [...new Set([relation.name, ...testReads(project, test)])],
      query: failingRows(relation, test),
      options: test.options,
      check: test.check,
      inputs: undefined,
      location: relation.location,
    })),
  );
  const singular = [...project.nodes.values()].flatMap(({ declaration }) =>
    declaration instanceof DataTest
      ? [
          {
            name: declaration.name,
            owner: declaration.name,
            reads: dag.inputsOf(declaration.name),
            query: declaration.query,
            options: declaration.options,
            check: undefined,
            inputs: declaration.inputs,
            location: declaration.location,
          },
        ]
      : [],
  );
  return withUniqueNames([...generic, ...singular]);
}

/** Singular tests keep their names, which are nodes; generic tests of one name are numbered. */
function withUniqueNames(tests: readonly ProjectTest[]): readonly ProjectTest[] {
  const taken = new Set(tests.filter((test) => test.name === test.owner).map((test) => test.name));
  const free = (name: string) => {
    for (let count = 1; ; count++) {
      const numbered = count === 1 ? name : `${name}_${count}`;
      if (!taken.has(numbered)) return numbered;
    }
  };
  return tests.map((test) => {
    if (test.name === test.owner) return test;
    const name = free(test.name);
    taken.add(name);
    return { ...test, name };
  });
}
