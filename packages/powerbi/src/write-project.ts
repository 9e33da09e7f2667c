import { createHash } from 'node:crypto';
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
import { dirname, join } from 'node:path';
import { placeError, UsageError } from '@matinee/core';
import { mergePageOrder } from './merge-page-order.js';
import type { ProjectFiles } from './write/project-files.js';

/** What writing a project did, by paths below its folder. */
export interface WrittenProject {
  readonly written: readonly string[];
  readonly unchanged: readonly string[];
  /** Files of an earlier generation that the project no longer has. */
  readonly removed: readonly string[];
  /** Files that people added; they stay as they are. */
  readonly kept: readonly string[];
}

/** Beside the project, whose name it carries: a folder may hold several. */
const recordOf = ({ shortcut }: ProjectFiles) => `.${shortcut}.matinee.json`;

/** The hashes of what was written last; of what is being written now while it is. */
interface WriteRecord {
  readonly files: Readonly<Record<string, string>>;
  readonly next?: Readonly<Record<string, string>>;
}

/**
 * Writes a project into a folder, each file in one step. What people added stays; what they changed is told of and stops the writing
 * before anything is touched, unless `force` says to replace it.
 *
 * @throws UsageError POWERBI_CHANGED naming every changed file; POWERBI_FOLDER if the folder is a file; OUT_PLACE if it cannot be
 * written; WarehouseError OUT_DISK_FULL
 */
export function writeProject(
  folder: string,
  project: ProjectFiles,
  { force = false }: { readonly force?: boolean } = {},
): WrittenProject {
  if (existsSync(folder) && !statSync(folder).isDirectory()) {
    throw new UsageError('POWERBI_FOLDER', 'There is a file where the folder should be.', {
      location: { file: folder },
      hint: 'Name another folder with --out.',
    });
  }
  const recordPath = join(folder, recordOf(project));
  const record = readRecord(recordPath);
  const files = mergePageOrder(
    folder,
    project,
    (path) => project.files.has(path) || Object.hasOwn(record.files, path),
  );
  const isOurs = (path: string) => {
    const hash = hashOf(readFileSync(join(folder, path), 'utf8'));
    return path === project.pageOrder || hash === record.files[path] || hash === record.next?.[path];
  };
  const stale = Object.keys({ ...record.files, ...record.next }).filter(
    (path) => !files.has(path) && existsSync(join(folder, path)),
  );
  const differing = [...files].filter(([path, content]) => !holds(join(folder, path), content));
  if (!force) refuseChanged(folder, [...differing.map(([path]) => path), ...stale], isOurs);
  const removed = stale.filter((path) => force || isOurs(path));
  const hashes = Object.fromEntries([...files].map(([path, content]) => [path, hashOf(content)]));
  try {
    if (differing.length > 0 || removed.length > 0) writeRecord(recordPath, { ...record, next: hashes });
    for (const [path, content] of differing) replace(join(folder, path), content);
    for (const path of removed) rmSync(join(folder, path));
    writeRecord(recordPath, { files: hashes });
  } catch (error) {
    throw placeError(error, folder);
  }
  const written = new Set(differing.map(([path]) => path));
  return {
    written: [...written],
    unchanged: [...files.keys()].filter((path) => !written.has(path)),
    removed,
    kept: filesBelow(folder, project).filter((path) => !files.has(path) && !path.includes('/.pbi/')),
  };
}

function refuseChanged(folder: string, paths: readonly string[], isOurs: (path: string) => boolean): void {
  const changed = paths.filter((path) => existsSync(join(folder, path)) && !isOurs(path));
  if (changed.length === 0) return;
  throw new UsageError(
    'POWERBI_CHANGED',
    `${changed.length === 1 ? 'A file is' : `${changed.length} files are`} not as Matinee wrote the project:\n${changed.map((path) => `  ${path}`).join('\n')}`,
    {
      location: { file: folder },
      hint: 'Keep your changes in pages and tables of your own, or write elsewhere with --out; --force replaces these files.',
    },
  );
}

/** Line ends do not count: version control may change them. */
function hashOf(content: string): string {
  return createHash('sha256').update(content.replaceAll('\r\n', '\n')).digest('hex');
}

function holds(path: string, content: string): boolean {
  return existsSync(path) && hashOf(readFileSync(path, 'utf8')) === hashOf(content);
}

function replace(path: string, content: string): void {
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.tmp-${process.pid}`;
  writeFileSync(temporary, content);
  renameSync(temporary, path);
}

function readRecord(path: string): WriteRecord {
  if (!existsSync(path)) return { files: {} };
  try {
    const { files = {}, next = {} } = JSON.parse(readFileSync(path, 'utf8')) as Partial<WriteRecord>;
    return { files, next };
  } catch {
    // A record that cannot be read vouches for nothing.
    return { files: {} };
  }
}

function writeRecord(path: string, record: WriteRecord): void {
  const content = `${JSON.stringify(record, null, 2)}\n`;
  if (!holds(path, content)) replace(path, content);
}

/** The files below the folders of the two items, but for what Power BI Desktop keeps for itself. */
function filesBelow(folder: string, { files }: ProjectFiles): readonly string[] {
  const items = new Set(
    [...files.keys()].filter((path) => path.includes('/')).map((path) => path.split('/')[0] ?? ''),
  );
  return [...items]
    .flatMap((item) =>
      readdirSync(join(folder, item), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) =>
          join(entry.parentPath, entry.name)
            .slice(folder.length + 1)
            .replaceAll('\\', '/'),
        ),
    )
    .sort();
}
