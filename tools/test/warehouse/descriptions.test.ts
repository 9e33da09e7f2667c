import { join } from 'node:path';
import { gatherProject, Model, type Project } from '@matinee/core';
import { beforeAll, expect, test } from 'vitest';
import { readWorkspace } from '../../../packages/cli/src/workspace/workspace.js';
import { root } from '../support.js';

let project: Project;

beforeAll(async () => {
  const packages = readWorkspace(root).packages.map(async ({ name, domain, folder }) => ({
    package: name,
    domain,
    folder,
    exports: (await import(join(folder, 'src', 'warehouse.ts'))) as Record<string, unknown>,
  }));
  project = gatherProject(root, await Promise.all(packages));
});

test('every node, variable and measure has a description', () => {
  const nodes = [...project.nodes.values()].map(({ declaration }) => declaration);
  const measures = nodes.flatMap((node) => (node instanceof Model ? Object.values(node.measures) : []));
  const all = [...nodes, ...project.variables.values(), ...measures];
  expect(undescribed(all)).toEqual([]);
  expect(all.length).toBeGreaterThan(100);
});

test('every column has a description, its own or that of the column it references', () => {
  const columns = [...project.relations(), ...project.analyses()].flatMap((node) =>
    Object.entries(node.declaration.columns).map(([column, { description }]) => ({
      name: `${node.name}.${column}`,
      description,
    })),
  );
  expect(undescribed(columns)).toEqual([]);
  expect(columns.length).toBeGreaterThan(170);
  expect(columns).toContainEqual({
    name: 'cube_tag_movies.tag_id',
    description: 'Id of the tag in the tag genome.',
  });
});

/** The names of those that nothing is said about. */
function undescribed(
  all: readonly { readonly name: string; readonly description: string }[],
): readonly string[] {
  return all.filter(({ description }) => description.trim() === '').map(({ name }) => name);
}
