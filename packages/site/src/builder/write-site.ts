import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';
import { gzipSync } from 'node:zlib';
import { UsageError } from '@matinee/core';
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

/** What a site's folder may hold, and with it be replaced. */
const OURS = /^(index\.html|site\.(js|css|json)|docs\.json|data(\/\w+\.parquet(\.gz)?)?)$/;

/**
 * Puts the site's folder in place by renaming: readers see the old site or the new one.
 *
 * @throws UsageError SITE_FOLDER if something else stands there.
 */
export function writeFolder(folder: string, title: string, files: readonly SiteFile[]): WrittenSite {
  refuseForeignFolder(folder);
  const all = [...files, { name: 'index.html', content: Buffer.from(indexPage(title)) }];
  const [next, old] = [`${folder}.tmp-${process.pid}`, `${folder}.old-${process.pid}`];
  rmSync(next, { recursive: true, force: true });
  for (const { name, content } of all) {
    mkdirSync(dirname(join(next, name)), { recursive: true });
    writeFileSync(join(next, name), content);
  }
  if (existsSync(folder)) renameSync(folder, old);
  renameSync(next, folder);
  rmSync(old, { recursive: true, force: true });
  return { page: join(folder, 'index.html'), files: all.map(weigh) };
}

/** Writes the whole site into one page. @throws UsageError SITE_FOLDER if something else stands there. */
export function writeSingleFile(path: string, title: string, files: readonly SiteFile[]): WrittenSite {
  if (existsSync(path) && !isOurPage(path)) throw foreign(path);
  const content = Buffer.from(singlePage(title, files));
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.tmp-${process.pid}`;
  writeFileSync(temporary, content);
  renameSync(temporary, path);
  return { page: path, files: [weigh({ name: basename(path), content })] };
}

function weigh({ name, content }: SiteFile): WrittenSite['files'][number] {
  return { name, bytes: content.length, gzipped: gzipSync(content).length };
}

function refuseForeignFolder(folder: string): void {
  if (!existsSync(folder)) return;
  if (!statSync(folder).isDirectory()) throw foreign(folder);
  const there = readdirSync(folder, { recursive: true }).map((file) => String(file).split(sep).join('/'));
  const unknown = there.find((file) => !OURS.test(file));
  if (unknown !== undefined) throw foreign(join(folder, unknown));
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
