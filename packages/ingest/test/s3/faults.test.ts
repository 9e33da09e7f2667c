import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import type { StoreRetry, SurveyProgress } from '@matinee/core';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createLoader } from '../../src/index.js';
import { openPlace } from '../../src/places/open-place.js';
import type { Place } from '../../src/places/place.js';
import { errorOf, folderOf, openLab } from '../support/lab.js';
import { type Seen, type Trouble, type TroubledProxy, troubledProxy } from '../support/s3/proxy.js';
import { isStoreThere, useStore } from '../support/s3/store.js';
import { movies } from '../support/sources.js';
import { zipOf } from '../support/zip.js';

const moviesFile = 'movieId,title,genres\n1,a,b\n2,c,d\n';

describe.skipIf(!isStoreThere)('a store that makes trouble', () => {
  const store = useStore();
  const large = randomBytes(9_000_000);
  let largeUrl = '';

  /** The only object under a prefix, read through a proxy. */
  class Reading {
    readonly place: Place;
    readonly proxy: TroubledProxy;
    readonly waits: number[];
    readonly folder = folderOf();
    #aborted = new AbortController();

    constructor(place: Place, proxy: TroubledProxy, waits: number[]) {
      this.place = place;
      this.proxy = proxy;
      this.waits = waits;
    }

    async bring(onBytes?: (bytes: number) => void): Promise<Buffer> {
      const [file] = await this.place.list(new Set());
      const { signal } = this.#aborted;
      const wanted = { path: file!.path, ...file!.facts! };
      return readFileSync(await this.place.bringLocal(wanted, this.folder, { signal, onBytes }));
    }

    abort(): void {
      this.#aborted.abort();
    }

    get gets(): readonly Seen[] {
      return this.proxy.requests.filter(({ headers }) => headers.range !== undefined);
    }
  }

  async function reading(
    url: string,
    trouble: (request: Seen) => Trouble | undefined | Promise<Trouble | undefined>,
    stallTimeout = 5_000,
  ): Promise<Reading> {
    const proxy = await troubledProxy(store.endpoint, trouble);
    const waits: number[] = [];
    const patience = {
      attempts: 4,
      firstWait: 100,
      longestWait: 300,
      stallTimeout,
      random: () => 0.5,
      sleep: async (milliseconds: number) => void waits.push(milliseconds),
    };
    return new Reading(openPlace(url, { endpoint: proxy.endpoint, patience }), proxy, waits);
  }

  async function readLarge(trouble: (request: Seen) => Trouble | undefined, stallTimeout?: number) {
    largeUrl ||= await store.put({ large });
    return reading(largeUrl, trouble, stallTimeout);
  }

  const isGet = ({ headers }: Seen) => headers.range !== undefined;
  const firstGets = (count: number, trouble: Trouble) => {
    let left = count;
    return (request: Seen) => (isGet(request) && left-- > 0 ? trouble : undefined);
  };
  const signInPage = {
    type: 'answer',
    status: 200,
    code: '',
    headers: { 'content-type': 'text/html' },
    page: '<html><body>Please sign in.</body></html>',
  } as const;
  const slowDown = { type: 'answer', status: 503, code: 'SlowDown' } as const;

  describe('for a while', () => {
    it.each([
      ['asks to slow down', slowDown],
      ['has too many requests', { type: 'answer', status: 429, code: 'TooManyRequests' }],
      ['has an internal error', { type: 'answer', status: 500, code: 'InternalError' }],
      ['times out itself', { type: 'answer', status: 400, code: 'RequestTimeout' }],
      ['breaks connections at once', { type: 'reset', after: -1 }],
      ['shows a page in place of a listing', signInPage],
    ] as const)('%s: it is asked again, after longer and longer waits', async (_, trouble) => {
      const url = await store.put({ 'movies.csv': moviesFile });
      const read = await reading(url, ({ index }) => (index < 3 ? trouble : undefined));
      expect((await read.bring()).toString()).toBe(moviesFile);
      expect(read.waits).toEqual([50, 100, 150]);
    });

    it.each([
      ['breaks off', { type: 'reset', after: 400_000 }],
      ['stalls', { type: 'stall', after: 400_000 }],
      ['sends no answer', { type: 'stall', after: -1 }],
      ['ends too soon, as if it were complete', { type: 'truncate', after: 400_000 }],
    ] as const)('%s: what has come is kept, and the rest fetched', async (_, trouble) => {
      const read = await readLarge(firstGets(2, trouble), trouble.type === 'stall' ? 300 : undefined);
      expect((await read.bring()).equals(large)).toBe(true);
      expect(read.proxy.bytes).toBeLessThan(large.length + 1_000_000);
      expect(read.gets.every(({ headers }) => headers['if-match'] !== undefined)).toBe(true);
    });

    it('breaks off again and again, but gets on: it is not given up', async () => {
      const read = await readLarge(firstGets(12, { type: 'reset', after: 500_000 }));
      expect((await read.bring()).equals(large)).toBe(true);
    });

    it('sends one wrong byte: the object is fetched once more', async () => {
      const read = await readLarge(firstGets(1, { type: 'corrupt', at: 100_000 }));
      expect((await read.bring()).equals(large)).toBe(true);
      expect(read.proxy.bytes).toBeGreaterThan(large.length * 2);
    });

    it('finds the clock wrong: the SDK sets it by the answer, and is asked again', async () => {
      const url = await store.put({ 'movies.csv': moviesFile });
      // Wrong enough for the SDK, which looks beyond 5 minutes, and not for the store, which allows 15.
      const date = new Date(Date.now() + 600_000).toUTCString();
      const skewed = {
        type: 'answer',
        status: 403,
        code: 'RequestTimeTooSkewed',
        headers: { date },
      } as const;
      const read = await reading(url, ({ index }) => (index === 0 ? skewed : undefined));
      expect((await read.bring()).toString()).toBe(moviesFile);
      const [first, second] = read.proxy.requests.map(({ headers }) => headers['x-amz-date'] ?? '');
      expect(second).not.toBe(first);
    });
  });

  describe('that does not end', () => {
    const whole = (trouble: Trouble) => () => trouble;
    const answer = (status: number, code: string, headers: Record<string, string> = {}) =>
      whole({ type: 'answer', status, code, headers });

    it.each([
      ['throttling', whole(slowDown), 'LOAD_S3_THROTTLED', 'after 4 attempts', 4],
      ['a page in place of a listing', whole(signInPage), 'LOAD_S3_ANSWER', 'sign-in page', 4],
      ['broken connections', whole({ type: 'reset', after: -1 }), 'LOAD_S3_BROKEN', 'ECONNRESET', 4],
      ['silence', whole({ type: 'stall', after: -1 }), 'LOAD_S3_SILENT', 'stays silent after 4 attempts', 4],
      ['a broken server', answer(500, 'InternalError'), 'LOAD_S3_FAILED', 'HTTP 500', 4],
      ['an expired token', answer(403, 'ExpiredToken'), 'LOAD_S3_EXPIRED', 'AWS_SESSION_TOKEN', 1],
      ['a denied request', answer(403, 'AccessDenied'), 'LOAD_S3_DENIED', 's3:ListBucket', 1],
      ['a missing bucket', answer(404, 'NoSuchBucket'), 'LOAD_S3_BUCKET_MISSING', 'bucket', 1],
      ['another clock', answer(403, 'RequestTimeTooSkewed'), 'LOAD_S3_CLOCK', 'clock', 1],
      [
        'another region',
        answer(301, 'PermanentRedirect', { 'x-amz-bucket-region': 'eu-west-3' }),
        'LOAD_S3_REGION',
        'AWS_REGION=eu-west-3',
        1,
      ],
      ['another region, unnamed', answer(301, 'PermanentRedirect'), 'LOAD_S3_REGION', 'AWS_REGION', 1],
      [
        'another address',
        answer(302, '', { location: 'https://other.example/b/?secret=1' }),
        'LOAD_S3_REDIRECTED',
        'sends requests to https://other.example (',
        1,
      ],
      ['a page elsewhere', answer(301, '', { location: '/login' }), 'LOAD_S3_REDIRECTED', 'elsewhere', 1],
      [
        'words in place of XML',
        whole({ type: 'answer', status: 200, code: '', page: 'hello' }),
        'LOAD_S3_ANSWER',
        'no list of objects',
        4,
      ],
      ['something new', answer(418, 'Teapot'), 'LOAD_S3_FAILED', 'Teapot, HTTP 418', 1],
    ] as const)('%s is an error of its own', async (_, trouble, code, told, attempts) => {
      const stall = code === 'LOAD_S3_SILENT' ? 300 : undefined;
      const read = await reading(`s3://${store.bucket}/some/where`, trouble, stall);
      const error = await errorOf(read.place.list(new Set()));
      expect(error).toMatchObject({ name: 'LoadError', code, exitCode: 1 });
      expect(error.message).toContain(`s3://${store.bucket}/some/where/`);
      expect(`${error.message} ${error.hint}`).toContain(told);
      expect(read.proxy.requests.length).toBe(attempts);
    });

    it('a refusal without a word, as stores give to a look at an archive, tells what it may mean', async () => {
      const read = await reading(`s3://${store.bucket}/ml.zip`, answer(400, 'ExpiredToken'));
      const error = await errorOf(read.place.list(new Set()));
      expect(error).toMatchObject({ name: 'LoadError', code: 'LOAD_S3_FAILED' });
      expect(error.message).toMatch(/\/ml\.zip: the store has refused the request \(\w+, HTTP 400\)\.$/);
      expect(error.hint).toContain('the credentials may have expired');
    });

    it('a page that is no answer of a store is an error', async () => {
      const read = await reading(
        `s3://${store.bucket}/x`,
        whole({ type: 'answer', status: 403, code: '</Code><html>', headers: {} }),
      );
      expect(await errorOf(read.place.list(new Set()))).toMatchObject({ code: 'LOAD_S3_DENIED' });
    });

    it('a page in place of an object is an error that says so, and nothing is left', async () => {
      const read = await readLarge((request) => (isGet(request) ? signInPage : undefined));
      const error = await errorOf(read.bring());
      expect(error).toMatchObject({ code: 'LOAD_S3_ANSWER' });
      expect(error.message).toContain('not the bytes that were asked for');
      expect(error.hint).toContain('sign-in page');
      expect(readdirSync(read.folder)).toEqual([]);
    });

    it('no progress in a body is an error, and nothing is left', async () => {
      const read = await readLarge((request) => (isGet(request) ? { type: 'reset', after: 10 } : undefined));
      const error = await errorOf(read.bring());
      expect(error).toMatchObject({ code: 'LOAD_S3_BROKEN' });
      expect(error.message).toContain(`${largeUrl}large`);
      expect(readdirSync(read.folder)).toEqual([]);
    });

    it('wrong bytes are an error that names both checksums, and nothing is left', async () => {
      const read = await readLarge((request) => (isGet(request) ? { type: 'corrupt', at: 7 } : undefined));
      const error = await errorOf(read.bring());
      expect(error).toMatchObject({ code: 'LOAD_S3_CHECKSUM' });
      expect(error.message).toMatch(/[0-9a-f]{8}, the store says [0-9a-f]{8}/);
      expect(readdirSync(read.folder)).toEqual([]);
    });
  });

  describe('at the wrong moment', () => {
    it('an object that is replaced while it comes is an error, and nothing is left', async () => {
      const url = await store.put({ large });
      let replacing: Promise<string> | undefined;
      const replaceFirst = async (request: Seen): Promise<Trouble | undefined> => {
        if (!isGet(request)) return undefined;
        replacing ??= store.put({ large: randomBytes(9_000_000) }, new URL(url).pathname.slice(1));
        await replacing;
        return { type: 'reset', after: 100 };
      };
      const read = await reading(url, replaceFirst, 10_000);
      const error = await errorOf(read.bring());
      expect(error).toMatchObject({ name: 'LoadError', code: 'LOAD_FILE_CHANGED' });
      expect(error.message).toContain(`${url}large`);
      expect(readdirSync(read.folder)).toEqual([]);
    });

    it.each([
      ['has other bytes where the store does not heed the version', '"other"'],
      ['has other bytes, which a proxy has packed', 'W/"other"'],
    ])('an object that %s is an error, and nothing is left', async (_, etag) => {
      const read = await readLarge((request) =>
        isGet(request) && !request.headers.range?.startsWith('bytes=0-')
          ? { type: 'retell', headers: { etag } }
          : undefined,
      );
      expect(await errorOf(read.bring())).toMatchObject({ code: 'LOAD_FILE_CHANGED' });
      expect(readdirSync(read.folder)).toEqual([]);
    });

    it('an object whose version is told as a weak one is the same', async () => {
      const url = await store.put({ 'movies.csv': moviesFile });
      const [file] = await openPlace(url, { endpoint: store.endpoint }).list(new Set());
      const headers = { etag: `W/"${file!.facts!.version}"` };
      const read = await reading(url, (request) =>
        isGet(request) ? { type: 'retell', headers } : undefined,
      );
      expect((await read.bring()).toString()).toBe(moviesFile);
    });

    it('an object that has become too short for a piece of it has changed', async () => {
      const read = await readLarge(firstGets(9, { type: 'answer', status: 416, code: 'InvalidRange' }));
      expect(await errorOf(read.bring())).toMatchObject({ code: 'LOAD_FILE_CHANGED' });
    });

    it('objects that are replaced or gone between survey and load are errors', async () => {
      const lab = await openLab();
      const prefix = store.prefix();
      for (const content of [`${moviesFile}3,e,f\n`, undefined]) {
        const url = await store.put({ 'movies.csv': moviesFile }, prefix);
        const loader = createLoader(url, {
          temporaryFolder: lab.temporaryFolder,
          s3: { endpoint: store.endpoint },
        });
        const { files } = await loader.survey([movies]);
        if (content) await store.put({ 'movies.csv': content }, prefix);
        else await store.remove(`${prefix}movies.csv`);
        await lab.session.execute('drop table if exists movies');
        const loading = loader.load({
          targets: [{ source: movies, table: 'movies', files }],
          session: lab.session,
          loadId: 'l',
          maxRejects: { rows: 0 },
          rejectsTable: 'rejected',
        });
        expect(await errorOf(loading)).toMatchObject({ code: 'LOAD_FILE_CHANGED' });
      }
    });

    it('credentials that expire while an object comes are an error that says so, and nothing is left', async () => {
      let pieces = 0;
      const expired = { type: 'answer', status: 400, code: 'ExpiredToken' } as const;
      const read = await readLarge((request) => (isGet(request) && ++pieces > 1 ? expired : undefined));
      const error = await errorOf(read.bring());
      expect(error).toMatchObject({ name: 'LoadError', code: 'LOAD_S3_EXPIRED' });
      expect(error.message).toBe(`${largeUrl}large: the credentials have expired (ExpiredToken, HTTP 400).`);
      expect(error.hint).toContain('renew AWS_SESSION_TOKEN');
      expect(pieces).toBe(2);
      expect(readdirSync(read.folder)).toEqual([]);
    });

    it('credentials that expire between survey and load are an error that names the object, and load no row', async () => {
      const lab = await openLab();
      const url = await store.put({ 'movies.csv': moviesFile });
      let trouble: Trouble | undefined;
      const proxy = await troubledProxy(store.endpoint, (request) =>
        isGet(request) || request.method === 'HEAD' ? trouble : undefined,
      );
      const loader = createLoader(url, {
        temporaryFolder: lab.temporaryFolder,
        s3: { endpoint: proxy.endpoint },
      });
      const { files } = await loader.survey([movies]);
      trouble = { type: 'answer', status: 403, code: 'ExpiredToken' };
      const loading = loader.load({
        targets: [{ source: movies, table: 'movies', files }],
        session: lab.session,
        loadId: 'l',
        maxRejects: { rows: 0 },
        rejectsTable: 'rejected',
      });
      expect(await errorOf(loading)).toMatchObject({
        code: 'LOAD_S3_EXPIRED',
        location: { file: `${url}movies.csv` },
      });
      expect(await lab.rows(movies)).toEqual([]);
    });

    it('a clock that is found wrong while an object comes is set, and the rest fetched', async () => {
      const date = new Date(Date.now() + 600_000).toUTCString();
      const skewed = {
        type: 'answer',
        status: 403,
        code: 'RequestTimeTooSkewed',
        headers: { date },
      } as const;
      const read = await readLarge(firstGets(1, skewed));
      expect((await read.bring()).equals(large)).toBe(true);
    });

    it('an interruption ends a download at once, also one that stalls, and nothing is left', async () => {
      for (const trouble of [undefined, { type: 'stall', after: 1_000 } as const]) {
        const read = await readLarge((request) => (isGet(request) ? trouble : undefined));
        const started = performance.now();
        const error = await errorOf(read.bring(() => read.abort()));
        expect(error).toMatchObject({ name: 'InterruptedError' });
        expect(performance.now() - started).toBeLessThan(2_000);
        expect(readdirSync(read.folder)).toEqual([]);
      }
    });
  });

  it.each([
    ['asks to slow down', slowDown, () => true],
    ['does not answer', { type: 'stall', after: -1 } as const, () => true],
    ['asks to slow down once it is asked for heads', slowDown, isGet],
  ])('an interruption ends a survey at once while the store %s', async (_, trouble, isMeant) => {
    const prefix = store.prefix();
    const url = await store.put(
      { 'movies.csv': moviesFile, 'ml.zip': zipOf([['movies.csv', moviesFile]]) },
      prefix,
    );
    for (const place of [url, `${url}ml.zip`]) {
      const proxy = await troubledProxy(store.endpoint, (request) =>
        isMeant(request) ? trouble : undefined,
      );
      const abort = new AbortController();
      const loader = createLoader(place, { s3: { endpoint: proxy.endpoint } });
      const surveying = errorOf(loader.survey([movies], [], abort.signal));
      setTimeout(() => abort.abort(), 400);
      const started = performance.now();
      expect(await surveying).toMatchObject({ name: 'InterruptedError' });
      expect(performance.now() - started).toBeLessThan(2_000);
    }
  });

  it('no error tells a key, a token or a signature, whatever the store says', async () => {
    vi.stubEnv('AWS_SESSION_TOKEN', 'sessiontoken/secret');
    const secrets = [process.env.AWS_ACCESS_KEY_ID!, process.env.AWS_SECRET_ACCESS_KEY!, 'sessiontoken'];
    for (const [status, code] of [
      [403, 'InvalidAccessKeyId'],
      [403, 'SignatureDoesNotMatch'],
      [403, 'AccessDenied'],
      [403, 'testkey secret'],
      [400, 'AuthorizationHeaderMalformed'],
      [400, 'testkey/2026'],
    ] as const) {
      const read = await reading(`s3://${store.bucket}/x`, ({ headers, path }) => ({
        type: 'answer',
        status,
        code,
        message: `${JSON.stringify(headers)} ${path} ${secrets.join()}`,
      }));
      const error = await errorOf(read.place.list(new Set()));
      const told = JSON.stringify([
        error.code,
        error.message,
        error.hint,
        error.location,
        error.stack,
        error.cause,
      ]);
      for (const secret of [...secrets, 'Signature=', 'AWS4-HMAC']) expect(told).not.toContain(secret);
      expect(error.cause).toBeUndefined();
    }
    vi.stubEnv('AWS_SESSION_TOKEN', undefined);
  });
});

