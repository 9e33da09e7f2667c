import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderOf, openLab } from './support/lab.js';
import { hasRealFiles, readRealTables, realFiles, realFolder } from './support/real-files.js';
import { allSources } from './support/sources.js';
import { asKaggle, gzipped, type Tables } from './support/write.js';

if (!hasRealFiles) {
  console.warn(
    `\n*** SKIPPED: real MovieLens files are not in ${realFolder}. Set MATINEE_REAL_DATA to their folder. ***\n`,
  );
}

describe.skipIf(!hasRealFiles)('the real files', () => {
  it('load whole, and equal from the Kaggle shape', async () => {
    const lab = await openLab();
    const sources = allSources.filter(({ name }) =>
      existsSync(join(realFolder, realFiles[name as keyof Tables])),
    );
    const loaded = await lab.load(realFolder, sources);
    for (const { source, rows, rejectedRows, repeatedRows } of loaded) {
      const lines = readFileSync(join(realFolder, realFiles[source as keyof Tables]), 'utf8')
        .trimEnd()
        .split('\n');
      expect([source, rows, rejectedRows, repeatedRows]).toEqual([source, lines.length - 1, 0, 0]);
    }
    expect(await lab.rejects()).toEqual([]);

    for (const { name } of sources)
      await lab.session.execute(`alter table ${name} rename to ${name}_grouplens`);
    const converted = await lab.load(folderOf(gzipped(asKaggle(readRealTables()))), sources);
    expect(converted.map(({ rows }) => rows)).toEqual(loaded.map(({ rows }) => rows));
    for (const { name, columns } of sources) {
      const data = Object.keys(columns).map((column) => `"${column}"`);
      const compare = (one: string, other: string) =>
        `select count(*) as n from (select ${data} from ${one} except all select ${data} from ${other})`;
      expect(await lab.one(compare(name, `${name}_grouplens`))).toEqual({ n: 0 });
      expect(await lab.one(compare(`${name}_grouplens`, name))).toEqual({ n: 0 });
    }
  });
});
