import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../../packages/core/test/support/files.js';
import { parsePut } from '../../src/snowflake-emulator/protocol/put-command.js';
import { connect, emulate, failure, run } from './protocol-support.js';

describe('PUT', () => {
  test('brings a local file to the engine, as it is', async () => {
    const { emulator, engine } = await emulate();
    const file = join(temporaryFolder(), 'ratings one.csv');
    writeFileSync(file, 'userId,movieId\n1,2\n');
    const { rows } = await run(
      await connect(emulator),
      `PUT 'file://${file}' @raw.files/2024/ auto_compress = false overwrite = true`,
    );
    expect(rows).toEqual([['ratings one.csv', 'ratings one.csv', 19, 19, null, null, 'UPLOADED', undefined]]);
    expect(engine.files.map(({ stage, name, bytes }) => [stage, name, String(bytes)])).toEqual([
      ['@raw.files', '2024/ratings one.csv', 'userId,movieId\n1,2\n'],
    ]);
    expect(emulator.log.map(({ state }) => state)).toEqual(['succeeded']);
  });

  test('brings several files, compressed', async () => {
    const { emulator, engine } = await emulate();
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'a.csv'), 'a');
    writeFileSync(join(folder, 'b.csv'), 'b');
    const { rows } = await run(await connect(emulator), `put file://${folder}/*.csv @~`);
    expect(
      rows.map(([source, target, , , , compression, status]) => [source, target, compression, status]),
    ).toEqual([
      ['a.csv', 'a.csv.gz', 'GZIP', 'UPLOADED'],
      ['b.csv', 'b.csv.gz', 'GZIP', 'UPLOADED'],
    ]);
    expect(engine.files.map(({ name, bytes }) => [name, String(gunzipSync(bytes))])).toEqual([
      ['a.csv.gz', 'a'],
      ['b.csv.gz', 'b'],
    ]);
  });

  test('that cannot be read, and GET, are refused by name', async () => {
    const { emulator } = await emulate();
    const connection = await connect(emulator);
    const codes = [
      await failure(run(connection, 'put something somewhere')),
      await failure(run(connection, 'get @~/a.csv file:///tmp/')),
    ].map(({ code, message }) => [code, message]);
    expect(codes).toEqual([
      ['099999', 'The emulator does not know this file transfer: put something somewhere.'],
      ['099999', 'The emulator does not know this file transfer: get @~/a.csv file:///tmp/.'],
    ]);
  });
});

test.each([
  [
    "PUT 'file:///a b/*.csv' @~/x/ PARALLEL = 8",
    { source: '/a b/*.csv', stage: '@~', folder: 'x', parallel: 8, autoCompress: true, overwrite: false },
  ],
  ['put file:///a.csv @%ratings', { stage: '@%ratings', folder: '' }],
  ['put file:///a.csv @"My DB"."s".%"t t"/p', { stage: '@"My DB"."s".%"t t"', folder: 'p' }],
  [
    "put file:///a.csv @db.s.stage/p/q auto_compress=false source_compression='gzip' overwrite=true;",
    { stage: '@db.s.stage', folder: 'p/q', autoCompress: false, sourceCompression: 'gzip', overwrite: true },
  ],
])('%s is read', (sql, expected) => {
  expect(parsePut(sql)).toMatchObject(expected);
});
