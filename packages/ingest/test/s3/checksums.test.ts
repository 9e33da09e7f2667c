import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { beginDigest, type DigestKind } from '../../src/checksums/digest.js';
import { takeChecksum, takePartsChecksum } from '../../src/checksums/take-checksum.js';
import { openPlace } from '../../src/places/open-place.js';
import { checksumOf } from '../../src/places/s3/checksum.js';
import { evenSizes } from '../../src/places/s3/find-mismatch.js';
import { errorOf, folderOf } from '../support/lab.js';
import { type Seen, type Trouble, troubledProxy } from '../support/s3/proxy.js';
import { isStoreThere, type PartsChecksum, useStore } from '../support/s3/store.js';

/** What each kind makes of the text 123456789: published examples, and of xxHash what its library for Python says. */
const CHECK: Record<DigestKind, string> = {
  'CRC-32': 'cbf43926',
  'CRC-32C': 'e3069283',
  'CRC-64/NVME': 'ae8b14860a799888',
  XXH64: '8cb841db40e6ae83',
  'XXH3-64': '72dcb18b67a17dff',
  'XXH3-128': '33119477ede5dcd5e9716427681d5860',
  MD5: '25f9e794323b453885f5181f1b624d0b',
  'SHA-1': 'f7c3bc1d808e04732adf679965ccc34ca7ae3441',
  'SHA-256': '15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225',
  'SHA-512':
    'd9e6762dd1c8eaf6d61b3c6192fc408d4d6d5f1176d0c29169bc24e71c3f274ad27fcd5811b313d681f7e55ec02d73d499c95455b6b5bb503acf574fba8ffe85',
};
const KINDS = Object.keys(CHECK) as DigestKind[];

function fileOf(bytes: Uint8Array): string {
  const path = join(folderOf(), 'object');
  writeFileSync(path, bytes);
  return path;
}

describe('the checksum of a file', () => {
  it.each(KINDS)('%s is the one that others count, in one piece or byte by byte', async (kind) => {
    expect(await takeChecksum(fileOf(Buffer.from('123456789')), kind)).toBe(CHECK[kind]);
    const digest = await beginDigest(kind);
    for (const byte of Buffer.from('123456789')) digest.update(Buffer.of(byte));
    expect(digest.take().toString('hex')).toBe(CHECK[kind]);
  });

  it.each(KINDS)('%s of parts is the checksum of what the parts have, however it is cut', async (kind) => {
    const digestOf = async (bytes: Uint8Array) => {
      const digest = await beginDigest(kind);
      digest.update(bytes);
      return digest.take();
    };
    const path = fileOf(Buffer.alloc(0));
    const parts = fc.array(fc.uint8Array({ maxLength: 300 }), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(parts, async (parts) => {
        writeFileSync(path, Buffer.concat(parts));
        const sizes = parts.map(({ length }) => length);
        const expected = await digestOf(Buffer.concat(await Promise.all(parts.map(digestOf))));
        expect(await takePartsChecksum(path, kind, sizes)).toBe(expected.toString('hex'));
        expect(await takeChecksum(path, kind)).toBe((await digestOf(Buffer.concat(parts))).toString('hex'));
      }),
      { numRuns: Number(process.env.MATINEE_PROPERTY_RUNS ?? 20) },
    );
  });

  it('of parts does not depend on where the blocks end in which it is read', async () => {
    const bytes = randomBytes(3_500_000);
    for (const size of [1_048_576, 1_048_577, 700_000]) {
      const whole = createHash('md5');
      for (let at = 0; at < bytes.length; at += size) {
        whole.update(
          createHash('md5')
            .update(bytes.subarray(at, at + size))
            .digest(),
        );
      }
      const sizes = evenSizes(bytes.length, size, Math.ceil(bytes.length / size))!;
      expect(await takePartsChecksum(fileOf(bytes), 'MD5', sizes)).toBe(whole.digest('hex'));
    }
  });

  it('parts of one size have a last one that is no larger, or there are none', () => {
    expect(evenSizes(10, 4, 3)).toEqual([4, 4, 2]);
    expect(evenSizes(8, 4, 2)).toEqual([4, 4]);
    expect(evenSizes(4, 4, 1)).toEqual([4]);
    expect(evenSizes(8, 4, 3)).toBeUndefined();
    expect(evenSizes(9, 4, 2)).toBeUndefined();
  });
});

