import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { removeLeftovers, UsageError } from '@matinee/core';
import { indexPage, MARK, singlePage } from './html.js';

/** A file of the site. */
export interface SiteFile {
  /** Relative to the site's folder, `/`-separated. */
  readonly name: string;
  readonly content: Buffer;
}

export interface WrittenSite {
  /** The page to open, absolute. */
  readonly page: string;
  readonly files: readonly { readonly name: string; readonly bytes: number; readonly gzipped: number }[];
}

/** What a site's folder may hold, and with it be replaced; and what its folder of tables may. */
const OURS = /^(index\.html|site\.(js|css|json)|docs\.json|data)$/;
const OUR_TABLES = /^\w+\.parquet(\.gz)?$/;

/** How often a folder is moved away that another process puts in place at the same time. */
const ATTEMPTS = 20;

/**
 * Puts the site's folder in place by renaming: readers see the old site or the new one. Of two processes the later one wins; a link
 * stays a link, and what it leads to is replaced.
 *
 * @throws UsageError SITE_FOLDER if something else stands there.
 */
export function writeFolder(out: string, title: string, files: readonly SiteFile[]): WrittenSite {
  refuseForeignFolder(out);
  const folder = existsSync(out) ? realpathSync(out) : out;
  const all = [...files, { name: 'index.html', content: Buffer.from(indexPage(title)) }];
  const [next, old] = [`${folder}.tmp-${process.pid}`, `${folder}.old-${process.pid}`];
  removeLeftovers(folder, /^\.(?:tmp|old)-(\d+)$/);
  try {
    for (const { name, content } of all) {
      mkdirSync(dirname(join(next, name)), { recursive: true });
      writeFileSync(join(next, name), content);
    }
    putInPlace(next, folder, old);
  } finally {
    rmSync(next, { recursive: true, force: true });
    rmSync(old, { recursive: true, force: true });
  }
  return { page: join(out, 'index.html'), files: all.map(weigh) };
}

function putInPlace(next: string, folder: string, old: string): void {
  for (let attempt = 1; ; attempt++) {
    try {
      moveAway(folder, old);
      renameSync(next, folder);
      return;
    } catch (error) {
      const isThere = ['ENOTEMPTY', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '');
      if (!isThere || attempt === ATTEMPTS) {
        if (existsSync(old) && !existsSync(folder)) renameSync(old, folder);
        throw error;
      }
    }
  }
}

/** Another process may be quicker. */
function moveAway(folder: string, old: string): void {
  rmSync(old, { recursive: true, force: true });
  try {
    renameSync(folder, old);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

/** Writes the whole site into one page. @throws UsageError SITE_FOLDER if something else stands there. */
export function writeSingleFile(path: string, title: string, files: readonly SiteFile[]): WrittenSite {
  if (existsSync(path) && !isOurPage(path)) throw foreign(path);
  const content = Buffer.from(singlePage(title, files));
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.tmp-${process.pid}`;
  removeLeftovers(path, /^\.tmp-(\d+)$/);
  try {
    writeFileSync(temporary, content);
    renameSync(temporary, path);
  } finally {
    rmSync(temporary, { force: true });
  }
  return { page: path, files: [weigh({ name: basename(path), content })] };
}

function weigh({ name, content }: SiteFile): WrittenSite['files'][number] {
  const gzipped = name.endsWith('.gz') ? content.length : gzipSync(content).length;
  return { name, bytes: content.length, gzipped };
}

function refuseForeignFolder(folder: string): void {
  if (!existsSync(folder)) return;
  if (!statSync(folder).isDirectory()) throw foreign(folder);
  const there = readdirSync(folder);
  const unknown = there.find((file) => !OURS.test(file));
  if (unknown !== undefined) throw foreign(join(folder, unknown));
  const tables = join(folder, 'data');
  const stray = existsSync(tables) && readdirSync(tables).find((file) => !OUR_TABLES.test(file));
  if (stray) throw foreign(join(tables, stray));
  if (there.length > 0 && !isOurPage(join(folder, 'index.html'))) throw foreign(folder);
}

function isOurPage(path: string): boolean {
  return (
    existsSync(path) && statSync(path).isFile() && readFileSync(path, 'utf8').slice(0, 2000).includes(MARK)
  );
}

function foreign(path: string): UsageError {
  return new UsageError('SITE_FOLDER', 'Something stands there that is no site of Matinee.', {
    location: { file: path },
    hint: 'Name another place with --out, or move it away.',
  });
}
