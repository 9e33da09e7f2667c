import { existsSync, readdirSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import { type MatineeError, ProjectError, throwAll } from '../errors.js';
import { type Declaration, isDeclaration, isVariable } from '../nodes/node.js';
import { Relation } from '../nodes/relation.js';
import type { Variable } from '../sql/variable.js';
import { Project, type ProjectNode } from './project.js';
import { validateDeclaration } from './validate.js';

/** What one package brings: the exports of its `./warehouse` entry. */
export interface PackageExports {
  readonly package: string;
  /** The default schema of its nodes. */
  readonly domain: string;
  /** Whom to ask about nodes that name no owner of their own. */
  readonly owner?: string | undefined;
  /** The package's folder, absolute. */
  readonly folder: string;
  readonly exports: Readonly<Record<string, unknown>>;
}

/** The folders of `src/` that hold one node a file. */
const NODE_FOLDERS = [
  'sources',
  'seeds',
  'staging',
  'intermediate',
  'marts',
  'snapshots',
  'analyses',
  'tests',
  'exposures',
];

/**
 * Puts the nodes of packages together into one project.
 *
 * @throws ProjectError, or ErrorList with every one found: names used twice or badly formed, keys and tests that name
 *   no column, node files that nothing exports.
 */
export function gatherProject(root: string, packages: readonly PackageExports[]): Project {
  const errors: MatineeError[] = [];
  const nodes = new Map<string, ProjectNode>();
  const variables = new Map<string, Variable>();
  for (const source of packages) {
    for (const value of new Set(Object.values(source.exports))) {
      if (isVariable(value)) addOnce(variables, value, value, errors);
      if (isDeclaration(value)) {
        errors.push(...validateDeclaration(value));
        addOnce(nodes, value, place(value, source, root), errors);
      }
    }
    errors.push(...unexportedFiles(source, [...nodes.values()]));
  }
  throwAll(errors);
  return new Project(root, [...nodes.values()], [...variables.values()]);
}

function place(declaration: Declaration, source: PackageExports, root: string): ProjectNode {
  const file = declaration.location?.file ?? join(source.folder, 'src', declaration.name);
  return {
    name: declaration.name,
    kind: declaration.kind,
    declaration,
    package: source.package,
    schema: (declaration instanceof Relation ? declaration.schema : undefined) ?? source.domain,
    owner: ('owner' in declaration ? declaration.owner : undefined) ?? source.owner,
    path: relative(root, file).split(sep).join('/'),
  };
}

function addOnce<T>(
  all: Map<string, T>,
  named: Pick<Declaration, 'name' | 'location'>,
  value: T,
  errors: MatineeError[],
): void {
  if (all.has(named.name)) {
    errors.push(
      new ProjectError('NAME_TWICE', `The name '${named.name}' is declared twice.`, {
        location: named.location,
        hint: 'Names are unique in the whole project: rename one of the two.',
      }),
    );
  }
  all.set(named.name, value);
}

/** A node file that no export reaches would silently not exist. */
function unexportedFiles(source: PackageExports, nodes: readonly ProjectNode[]): MatineeError[] {
  const known = new Set(nodes.map((node) => node.declaration.location?.file));
  return NODE_FOLDERS.map((folder) => join(source.folder, 'src', folder))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder, { recursive: true }).map((file) => join(folder, String(file))))
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !known.has(file))
    .map(
      (file) =>
        new ProjectError('NODE_NOT_EXPORTED', `The node file '${basename(file)}' is exported nowhere.`, {
          location: { file },
          hint: `Add it to ${join(source.folder, 'src', 'warehouse.ts')}, or delete it.`,
        }),
    );
}
