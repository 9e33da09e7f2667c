import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { readParquet } from '../../../site/src/browser/data/read-parquet.js';
import type { SiteFacts } from '../../../site/src/contract/site-facts.js';
import type { Cube } from '../../src/numbers/cube.js';

/** Gives a table of a site, read as browsers read it. */
export type Cubes = (name: string) => Cube;

export async function readSite(folder: string): Promise<Cubes> {
  const facts = JSON.parse(readFileSync(join(folder, 'site.json'), 'utf8')) as SiteFacts;
  const cubes = new Map<string, Cube>();
  for (const [name, { file, rows, columns }] of Object.entries(facts.tables)) {
    const { buffer, byteOffset, byteLength } = gunzipSync(
      readFileSync(join(folder, file.replace(/\?.*/, ''))),
    );
    const bytes = buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer;
    cubes.set(name, await readParquet(name, bytes, rows, columns));
  }
  return (name) => {
    const cube = cubes.get(name);
    if (!cube) throw new Error(`The site has no table ${name}.`);
    return cube;
  };
}