describe('a store that takes connections and never answers', () => {
  it('is asked four times, each said aloud, and then named', async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'key');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
    const sockets: Socket[] = [];
    const server = createServer((socket) => void sockets.push(socket));
    await once(server.listen(0, '127.0.0.1'), 'listening');
    onTestFinished(() => {
      for (const socket of sockets) socket.destroy();
      server.close();
    });
    const store = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    const patience = { stallTimeout: 50, sleep: async () => undefined };
    const loader = createLoader('s3://bucket/x', { s3: { endpoint: `http://${store}`, patience } });
    const events: unknown[] = [];
    const watch = {
      onProgress: (progress: SurveyProgress) => events.push(progress),
      onStoreRetry: ({ attempt, ...retry }: StoreRetry) => events.push(attempt, retry),
    };
    const error = await errorOf(loader.survey([movies], [], undefined, watch));
    expect(error).toMatchObject({ name: 'LoadError', code: 'LOAD_S3_SILENT' });
    expect(error.message).toBe(`s3://bucket/x/: ${store} stays silent after 4 attempts (TimeoutError).`);
    expect(error.hint).toContain('AWS_ENDPOINT_URL');
    expect(sockets.length).toBe(4);
    const retry = { store, attempts: 4, reason: 'TimeoutError' };
    expect(events).toEqual([
      { place: 's3://bucket/x/', filesDone: 0, filesTotal: undefined },
      ...[2, retry, 3, retry, 4, retry],
    ]);
  });
});

