import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { messageOf, UsageError } from '@matinee/core';

/** A package whose package.json has a `matinee` key: it brings nodes. */
export interface DomainPackage {
  readonly name: string;
  /** The default schema of its nodes. */
  readonly domain: string;
  /** Whom to ask about its nodes; undefined if it does not say. */
  readonly owner: string | undefined;
  readonly folder: string;
  /** The compiled file behind its `./warehouse` export, absolute. */
  readonly entry: string;
  /** The module of its pages, absolute; undefined if it has none. */
  readonly pages: string | undefined;
}

/** The monorepo that a command works on. */
export interface Workspace {
  readonly root: string;
  readonly packages: readonly DomainPackage[];
}

const MARKER = 'pnpm-workspace.yaml';

/** The nearest folder upwards with a pnpm-workspace.yaml. @throws UsageError WORKSPACE_MISSING. */
export function findRoot(cwd: string): string {
  for (let folder = cwd; ; folder = dirname(folder)) {
    if (existsSync(join(folder, MARKER))) return folder;
    if (folder === dirname(folder)) {
      throw new UsageError(
        'WORKSPACE_MISSING',
        `There is no ${MARKER} in ${cwd} or in any folder above it.`,
        { hint: 'Run matinee inside of a workspace.' },
      );
    }
  }
}

/** Finds the domain packages of a workspace, in the order of their folders. */
export function readWorkspace(root: string): Workspace {
  const patterns = patternsOf(readFileSync(join(root, MARKER), 'utf8'));
  const isExclusion = (pattern: string) => pattern.startsWith('!');
  const excluded = patterns.filter(isExclusion).flatMap((pattern) => foldersOf(root, pattern.slice(1)));
  const included = patterns
    .filter((pattern) => !isExclusion(pattern))
    .flatMap((pattern) => foldersOf(root, pattern))
    .filter((folder) => !excluded.includes(folder));
  return { root, packages: [...new Set(included)].sort().flatMap((folder) => readPackage(folder) ?? []) };
}

/** The entries of the list `packages:`. */
function patternsOf(yaml: string): readonly string[] {
  const [, list = ''] = /^packages:[ \t]*\n((?:[ \t]*(?:-.*|#.*)?\n?)*)/m.exec(yaml) ?? [];
  return [...list.matchAll(/^[ \t]*-[ \t]*['"]?([^'"#\n]+?)['"]?[ \t]*(?:#.*)?$/gm)].map(
    (match) => match[1] ?? '',
  );
}

function foldersOf(root: string, pattern: string): readonly string[] {
  if (!pattern.endsWith('/*')) return [join(root, pattern)];
  const parent = join(root, dirname(pattern));
  if (!existsSync(parent)) return [];
  return readdirSync(parent, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() || entry.isSymbolicLink())
    .map((entry) => join(parent, entry.name));
}

interface PackageJson {
  readonly name?: string;
  readonly matinee?: { readonly domain?: string; readonly owner?: unknown; readonly pages?: string };
  readonly exports?: Readonly<Record<string, string | { readonly default?: string }>>;
}

function readPackage(folder: string): DomainPackage | undefined {
  const file = join(folder, 'package.json');
  if (!existsSync(file)) return undefined;
  const { name = basename(folder), matinee, exports } = parse(file);
  if (!matinee) return undefined;
  if (!matinee.domain) {
    throw new UsageError('PACKAGE_DOMAIN', `The matinee key of ${name} names no domain.`, {
      location: { file },
      hint: 'Write "matinee": { "domain": "schema_name" }.',
    });
  }
  const { domain, owner } = matinee;
  if (owner !== undefined && !isText(owner)) {
    throw new UsageError('PACKAGE_OWNER', `The owner in the matinee key of ${name} is no text.`, {
      location: { file },
      hint: 'Write "matinee": { "owner": "Audience team" }, or leave it out.',
    });
  }
  const exported = exports?.['./warehouse'];
  const entry = typeof exported === 'string' ? exported : exported?.default;
  if (!entry) {
    throw new UsageError('PACKAGE_EXPORT', `${name} has a matinee key but exports no './warehouse'.`, {
      location: { file },
      hint: 'Add it to "exports": "./warehouse": { "default": "./dist/warehouse.js" }.',
    });
  }
  const pages = matinee.pages === undefined ? undefined : join(folder, matinee.pages);
  if (pages !== undefined && !existsSync(pages)) {
    throw new UsageError(
      'PACKAGE_PAGES',
      `${name} names a module of pages that is not there: ${matinee.pages}.`,
      {
        location: { file },
        hint: 'Write "matinee": { "pages": "./src/pages/index.tsx" }.',
      },
    );
  }
  return { name, domain, owner, folder, entry: join(folder, entry), pages };
}

const isText = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';

function parse(file: string): PackageJson {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as PackageJson;
  } catch (error) {
    throw new UsageError('PACKAGE_JSON', `The file is no JSON: ${messageOf(error)}.`, {
      location: { file },
      cause: error,
    });
  }
}