describe('what a store says of the bytes of an object', () => {
  const where = { bucket: 'b', isAmazons: true };
  const md5 = '0123456789abcdef0123456789abcdef';
  const ETag = `"${md5}"`;
  const etagOfParts = `"${md5}-3"`;

  it('is a checksum that it keeps, before the ETag', () => {
    expect(checksumOf({ ETag, ChecksumCRC32: 'AAAAAQ==', ChecksumSHA256: 'AAAA' }, where)).toEqual({
      kind: 'CRC-32',
      hex: '00000001',
      isCertain: true,
    });
    expect(
      checksumOf(
        { ETag: etagOfParts, ChecksumCRC64NVME: 'AAAAAAAAAAE=', ChecksumType: 'FULL_OBJECT' },
        where,
      ),
    ).toEqual({ kind: 'CRC-64/NVME', hex: '0000000000000001', isCertain: true });
    expect(checksumOf({ ETag, ChecksumXXHASH64: 'AAAAAAAAAAE=' }, where)).toMatchObject({ kind: 'XXH64' });
    expect(checksumOf({ ETag, ChecksumXXHASH3: 'AAAAAAAAAAE=' }, where)).toMatchObject({ kind: 'XXH3-64' });
    expect(checksumOf({ ETag, ChecksumXXHASH128: 'AAAAAAAAAAAAAAAAAAAAAQ==' }, where)).toEqual({
      kind: 'XXH3-128',
      hex: '00000000000000000000000000000001',
      isCertain: true,
    });
  });

  it('is of parts where it is called so', () => {
    const expected = { kind: 'CRC-32C', hex: '00000001', parts: 3, isCertain: true };
    const ChecksumCRC32C = 'AAAAAQ==';
    expect(checksumOf({ ETag, ChecksumCRC32C: `${ChecksumCRC32C}-3` }, where)).toEqual(expected);
    expect(checksumOf({ ETag: etagOfParts, ChecksumCRC32C, ChecksumType: 'COMPOSITE' }, where)).toEqual(
      expected,
    );
    // It may be either.
    expect(checksumOf({ ETag: etagOfParts, ChecksumCRC32C }, where)).toMatchObject({ kind: 'MD5', parts: 3 });
  });

  it('is the ETag of an object in one piece, and that of parts for certain only where Amazon keeps them', () => {
    expect(checksumOf({ ETag }, where)).toEqual({ kind: 'MD5', hex: md5, isCertain: true });
    for (const isAmazons of [true, false]) {
      expect(checksumOf({ ETag: etagOfParts }, { ...where, isAmazons })).toEqual({
        kind: 'MD5',
        hex: md5,
        parts: 3,
        isCertain: isAmazons,
      });
    }
  });

  it('is not the ETag of a key of its own, of a directory bucket, or one that is no MD5', () => {
    for (const tag of [ETag, etagOfParts]) {
      expect(checksumOf({ ETag: tag, ServerSideEncryption: 'aws:kms' }, where)).toBeUndefined();
      expect(checksumOf({ ETag: tag, SSECustomerAlgorithm: 'AES256' }, where)).toBeUndefined();
      expect(checksumOf({ ETag: tag }, { ...where, bucket: 'b--euw3-az1--x-s3' })).toBeUndefined();
    }
    for (const tag of ['"x-2"', `"${md5}-0"`, `"${md5}-3-3"`, '']) {
      expect(checksumOf({ ETag: tag }, where)).toBeUndefined();
    }
  });
});

