import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { messageOf, NodeError } from '@matinee/core';
import { nameSafeCaches } from './name-safe-caches.js';

/** A module of pages. */
export interface BundleEntry {
  /** The package that it belongs to, for messages. */
  readonly package: string;
  /** The file, absolute. It exports `pages`. */
  readonly file: string;
}

/** One classic script, for browsers load no modules from files; and one style sheet. */
export interface Bundle {
  readonly script: string;
  readonly style: string;
}

interface CachedBundle extends Bundle {
  readonly inputs: Readonly<Record<string, string>>;
}

/** Raised when the same sources are bundled otherwise than before: what the cache holds is of another version then. */
const VERSION = 2;

const SITE = fileURLToPath(new URL('../../', import.meta.url));
const BROWSER = join(SITE, 'src/browser/index.ts');

/**
 * Bundles the browser's part with the pages of packages. What was bundled from the same sources is taken from the cache.
 *
 * @throws NodeError SITE_BUNDLE, with file and line of the first mistake.
 */
export async function bundleBrowser(pages: readonly BundleEntry[], cache: string): Promise<Bundle> {
  const entry = entryModule(pages);
  const cached = join(cache, `${hash(`${VERSION} ${entry}`)}.json`);
  return readCached(cached) ?? writeCached(cached, await bundle(entry));
}

function entryModule(pages: readonly BundleEntry[]): string {
  const imports = pages.map(
    ({ file }, index) => `import { pages as p${index} } from ${JSON.stringify(file)};`,
  );
  const all = pages.map((_, index) => `...p${index}`).join(', ');
  return `import { startSite } from ${JSON.stringify(BROWSER)};\n${imports.join('\n')}\nstartSite([${all}]);\n`;
}

async function bundle(entry: string): Promise<CachedBundle> {
  const { build } = await import('esbuild');
  const result = await build({
    stdin: { contents: entry, resolveDir: SITE, sourcefile: 'site-entry.ts', loader: 'ts' },
    absWorkingDir: SITE,
    outdir: join(SITE, 'out'),
    bundle: true,
    write: false,
    minify: true,
    metafile: true,
    format: 'iife',
    target: 'es2022',
    charset: 'utf8',
    legalComments: 'none',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    conditions: ['@matinee/source'],
    // One Preact for all pages: its hooks keep state of their own.
    alias: { '@matinee/site/browser': BROWSER, preact: join(SITE, 'node_modules/preact') },
    define: { 'process.env.NODE_ENV': '"production"' },
    plugins: [nameSafeCaches],
    logLevel: 'silent',
  }).catch((error: unknown) => {
    throw bundleError(error);
  });
  const output = (ending: string) => result.outputFiles.find(({ path }) => path.endsWith(ending))?.text ?? '';
  const files = Object.keys(result.metafile.inputs).filter((name) => name !== 'site-entry.ts');
  const inputs = Object.fromEntries(
    files.map((name) => [resolve(SITE, name), hash(readFileSync(resolve(SITE, name)))]),
  );
  return { script: output('.js'), style: output('.css'), inputs };
}

function readCached(path: string): Bundle | undefined {
  if (!existsSync(path)) return undefined;
  try {
    const cached = JSON.parse(readFileSync(path, 'utf8')) as CachedBundle;
    const isCurrent = Object.entries(cached.inputs).every(
      ([file, content]) => existsSync(file) && hash(readFileSync(file)) === content,
    );
    return isCurrent ? cached : undefined;
  } catch {
    return undefined;
  }
}

function writeCached(path: string, bundled: CachedBundle): Bundle {
  try {
    mkdirSync(join(path, '..'), { recursive: true });
    const temporary = `${path}.tmp-${process.pid}`;
    writeFileSync(temporary, JSON.stringify(bundled));
    renameSync(temporary, path);
  } catch {
    // What cannot be kept is bundled again by the next build.
  }
  return bundled;
}

interface EsbuildMessage {
  readonly text: string;
  readonly location: { readonly file: string; readonly line: number } | null;
}

function bundleError(error: unknown): NodeError {
  const [first] = (error as { readonly errors?: readonly EsbuildMessage[] }).errors ?? [];
  const { file, line } = first?.location ?? {};
  return new NodeError('SITE_BUNDLE', `The pages cannot be bundled: ${first?.text ?? messageOf(error)}`, {
    location:
      file === undefined ? undefined : { file: resolve(SITE, file), ...(line !== undefined && { line }) },
    hint: 'npx tsc --noEmit -p tsconfig.browser.json tells more about the types.',
    cause: error,
  });
}

const hash = (content: string | Buffer) => createHash('sha256').update(content).digest('hex').slice(0, 32);
