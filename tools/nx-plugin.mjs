/**
 * Gives every package its Nx targets. A package with a `matinee` key is a domain of the warehouse:
 * - `build-warehouse` builds its nodes on what upstream domains have published. Never cached by Nx: a cached task restores
 *   files, not tables, and the ledger in the warehouse decides better.
 * - `check` binds its queries on empty tables.
 * Every package with tests has `test`; the one of the site has `site`, which writes it once every domain is built.
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const MATINEE = 'node packages/cli/bin/matinee.mjs';
/** Targets and variables stand here: a change of it reaches every domain. */
const CONFIG = '{workspaceRoot}/matinee.config.ts';
const SITE = '@matinee/site';
const VITEST = 'node node_modules/vitest/vitest.mjs run';

export const createNodesV2 = [
  '{packages/*,tools}/package.json',
  (files, _options, { workspaceRoot }) => files.map((file) => [file, projectOf(file, workspaceRoot)]),
];

function projectOf(file, workspaceRoot) {
  const root = dirname(file);
  const { name, matinee } = JSON.parse(readFileSync(join(workspaceRoot, file), 'utf8'));
  const targets = {
    ...(matinee && warehouseTargets(name)),
    ...(name === SITE && { site: siteTarget() }),
    ...(existsSync(join(workspaceRoot, root, 'test')) && { test: testTarget(root) }),
  };
  // A domain is built by the command line tool, though it imports nothing of it.
  const implicitDependencies = matinee ? ['@matinee/cli'] : [];
  return { projects: { [root]: { name, targets, implicitDependencies } } };
}

function warehouseTargets(name) {
  return {
    'build-warehouse': {
      command: `${MATINEE} build --select package:${name}`,
      options: { cwd: '{workspaceRoot}' },
      dependsOn: ['^build-warehouse'],
      inputs: ['default', '^default', CONFIG],
      cache: false,
    },
    check: {
      command: `${MATINEE} check --select package:${name}`,
      options: { cwd: '{workspaceRoot}' },
      inputs: ['default', '^default', CONFIG],
      cache: true,
    },
  };
}

/** Not cached by Nx, which sees no tables; what is bundled is cached by the command itself. */
function siteTarget() {
  return {
    command: `${MATINEE} site build`,
    options: { cwd: '{workspaceRoot}' },
    dependsOn: [{ target: 'build-warehouse', projects: '*' }],
    inputs: ['default', '^default', CONFIG],
    cache: false,
  };
}

function testTarget(root) {
  return {
    command: `${VITEST} ${root}/test`,
    options: { cwd: '{workspaceRoot}' },
    inputs: ['default', '^default', '{workspaceRoot}/vitest.config.ts'],
    cache: true,
  };
}
