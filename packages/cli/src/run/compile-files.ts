import {
  compileNode,
  type ProjectNode,
  type ProjectTest,
  projectTests,
  renderPublished,
  selectNodes,
  tidySql,
  UsageError,
} from '@matinee/core';
import { requireNode } from '../workspace/find-node.js';
import type { OpenProject } from '../workspace/open-project.js';
import { COMPILED_FOLDER, fileName } from './write-test-sql.js';

/** SQL with the file it belongs into, relative to the workspace's root. */
export interface Compiled {
  readonly name: string;
  readonly file: string;
  readonly sql: string;
}

/** The SQL of one node or generic test. @throws UsageError if it has none or does not exist. */
export function compileNamed(open: OpenProject, name: string): Compiled {
  const test = open.dag.project.nodes.has(name)
    ? undefined
    : genericTests(open).find((candidate) => candidate.name === name);
  return test ? compileTest(open, test) : compileOne(open, requireNode(open.dag, name));
}

/** The SQL of everything selected that has some: models, snapshots, analyses, tests. */
export function compileSelected(
  open: OpenProject,
  select: readonly string[] | undefined,
  exclude: readonly string[] | undefined,
): readonly Compiled[] {
  const selected = selectNodes(open.dag, select, exclude);
  const nodes = [...selected]
    .map((name) => open.project.get(name))
    .filter(({ declaration }) => 'query' in declaration);
  const tests = genericTests(open).filter(({ owner }) => selected.has(owner));
  if (nodes.length + tests.length === 0) {
    throw new UsageError('NOT_COMPILABLE', 'Nothing that is selected has SQL of its own.', {
      hint: 'Models, snapshots, analyses and tests have.',
    });
  }
  return [...nodes.map((node) => compileOne(open, node)), ...tests.map((test) => compileTest(open, test))];
}

function compileOne({ project, names, variables }: OpenProject, node: ProjectNode): Compiled {
  const stored = ['model', 'snapshot', 'seed', 'source'].includes(node.kind);
  return {
    name: node.name,
    file: fileOf(node, stored ? names.schema(node.schema) : node.kind, node.name),
    sql: compileNode(project, node, names, variables),
  };
}

function compileTest({ project, names, variables }: OpenProject, test: ProjectTest): Compiled {
  return {
    name: test.name,
    file: fileOf(project.get(test.owner), 'data_test', test.name),
    sql: tidySql(renderPublished(project, test.query, names, variables)),
  };
}

function fileOf(node: ProjectNode, folder: string, name: string): string {
  return `${COMPILED_FOLDER}/${node.package.replace(/^@[^/]+\//, '')}/${folder}/${fileName(name)}.sql`;
}

/** Tests that are declared with a relation and are no nodes themselves. */
function genericTests({ project, dag }: OpenProject): readonly ProjectTest[] {
  return projectTests(project, dag).filter(({ check }) => check !== undefined);
}
