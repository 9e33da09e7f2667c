import yauzl from 'yauzl';
import { isIgnored } from '../ignored.js';
import type { Archive, ByteRange } from './archive.js';
import { ArchiveReader } from './archive-reader.js';
import { nameTwice, zipError } from './zip-errors.js';

/** What an archive says of its files. */
export interface Directory {
  readonly archive: Archive;
  /** By their whole names in the archive. */
  readonly entries: ReadonlyMap<string, yauzl.Entry>;
  /** Where the packed bytes of an entry are. @throws LoadError LOAD_ZIP. */
  rangeOf(entry: yauzl.Entry): Promise<ByteRange>;
}

/**
 * Reads the directory at an archive's end; of the files nothing is read.
 *
 * @throws LoadError LOAD_ZIP, LOAD_ZIP_NAME if any name is absolute, goes upwards or stands there twice.
 */
export async function readDirectory(name: string, archive: Archive): Promise<Directory> {
  const entries = new Map<string, yauzl.Entry>();
  try {
    const reader = new ArchiveReader(archive);
    const options = { lazyEntries: true, autoClose: false };
    const zip = await yauzl.fromRandomAccessReaderPromise(reader, archive.facts.bytes, options);
    for await (const entry of zip.eachEntry()) {
      if (entry.fileName.endsWith('/')) continue;
      if (entries.has(entry.fileName)) throw nameTwice(name, entry.fileName);
      entries.set(entry.fileName, entry);
    }
    return {
      archive,
      entries,
      rangeOf: async (entry) => {
        try {
          const { fileDataStart } = await zip.readLocalFileHeaderPromise(entry, { minimal: true });
          return { start: fileDataStart, length: entry.compressedSize };
        } catch (error) {
          throw zipError(name, error);
        }
      },
    };
  } catch (error) {
    throw zipError(name, error);
  }
}

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