describe.skipIf(!isStoreThere)('an object that came to a store in parts', () => {
  const store = useStore();
  const even = [5_300_000, 5_300_000, 1_000];
  const uneven = [5_300_000, 5_250_000, 5_310_000];
  const isGet = ({ headers }: Seen) => headers.range !== undefined;
  const isPart = ({ method, path }: Seen) => method === 'HEAD' && path.includes('partNumber=');
  const corrupt: Trouble = { type: 'corrupt', at: 100_000 };

  /** Objects that were put, by sizes and checksum: no test changes them. */
  const objects = new Map<string, Promise<{ readonly prefix: string; readonly bytes: Buffer }>>();

  async function putObject(sizes: readonly number[], checksum: PartsChecksum | undefined) {
    const prefix = store.prefix();
    const bodies = sizes.map((size) => randomBytes(size));
    await store.putParts(`${prefix}object`, bodies, checksum);
    return { prefix, bytes: Buffer.concat(bodies) };
  }

  /** Reads an object through a proxy. */
  async function reading(
    sizes: readonly number[],
    checksum: PartsChecksum | undefined,
    trouble: (request: Seen, gets: number) => Trouble | undefined = () => undefined,
  ) {
    const kind = JSON.stringify([sizes, checksum]);
    if (!objects.has(kind)) objects.set(kind, putObject(sizes, checksum));
    const { prefix, bytes } = await objects.get(kind)!;
    let gets = 0;
    const proxy = await troubledProxy(store.endpoint, (request) =>
      trouble(request, isGet(request) ? gets++ : gets),
    );
    const place = openPlace(`s3://${store.bucket}/${prefix}`, { endpoint: proxy.endpoint });
    const folder = folderOf();
    const bring = async () => {
      const [file] = await place.list(new Set());
      return readFileSync(await place.bringLocal({ path: file!.path, ...file!.facts! }, folder));
    };
    const parts = () => proxy.requests.filter(isPart).length;
    return { bytes, proxy, folder, bring, parts };
  }

  const kept: readonly (readonly [string, PartsChecksum])[] = [
    ['CRC-32 of its parts', { ChecksumAlgorithm: 'CRC32', ChecksumType: 'COMPOSITE' }],
    ['CRC-32C of its parts', { ChecksumAlgorithm: 'CRC32C', ChecksumType: 'COMPOSITE' }],
    ['SHA-256 of its parts', { ChecksumAlgorithm: 'SHA256', ChecksumType: 'COMPOSITE' }],
    ['CRC-32C of the whole', { ChecksumAlgorithm: 'CRC32C', ChecksumType: 'FULL_OBJECT' }],
    ['CRC-64/NVME of the whole', { ChecksumAlgorithm: 'CRC64NVME', ChecksumType: 'FULL_OBJECT' }],
  ];

  it.each([...kept, ['ETag', undefined]] as const)(
    'with %s: a wrong byte is found, and fetched again',
    async (_, checksum) => {
      const read = await reading(even, checksum, (request, gets) =>
        isGet(request) && gets === 0 ? corrupt : undefined,
      );
      expect((await read.bring()).equals(read.bytes)).toBe(true);
      expect(read.proxy.bytes).toBeGreaterThan(read.bytes.length * 2);
    },
  );

  it.each(kept)('with %s: a wrong byte that stays is an error, and nothing is left', async (_, checksum) => {
    const read = await reading(even, checksum, (request) => (isGet(request) ? corrupt : undefined));
    const error = await errorOf(read.bring());
    expect(error).toMatchObject({ code: 'LOAD_S3_CHECKSUM' });
    const isOfParts = checksum.ChecksumType === 'COMPOSITE';
    expect(error.message).toMatch(
      isOfParts ? /\(of parts: 3\) is [0-9a-f]+, the/ : /(C|NVME) is [0-9a-f]+, the/,
    );
    expect(readdirSync(read.folder)).toEqual([]);
  });

  it.each([...kept, ['ETag', undefined]] as const)(
    'with %s: parts of any size are taken as they are',
    async (_, checksum) => {
      for (const sizes of [even, uneven]) {
        const read = await reading(sizes, checksum);
        expect((await read.bring()).equals(read.bytes)).toBe(true);
        expect(read.proxy.bytes).toBeLessThan(read.bytes.length + 10_000);
        const expected = checksum?.ChecksumType === 'FULL_OBJECT' ? 0 : sizes === even ? 1 : 3;
        expect(read.parts()).toBe(expected);
      }
    },
  );

  it('whose ETag is none of MD5s is believed when it has come twice as the same bytes', async () => {
    const headers = { etag: `"${'0'.repeat(32)}-3"` };
    const read = await reading(even, undefined, ({ method }) =>
      method === 'HEAD' ? { type: 'retell', headers } : undefined,
    );
    expect((await read.bring()).equals(read.bytes)).toBe(true);
    expect(read.proxy.bytes).toBeGreaterThan(read.bytes.length * 2);
  });

  it('whose ETag is all that is told, and that comes wrong in two ways, is an error', async () => {
    const read = await reading(even, undefined, (request, gets) =>
      isGet(request) ? { type: 'corrupt', at: gets } : undefined,
    );
    expect(await errorOf(read.bring())).toMatchObject({ code: 'LOAD_S3_CHECKSUM' });
  });

  it.each([
    [
      'does not tell how many parts there are',
      { type: 'retell', headers: { 'x-amz-mp-parts-count': undefined } },
    ],
    ['tells another number of parts', { type: 'retell', headers: { 'x-amz-mp-parts-count': '2' } }],
    ['knows no parts', { type: 'answer', status: 501, code: 'NotImplemented' }],
  ] as const)('is not checked where the store %s', async (_, trouble) => {
    const read = await reading(even, kept[0]![1], (request) => (isPart(request) ? trouble : undefined));
    expect((await read.bring()).equals(read.bytes)).toBe(true);
    expect(read.parts()).toBe(1);
    expect(read.proxy.bytes).toBeLessThan(read.bytes.length + 10_000);
  });
});
