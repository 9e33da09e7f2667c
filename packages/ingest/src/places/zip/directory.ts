import yauzl from 'yauzl';
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
