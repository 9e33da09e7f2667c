import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { smallDisk } from '../../core/test/support/small-disk.js';
import { plainLocalFile } from '../src/load/local-file.js';
import { openPlace } from '../src/places/open-place.js';
import { errorOf, folderOf } from './support/lab.js';
import { zipOf } from './support/zip.js';

const hint = 'Free disk space, or choose another folder for temporary files.';

/** Brings the file of a delivery that holds no other into a folder. */
async function bring(delivery: string, folder: string): Promise<string> {
  const place = openPlace(delivery);
  const [file] = await place.list(new Set());
  const facts = file!.facts ?? (await place.look(file!.path));
  return plainLocalFile(place, { path: file!.path, ...facts }, folder);
}

const archiveOf = (content: Uint8Array, size?: number) => {
  const options = size === undefined ? {} : { size };
  return join(folderOf({ 'ml.zip': zipOf([['movies.csv', content]], options) }), 'ml.zip');
};

describe('a disk with too little room', () => {
  it('for what an archive says of an entry: nothing of it is unpacked', async () => {
    const disk = smallDisk('1m');
    if (!disk) return;
    for (const size of [2_000_000, 4_294_967_294]) {
      const archive = archiveOf(Buffer.alloc(2_000_000), size);
      const error = await errorOf(bring(archive, disk));
      const location = { file: `${archive}/movies.csv` };
      expect(error).toMatchObject({ code: 'LOAD_TEMPORARY_FOLDER', location, hint });
      expect(error.message).toBe(
        `${archive}/movies.csv takes ${size.toLocaleString('en')} bytes on the disk, and ${disk} has room for 1,048,576.`,
      );
      expect(readdirSync(disk)).toEqual([]);
    }
  });
});

describe('an entry that unpacks to more than its archive says', () => {
  it('is refused, and no more than that is written', async () => {
    const folder = folderOf();
    const error = await errorOf(bring(archiveOf(Buffer.alloc(50_000_000), 100_000), folder));
    expect(error).toMatchObject({ code: 'LOAD_ZIP_CHECKSUM' });
    expect(error.message).toContain('does not have the 100,000 bytes that the archive says');
    expect(statSync(join(folder, 'entry')).size).toBeLessThanOrEqual(100_000);
  });
});

describe.skipIf(!existsSync('/dev/full'))('a disk that becomes full', () => {
  it.each([
    ['stored', 0],
    ['deflated', 8],
  ])('while a %s entry is unpacked: the error names it', async (_, method) => {
    const archive = join(
      folderOf({ 'ml.zip': zipOf([['movies.csv', randomBytes(300_000)]], { method }) }),
      'ml.zip',
    );
    const folder = folderOf();
    symlinkSync('/dev/full', join(folder, 'entry'));
    const error = await errorOf(bring(archive, folder));
    expect(error).toMatchObject({ code: 'LOAD_TEMPORARY_FOLDER', hint });
    expect(error.message).toContain(
      `Cannot write ${join(folder, 'entry')} for ${archive}/movies.csv: ENOSPC`,
    );
  });

  it('while a .gz file is unpacked: the error names it', async () => {
    const delivery = folderOf({ 'movies.csv.gz': gzipSync(randomBytes(300_000)) });
    const folder = folderOf();
    symlinkSync('/dev/full', join(folder, 'unpacked.csv'));
    const error = await errorOf(bring(delivery, folder));
    expect(error).toMatchObject({ code: 'LOAD_TEMPORARY_FOLDER', hint });
    expect(error.message).toContain(`for ${delivery}/movies.csv.gz: ENOSPC`);
  });
});
