import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import type { Source } from '@matinee/core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createLoader } from '../../src/index.js';
import { openPlace } from '../../src/places/open-place.js';
import type { S3Options } from '../../src/places/s3/s3-options.js';
import { errorOf, type Files, folderOf, openLab } from '../support/lab.js';
import { troubledProxy } from '../support/s3/proxy.js';
import { isStoreOurs, isStoreThere, useStore, useUser } from '../support/s3/store.js';
import { movies, ratings, scores, tags } from '../support/sources.js';
import { zipOf } from '../support/zip.js';

const moviesFile = 'movieId,title,genres\n1,a,b\n2,c,d\n';
const header = 'userId,movieId,rating,timestamp';
const ratingsFile = (user: number) => `${header}\n${user},1,3.5,86400\n`;

describe.skipIf(!isStoreThere)('a prefix of a bucket', () => {
  const store = useStore();
  const s3 = (more: S3Options = {}): S3Options => ({ endpoint: store.endpoint, ...more });
  const survey = (url: string, sources: readonly Source[] = [movies], more: S3Options = {}) =>
    createLoader(url, { s3: s3(more) }).survey(sources);

  it('is loaded like a folder: plain, packed, and in many parts', async () => {
    const lab = await openLab();
    const files: Files = {
      'movies.csv': moviesFile,
      'ratings/': '',
      'ratings/_SUCCESS': '',
      'ratings/2020/ü &+ [1] %20.csv': ratingsFile(1),
      'ratings/Part.csv.gz': gzipSync(ratingsFile(2)),
      'ratings/part.csv': ratingsFile(3),
      'tags.csv': 'userId,movieId,tag,timestamp\n',
      'other/movies.csv': 'of no interest',
    };
    const prefix = store.prefix();
    const url = await store.put(files, prefix);
    // Not together with part.csv: of two such keys put at once the store of the tests may lose one.
    await store.put({ 'ratings/part.csv/in a key.csv': ratingsFile(4) }, prefix);
    const loaded = await lab.load(url, [movies, ratings, tags, scores], {}, { s3: s3() });
    expect(loaded.map((source) => source.files.length)).toEqual([1, 4, 1, 0]);
    expect(loaded.map(({ rows }) => rows)).toEqual([2, 4, 0, 0]);
    expect(loaded[0]?.files[0]).toMatchObject({ path: 'movies.csv', bytes: moviesFile.length });
    expect(loaded[0]?.files[0]?.version).toMatch(/^[0-9a-f]{32}/);
    expect(await lab.session.query('select userId, _file from ratings order by userId')).toEqual(
      ['2020/ü &+ [1] %20.csv', 'Part.csv.gz', 'part.csv', 'part.csv/in a key.csv'].map((name, index) => ({
        userId: index + 1,
        _file: `ratings/${name}`,
      })),
    );
  });

  it('may be named with a slash or without, and never means its neighbours', async () => {
    const url = await store.put({ 'x/movies.csv': moviesFile, 'xy/movie.csv': moviesFile });
    for (const place of [`${url}x`, `${url}x/`, `${url}x`.replace('s3', 'S3')]) {
      const found = await survey(place);
      expect(found.place).toBe(`${url}x/`);
      expect(found.files.map(({ path }) => path)).toEqual(['movies.csv']);
    }
  });

  it('may be an archive, of which only what is needed is read', async () => {
    const lab = await openLab();
    const waste = randomBytes(3_000_000);
    const content = zipOf([
      ['ml/waste.csv', waste],
      ['ml/movies.csv', moviesFile],
      ['ml/ratings/1.csv.gz', gzipSync(ratingsFile(1))],
    ]);
    const prefix = store.prefix();
    await store.put({ 'ml.zip': content }, prefix);
    const proxy = await troubledProxy(store.endpoint, () => undefined);
    const place = `s3://${store.bucket}/${prefix}ml.zip`;
    const loaded = await lab.load(place, [movies, ratings], {}, { s3: s3({ endpoint: proxy.endpoint }) });
    expect(loaded.map(({ rows }) => rows)).toEqual([2, 1]);
    expect(proxy.bytes).toBeLessThan(waste.length / 2);
  });

  it('is asked once for an object, also if its keys contradict each other', async () => {
    const lab = await openLab();
    const url = await store.put({ 'movies.csv': `${moviesFile}1,x,y\n` });
    const proxy = await troubledProxy(store.endpoint, () => undefined);
    const [loaded] = await lab.load(
      url,
      [movies],
      { maxRejects: { share: 1 } },
      { s3: s3({ endpoint: proxy.endpoint }) },
    );
    expect(loaded).toMatchObject({ rows: 1, rejectedRows: 2 });
    expect((await lab.rejects()).map(([line]) => line)).toEqual([2, 4]);
    // Its head, and the whole of it.
    expect(proxy.requests.filter(({ headers }) => headers.range !== undefined).length).toBe(2);
  });

  it('brings an object of many pieces, byte by byte, and says how far it is', async () => {
    const bytes = randomBytes(17_000_001);
    const url = await store.put({ object: bytes });
    const place = openPlace(url, s3());
    const reports: number[] = [];
    const [file] = await place.list(new Set());
    const path = await place.bringLocal({ ...file!.facts!, path: 'object' }, folderOf(), {
      onBytes: (done) => reports.push(done),
    });
    expect(readFileSync(path).equals(bytes)).toBe(true);
    expect(reports.at(-1)).toBe(bytes.length);
    expect(reports).toEqual([...reports].sort((one, other) => one - other));
  });

  it('holds objects that came in parts or with checksums', async () => {
    const prefix = store.prefix();
    const body = Buffer.concat([Buffer.from(`${header}\n`), Buffer.alloc(5_242_880, '1,1,3.5,5\n')]);
    await store.putParts(`${prefix}ratings/parts.csv`, [body, Buffer.from('2,1,3.5,5\n')]);
    await store.putObject(`${prefix}ratings/crc.csv`, ratingsFile(1), { ChecksumAlgorithm: 'CRC32' });
    await store.putObject(`${prefix}ratings/sha.csv`, ratingsFile(3), { ChecksumAlgorithm: 'SHA256' });
    const place = openPlace(`s3://${store.bucket}/${prefix}`, s3());
    const listed = await place.list(new Set(['ratings']));
    expect(listed.map(({ path }) => path).sort()).toEqual(
      ['crc', 'parts', 'sha'].map((name) => `ratings/${name}.csv`),
    );
    for (const { path, facts } of listed) {
      const local = await place.bringLocal({ path, ...facts! }, folderOf());
      expect(readFileSync(local).length).toBe(facts!.bytes);
    }
  });

  it('holds objects of no bytes', async () => {
    expect(await errorOf(survey(await store.put({ 'movies.csv': '' })))).toMatchObject({
      code: 'LOAD_HEADER',
    });
    const place = openPlace(await store.put({ empty: '' }), s3());
    const [file] = await place.list(new Set());
    const path = await place.bringLocal({ path: 'empty', ...file!.facts! }, folderOf());
    expect(readFileSync(path).length).toBe(0);
  });

  it('is listed page by page, and tells with each how far it is', async () => {
    const names = Array.from({ length: 1_001 }, (_, day) => `ratings/${String(day).padStart(4, '0')}.csv`);
    const url = await store.put(Object.fromEntries(names.map((name) => [name, 'x'])));
    const proxy = await troubledProxy(store.endpoint, () => undefined);
    const counts: number[] = [];
    const place = openPlace(url, { endpoint: proxy.endpoint });
    const listed = await place.list(new Set(['ratings']), undefined, (count) => counts.push(count));
    expect(counts).toEqual([0, 1_000, 1_001]);
    expect(listed.map(({ path }) => path)).toEqual(names);
    expect(proxy.requests.length).toBeLessThan(5);
  });

  it('is surveyed without opening what is known', async () => {
    const names = Array.from({ length: 30 }, (_, day) => `ratings/${10 + day}.csv`);
    const prefix = store.prefix();
    const files = Object.fromEntries(names.map((name, day) => [name, ratingsFile(day)]));
    const url = await store.put(files, prefix);
    const proxy = await troubledProxy(store.endpoint, () => undefined);
    const loader = createLoader(url, { s3: { endpoint: proxy.endpoint } });
    const first = await loader.survey([ratings]);
    expect(first.files.map(({ path }) => path)).toEqual(names);
    expect(proxy.requests.filter(({ headers }) => headers.range).length).toBe(30);

    expect(await loader.survey([ratings], first.files)).toEqual(first);
    expect(proxy.requests.filter(({ headers }) => headers.range).length).toBe(30);

    await store.put({ [names[7]!]: `${header}\n7,1,3.5,1970-01-01 00:00:00\n` }, prefix);
    const { files: then } = await loader.survey([ratings], first.files);
    expect(then.filter((file, index) => file.version !== first.files[index]?.version)).toMatchObject([
      { path: names[7], shape: 'kaggle' },
    ]);
    expect(proxy.requests.filter(({ headers }) => headers.range).length).toBe(31);
  });

  it('and a version change only with the content', async () => {
    const prefix = store.prefix();
    const version = async (content: string) => {
      await store.put({ 'movies.csv': content }, prefix);
      return (await survey(`s3://${store.bucket}/${prefix}`)).files[0]?.version;
    };
    const first = await version(moviesFile);
    expect(await version(moviesFile)).toBe(first);
    expect(await version(moviesFile.replace('a', 'x'))).not.toBe(first);
  });

  it('says where wrong rows lie', async () => {
    const lab = await openLab();
    const url = await store.put({ 'movies.csv': `${moviesFile}x,a,b\n` });
    const error = await errorOf(lab.load(url, [movies], {}, { s3: s3() }));
    expect(error).toMatchObject({ code: 'LOAD_REJECTS', location: { file: `${url}movies.csv`, line: 4 } });
  });

  it('that holds nothing is an error that names it', async () => {
    const error = await errorOf(survey(`s3://${store.bucket}/${store.prefix()}`));
    expect(error).toMatchObject({ name: 'LoadError', code: 'LOAD_S3_PREFIX_EMPTY' });
    expect(error.message).toContain(`s3://${store.bucket}/`);
    expect(error.hint).toContain('prefix');
  });

  it('that holds nothing: the error tells what there is instead', async () => {
    const url = await store.put({ 'deep/Wrong/movies.csv': moviesFile, 'deep/readme.txt': 'x' });
    for (const wrong of ['deep/wrogn', 'deep/wrogn/ml/2026']) {
      const error = await errorOf(survey(`${url}${wrong}`));
      expect(error).toMatchObject({ code: 'LOAD_S3_PREFIX_EMPTY' });
      expect(error.hint).toBe(
        `Name the prefix under which the delivered files lie: capital and small letters count. Did you mean ${url}deep/Wrong/? ${url}deep/ holds Wrong/, readme.txt.`,
      );
    }
  });

  it('that is an object is an error that names the prefix to give', async () => {
    const url = await store.put({ 'movies.csv': moviesFile, 'movies.csv.gz': 'x' });
    for (const place of [`${url}movies.csv`, `${url}movies.csv/`]) {
      const error = await errorOf(survey(place));
      expect(error).toMatchObject({ name: 'LoadError', code: 'LOAD_S3_NOT_A_PREFIX' });
      expect(error.message).toBe(`${url}movies.csv is an object, no prefix.`);
      expect(error.hint).toBe(`A source is a prefix that files lie under, or a .zip file: name ${url}.`);
    }
  });

  it('that holds nothing where nothing else may be listed is told without it', async () => {
    const proxy = await troubledProxy(store.endpoint, ({ path }) =>
      path.includes('wrogn') ? undefined : { type: 'answer', status: 403, code: 'AccessDenied' },
    );
    const error = await errorOf(survey(`s3://${store.bucket}/wrogn`, [movies], { endpoint: proxy.endpoint }));
    expect(error).toMatchObject({ code: 'LOAD_S3_PREFIX_EMPTY' });
    expect(error.hint).toMatch(/letters count\.$/);
  });

  it('that holds other files is an error like that of a folder', async () => {
    const error = await errorOf(survey(await store.put({ 'Movies.csv': moviesFile })));
    expect(error).toMatchObject({ code: 'LOAD_FILE_MISSING', hint: expect.stringContaining('Movies.csv') });
  });

  it('above that of the delivery is an error that tells what lies below', async () => {
    const url = await store.put({ 'ml/movies.csv': moviesFile, 'old/movies.csv': moviesFile, notes: '' });
    const error = await errorOf(survey(url));
    expect(error).toMatchObject({ code: 'LOAD_FILE_MISSING' });
    expect(error.hint).toContain(`${url} holds ml/, notes, old/.`);
  });

  it('asks as a requester who pays, where that is set', async () => {
    const url = await store.put({ 'movies.csv': moviesFile });
    const lab = await openLab();
    for (const requesterPays of [true, false]) {
      const proxy = await troubledProxy(store.endpoint, () => undefined);
      await lab.load(url, [movies], {}, { s3: s3({ endpoint: proxy.endpoint, requesterPays }) });
      const payers = proxy.requests.map(({ headers }) => headers['x-amz-request-payer']);
      expect([...new Set(payers)]).toEqual([requesterPays ? 'requester' : undefined]);
    }
  });

  it('whose requester pays is denied to those who do not say so, with what to set', async () => {
    const url = await store.put({ 'movies.csv': moviesFile });
    const proxy = await troubledProxy(store.endpoint, ({ headers }) =>
      headers['x-amz-request-payer'] === 'requester'
        ? undefined
        : { type: 'answer', status: 403, code: 'AccessDenied' },
    );
    const error = await errorOf(survey(url, [movies], { endpoint: proxy.endpoint }));
    expect(error).toMatchObject({ name: 'LoadError', code: 'LOAD_S3_DENIED' });
    expect(error.hint).toContain('MATINEE_S3_REQUESTER_PAYS=1 if the requester pays');
    const lab = await openLab();
    const paying = s3({ endpoint: proxy.endpoint, requesterPays: true });
    const [loaded] = await lab.load(url, [movies], {}, { s3: paying });
    expect(loaded?.rows).toBe(2);
  });

  describe('endpoint and region', () => {
    afterEach(() => useUser('admin'));
    const scopeOf = async (options: S3Options) => {
      const url = await store.put({ 'movies.csv': moviesFile });
      const proxy = await troubledProxy(store.endpoint, () => undefined);
      vi.stubEnv('AWS_ENDPOINT_URL_S3', proxy.endpoint);
      await createLoader(url, { s3: options }).survey([movies]);
      vi.stubEnv('AWS_ENDPOINT_URL_S3', undefined);
      return /Credential=[^/]+\/\d+\/([^/]+)\//.exec(proxy.requests[0]?.headers.authorization ?? '')?.[1];
    };

    it('come from the variables of AWS, and any region will do where none is named', async () => {
      vi.stubEnv('AWS_REGION', undefined);
      vi.stubEnv('AWS_DEFAULT_REGION', undefined);
      if (isStoreOurs) expect(await scopeOf({})).toBe('us-east-1');
      vi.stubEnv('AWS_DEFAULT_REGION', 'eu-west-3');
      if (isStoreOurs) expect(await scopeOf({})).toBe('eu-west-3');
      vi.stubEnv('AWS_REGION', 'us-east-1');
      expect(await scopeOf({})).toBe('us-east-1');
      if (isStoreOurs) expect(await scopeOf({ region: 'sa-east-1' })).toBe('sa-east-1');
    });

    it('a region that nothing names is an error of usage', async () => {
      vi.stubEnv('AWS_REGION', undefined);
      vi.stubEnv('AWS_DEFAULT_REGION', '');
      const error = await errorOf(createLoader('s3://bucket/x').survey([movies]));
      expect(error).toMatchObject({ name: 'UsageError', code: 'SOURCE_S3_REGION', exitCode: 2 });
      expect(error.hint).toContain('AWS_REGION');
    });

    it('an endpoint that is no URL is an error of usage', async () => {
      for (const endpoint of ['localhost', 'ftp://x', 'not a url']) {
        const error = await errorOf(createLoader('s3://bucket/x', { s3: { endpoint } }).survey([movies]));
        expect(error).toMatchObject({ name: 'UsageError', code: 'SOURCE_S3_ENDPOINT' });
      }
    });
  });

  describe.skipIf(!isStoreOurs)('who may read', () => {
    afterEach(() => useUser('admin'));
    const expectDenied = async (promise: Promise<unknown>, permission: string) => {
      const error = await errorOf(promise);
      expect(error).toMatchObject({ name: 'LoadError', code: 'LOAD_S3_DENIED' });
      expect(`${error.message} ${error.hint}`).toContain(permission);
      return error;
    };

    it('everybody, unsigned, if the bucket allows it', async () => {
      const prefix = store.prefix();
      for (const Bucket of ['public', 'ours']) {
        await store.putObject(`${prefix}movies.csv`, moviesFile, { Bucket });
      }
      useUser(undefined);
      const proxy = await troubledProxy(store.endpoint, () => undefined);
      const anonymous = { endpoint: proxy.endpoint, anonymous: true };
      const lab = await openLab();
      const [loaded] = await lab.load(`s3://public/${prefix}`, [movies], {}, { s3: anonymous });
      expect(loaded?.rows).toBe(2);
      expect(proxy.requests.every(({ headers }) => headers.authorization === undefined)).toBe(true);
      const denied = survey(`s3://ours/${prefix}`, [movies], anonymous);
      const error = await expectDenied(denied, 's3:ListBucket on arn:aws:s3:::ours');
      expect(error.hint).toContain('MATINEE_S3_ANONYMOUS');
    });

    it('nobody without the right to list', async () => {
      const url = await store.put({ 'movies.csv': moviesFile });
      useUser('reader');
      const error = await expectDenied(survey(url), 's3:ListBucket on arn:aws:s3:::ours');
      expect(error.hint).not.toContain('kms');
    });

    it('nobody without the right to read', async () => {
      const url = await store.put({ 'movies.csv': moviesFile });
      useUser('lister');
      const error = await expectDenied(survey(url), 's3:GetObject on arn:aws:s3:::ours/matinee-test-');
      expect(error.message).toContain(`${url}movies.csv`);
    });

    it('nobody with a wrong key, an unknown user or no credentials at all', async () => {
      const url = await store.put({ 'movies.csv': moviesFile });
      vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'wrong-secret');
      expect(await errorOf(survey(url))).toMatchObject({ code: 'LOAD_S3_CREDENTIALS' });
      vi.stubEnv('AWS_ACCESS_KEY_ID', 'nobody');
      expect(await errorOf(survey(url))).toMatchObject({ code: 'LOAD_S3_CREDENTIALS' });
      useUser(undefined);
      const error = await errorOf(survey(url));
      expect(error).toMatchObject({ name: 'LoadError', code: 'LOAD_S3_CREDENTIALS' });
      expect(error.hint).toContain('AWS_PROFILE');
      expect(error.hint).toContain('MATINEE_S3_ANONYMOUS=1');
    });

    it('nobody a bucket or an archive that is not there', async () => {
      const missing = await errorOf(survey('s3://nowhere/x'));
      expect(missing).toMatchObject({ code: 'LOAD_S3_BUCKET_MISSING' });
      expect(missing.message).toContain('nowhere');
      const archive = await errorOf(survey('s3://ours/no/such.zip'));
      expect(archive).toMatchObject({ code: 'LOAD_S3_KEY_MISSING' });
      expect(archive.message).toContain('s3://ours/no/such.zip');
      expect(await errorOf(survey('s3://nowhere/ml.zip'))).toMatchObject({ code: 'LOAD_S3_BUCKET_MISSING' });
    });

    it('an archive that is not there, but is told what lies beside it, if that may be listed', async () => {
      const url = await store.put({ 'ml-small.zip': 'x' });
      const missing = `${url}ml-smal.zip`;
      const error = await errorOf(survey(missing));
      expect(error).toMatchObject({ code: 'LOAD_S3_KEY_MISSING', location: { file: missing } });
      expect(error.hint).toContain(`Did you mean ${url}ml-small.zip? ${url} holds ml-small.zip.`);
      useUser('reader');
      const untold = await errorOf(survey(missing));
      expect(untold).toMatchObject({ code: 'LOAD_S3_KEY_MISSING' });
      expect(untold.hint).not.toContain('holds');
    });
  });
});
