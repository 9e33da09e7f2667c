import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import type { Workspace } from './workspace.js';

/**
 * Files that import each other in a circle through `start`, relative to the workspace's root, the first repeated at the
 * end; empty if there is no such circle. Barrels that only pass exports on are left out unless nothing else is in it.
 */
export function findImportCycle(start: string, workspace: Workspace): readonly string[] {
  const cycle = pathBack(start, start, workspace, new Set());
  if (!cycle) return [];
  const nodes = cycle.filter((file) => !/[\\/](index|warehouse)\.ts$/.test(file));
  const shown = nodes.length > 1 ? nodes : cycle;
  return [...shown, shown[0] ?? start].map((file) => relative(workspace.root, file).split(sep).join('/'));
}

function pathBack(
  file: string,
  start: string,
  workspace: Workspace,
  seen: Set<string>,
): readonly string[] | undefined {
  for (const next of importsOf(file, workspace)) {
    if (next === start) return [file];
    if (seen.has(next)) continue;
    seen.add(next);
    const rest = pathBack(next, start, workspace, seen);
    if (rest) return [file, ...rest];
  }
  return undefined;
}

const IMPORT = /^\s*(?:import|export)\b(?!\s+type\b)[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]/gm;

function importsOf(file: string, { packages }: Workspace): readonly string[] {
  if (!existsSync(file)) return [];
  return [...readFileSync(file, 'utf8').matchAll(IMPORT)].flatMap(([, specifier = '']) => {
    if (specifier.startsWith('.')) return [resolve(dirname(file), specifier.replace(/\.js$/, '.ts'))];
    const domain = packages.find(({ name }) => name === specifier);
    return domain ? [join(domain.folder, 'src', 'index.ts')] : [];
  });
}