describe('a store that is not reached', () => {
  const patience = { attempts: 2, sleep: async () => undefined };
  const errorAt = (endpoint: string) => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'key');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
    return errorOf(createLoader('s3://bucket/x', { s3: { endpoint, patience } }).survey([movies]));
  };

  it('because nobody listens there', async () => {
    const error = await errorAt('http://127.0.0.1:1');
    expect(error).toMatchObject({ name: 'LoadError', code: 'LOAD_S3_UNREACHABLE' });
    expect(error.message).toContain('127.0.0.1:1');
    expect(error.hint).toContain('AWS_ENDPOINT_URL');
  });

  it('because there is no such name', async () => {
    expect(await errorAt('http://no-such-host.invalid')).toMatchObject({ code: 'LOAD_S3_UNREACHABLE' });
  });

  it('because it does not speak TLS, and the password in its address is not told', async () => {
    const proxy = await troubledProxy('http://127.0.0.1:1', () => ({
      type: 'answer',
      status: 200,
      code: '',
    }));
    const error = await errorAt(proxy.endpoint.replace('http://', 'https://user:password@'));
    expect(error).toMatchObject({ code: 'LOAD_S3_TLS' });
    expect(`${error.message} ${error.hint}`).not.toContain('password');
    expect(error.hint).toContain('NODE_EXTRA_CA_CERTS');
  });

  it('because another service listens there', async () => {
    const server = createServer((socket) => socket.on('error', () => undefined).end('SSH-2.0-Other\r\n'));
    await once(server.listen(0, '127.0.0.1'), 'listening');
    onTestFinished(() => void server.close());
    const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    const error = await errorAt(`http://${host}`);
    expect(error).toMatchObject({ name: 'LoadError', code: 'LOAD_S3_ANSWER' });
    expect(error.message).toBe(
      `s3://bucket/x/: what answers at ${host} does not speak HTTP (HPE_INVALID_CONSTANT).`,
    );
    expect(error.hint).toBe(
      `Look at the endpoint (AWS_ENDPOINT_URL), ${host}: its port may be another service's, or want https://.`,
    );
  });
});
