import { isIgnored } from '../ignored.js';

/**
 * The folder that everything in an archive lies in, with its slash, as GroupLens packs its sets; empty if there is none.
 *
 * @param folders names that mean something themselves: an archive of `ratings/1.csv` alone has no leading folder.
 */
export function leadingFolder(names: Iterable<string>, folders: ReadonlySet<string> = new Set()): string {
  const ordinary = [...names].filter((name) => !name.split('/').some(isIgnored) && !name.startsWith(MAC));
  const [folder, ...inside] = ordinary[0]?.split('/') ?? [];
  const prefix = `${folder}/`;
  if (folder === undefined || inside.length === 0 || folders.has(folder)) return '';
  return ordinary.every((name) => name.startsWith(prefix)) ? prefix : '';
}

/** Where macOS keeps what other systems have no place for. */
const MAC = '__MACOSX/';
