import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Source } from '@matinee/core';
import { describe, expect, it } from 'vitest';
import { type Files, folderOf, type Lab, openLab } from './support/lab.js';
import { hasRealFiles, readRealTables, realFiles, realFolder } from './support/real-files.js';
import { isStoreThere, useStore } from './support/s3/store.js';
import { allSources } from './support/sources.js';
import { asKaggle, gzipped, type Tables } from './support/write.js';
import { zipOf } from './support/zip.js';

if (!hasRealFiles) {
  console.warn(
    `\n*** SKIPPED: real MovieLens files are not in ${realFolder}. Set MATINEE_REAL_DATA to their folder. ***\n`,
  );
}

describe.skipIf(!hasRealFiles)('the real files', () => {
  const store = useStore();

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

    await keepAside(lab, sources);
    const converted = await lab.load(folderOf(gzipped(asKaggle(readRealTables()))), sources);
    expect(converted.map(({ rows }) => rows)).toEqual(loaded.map(({ rows }) => rows));
    await expectAsBefore(lab, sources);
  });

  it('are equal from wherever they come: packed, in an archive, in many files, or in a bucket', async () => {
    const lab = await openLab();
    const sources = allSources.filter(({ name }) =>
      existsSync(join(realFolder, realFiles[name as keyof Tables])),
    );
    const plain = plainFiles();
    const folder = folderOf(plain);
    await lab.load(folder, sources);
    await keepAside(lab, sources);
    const parts = split(plain, folder);
    const many = isStoreThere ? await store.put(parts) : folderOf(parts);
    for (const place of [folderOf(gzipped(plain)), zipped(plain), many]) {
      await lab.load(place, sources, {}, { s3: { endpoint: store.endpoint } });
      await expectAsBefore(lab, sources);
    }
  });
});

async function keepAside(lab: Lab, sources: readonly Source[]): Promise<void> {
  for (const { name } of sources) await lab.session.execute(`alter table ${name} rename to ${name}_before`);
}

async function expectAsBefore(lab: Lab, sources: readonly Source[]): Promise<void> {
  for (const { name, columns } of sources) {
    const data = Object.keys(columns).map((column) => `"${column}"`);
    const compare = (one: string, other: string) =>
      `select count(*) as n from (select ${data} from ${one} except all select ${data} from ${other})`;
    expect(await lab.one(compare(name, `${name}_before`))).toEqual({ n: 0 });
    expect(await lab.one(compare(`${name}_before`, name))).toEqual({ n: 0 });
  }
}

/** Of the long ones: all that are there if MATINEE_REAL_DATA names them. */
const LINES = process.env.MATINEE_REAL_DATA ? Number.POSITIVE_INFINITY : 40_000;

function plainFiles(): Files {
  const names = Object.values(realFiles).filter((name) => existsSync(join(realFolder, name)));
  const lines = (name: string) => readFileSync(join(realFolder, name), 'utf8').split(/(?<=\n)/);
  return Object.fromEntries(names.map((name) => [name, lines(name).slice(0, LINES).join('')]));
}

function zipped(plain: Files): string {
  const inside = Object.entries(plain).map(
    ([name, content]) => [`ml-latest-small/${name}`, content] as const,
  );
  return join(folderOf({ 'ml.zip': zipOf(inside) }), 'ml.zip');
}

/** Each file as ten, every other of them in the Kaggle shape and every third packed. */
function split(plain: Files, folder: string): Files {
  const kaggle = Object.values(asKaggle(readRealTables(folder)));
  const parts: Record<string, string | Uint8Array> = {};
  for (const [index, [name, content]] of Object.entries(plain).entries()) {
    const shapes = [content, kaggle[index]!].map((shape) => shape.toString().match(/[^\n]*\n/g) ?? []);
    for (let part = 0; part < 10; part++) {
      const [header, ...rows] = shapes[part % 2]!;
      const text = [header, ...rows.filter((_, row) => row % 10 === part)].join('');
      const path = `${name.replace('.csv', '')}/${part % 4}/part-${part}.csv`;
      if (part % 3 === 0) parts[`${path}.gz`] = gzipSync(text);
      else parts[path] = text;
    }
  }
  return parts;
}
