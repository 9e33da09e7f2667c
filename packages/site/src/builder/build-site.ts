import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Dag,
  InterruptedError,
  interruptible,
  type Namer,
  placeError,
  removeLeftovers,
  type VariableValues,
  type Warehouse,
  withSession,
} from '@matinee/core';
import { type BundleEntry, bundleBrowser } from './bundle.js';
import { describeSite } from './describe-site.js';
import { describeDocs } from './docs/describe-docs.js';
import { type SiteFile, writeFolder, writeSingleFile } from './write-site.js';
import { writeTables } from './write-tables.js';

/** What a site is made of, and where it goes. */
export interface SiteOptions {
  readonly dag: Dag;
  /** Names of the nodes whose pages and documentation the site has. */
  readonly selected: ReadonlySet<string>;
  readonly warehouse: Warehouse;
  readonly names: Namer;
  readonly variables: VariableValues;
  readonly target: string;
  readonly title: string;
  /** Modules that export `pages`, in the order in which the pages are listed. */
  readonly pages: readonly BundleEntry[];
  /** The folder of the site, or its file if it is to be a single one. */
  readonly out: string;
  readonly singleFile: boolean;
  /** A folder for what can be made again; where it cannot be written it is made again each time. */
  readonly cache: string;
  readonly now: Date;
  /** Gives it up: the site before it stays. */
  readonly signal?: AbortSignal;
}

export interface BuiltSite {
  /** The page to open. */
  readonly page: string;
  readonly files: readonly { readonly name: string; readonly bytes: number; readonly gzipped: number }[];
  readonly tables: number;
  readonly nodes: number;
}

/**
 * Builds the site from the project and what is published in the warehouse. Nothing of the warehouse is changed.
 *
 * @throws UsageError SITE_FOLDER for a place that holds something else; OUT_PLACE for one that cannot be written; WarehouseError
 * NODE_NOT_BUILT, NODE_UNREADABLE, OUT_DISK_FULL; NodeError SITE_BUNDLE; InterruptedError.
 */
export async function buildSite(options: SiteOptions): Promise<BuiltSite> {
  const staging = stagingFolder(options.cache);
  const bundled = bundleBrowser(options.pages, join(options.cache, 'bundle'));
  // A bundle that fails while the warehouse is read is told of when the warehouse has been.
  bundled.catch(() => undefined);
  const { signal } = options;
  const { tables, facts, docs } = await withSession(options.warehouse, (session) =>
    interruptible(session, signal, async () => {
      const tables = await writeTables(session, options, staging);
      const docs = await describeDocs(session, options);
      return { tables, docs, facts: await describeSite(session, options, tables, docs) };
    }),
  ).finally(() => rmSync(staging, { recursive: true, force: true }));
  const { script, style } = await bundled;
  const files: SiteFile[] = [
    { name: 'site.js', content: Buffer.from(script) },
    { name: 'site.css', content: Buffer.from(style) },
    { name: 'site.json', content: Buffer.from(JSON.stringify(facts)) },
    { name: 'docs.json', content: Buffer.from(JSON.stringify(docs)) },
    ...tables.map(({ name, content }) => ({ name: `data/${name}.parquet.gz`, content })),
  ];
  if (signal?.aborted) throw new InterruptedError();
  const write = options.singleFile ? writeSingleFile : writeFolder;
  const written = attempt(options.out, () => write(options.out, options.title, files));
  return { ...written, tables: tables.length, nodes: docs.nodes.length };
}

/** A folder for the tables of one build, without those of builds that were killed; elsewhere where the cache takes none. */
function stagingFolder(cache: string): string {
  const prefix = join(cache, 'tables');
  try {
    mkdirSync(cache, { recursive: true });
    removeLeftovers(prefix, /^-(\d+)-\w+$/);
    return mkdtempSync(`${prefix}-${process.pid}-`);
  } catch {
    return mkdtempSync(join(tmpdir(), `matinee-site-${process.pid}-`));
  }
}

/** Writes to a place, and says what is wrong with it. */
function attempt<T>(place: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw placeError(error, place);
  }
}
