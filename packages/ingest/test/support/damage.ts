import { gzipSync } from 'node:zlib';
import fc from 'fast-check';

/** One thing that goes wrong with a file. Places are shares of its length, 0 … 1. */
export type Blow =
  | { readonly kind: 'flip'; readonly at: number; readonly bit: number }
  | { readonly kind: 'replace'; readonly at: number; readonly taken: number; readonly put: readonly number[] }
  | { readonly kind: 'lose'; readonly at: number; readonly bytes: number }
  | { readonly kind: 'cut'; readonly at: number }
  | { readonly kind: 'repeatLine'; readonly at: number; readonly to: number }
  | { readonly kind: 'moveQuote'; readonly at: number; readonly by: number }
  | { readonly kind: 'lineEnds'; readonly from: string; readonly to: string }
  | { readonly kind: 'lengthen'; readonly at: number; readonly by: number; readonly byte: number }
  | { readonly kind: 'mark' };

/** Any place alike: of `fc.double`, which takes any bits alike, nearly all would be next to 0. */
export const place = fc.noBias(fc.nat(999_999)).map((millionths) => millionths / 1_000_000);

/** What CSV is made of, a NUL, and bytes that alone are no UTF-8. */
const byte = fc.constantFrom(...Buffer.from('"",,\n\r\\ 019-+.eax'), 0, 0x80, 0xc3, 0xa9, 0xe2, 0xf0, 0xff);
const flip = fc.record({ kind: fc.constant('flip' as const), at: place, bit: fc.nat(7) });
const cut = fc.record({ kind: fc.constant('cut' as const), at: place });
const lose = fc.record({
  kind: fc.constant('lose' as const),
  at: place,
  bytes: fc.integer({ min: 1, max: 120 }),
});

const blow: fc.Arbitrary<Blow> = fc.oneof(
  { weight: 6, arbitrary: flip },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('replace' as const),
      at: place,
      taken: fc.nat(3),
      put: fc.array(byte, { maxLength: 4 }),
    }),
  },
  { weight: 2, arbitrary: lose },
  { weight: 2, arbitrary: cut },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('repeatLine' as const), at: place, to: place }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('moveQuote' as const),
      at: place,
      by: fc.integer({ min: -3, max: 3 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom(
        ['\r\n', '\n'],
        ['\n', '\r\n'],
        ['\n', '\n\n'],
        ['\r', '\r\r'],
        ['\n', '\r'],
        ['\n', '\n\r'],
      )
      .map(([from, to]) => ({ kind: 'lineEnds' as const, from: from!, to: to! })),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('lengthen' as const),
      at: place,
      by: fc.constantFrom(200, 9_999, 40_001, 1_048_570, 1_048_576, 2_200_000),
      byte: fc.constantFrom(...Buffer.from('x,"1 \\'), 0xc3),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('mark' as const) }) },
);

/** One to four blows. */
export const blows: fc.Arbitrary<readonly Blow[]> = fc.array(blow, { minLength: 1, maxLength: 4 });

/** The bytes after a blow. Those before `from` stay as they are. */
export function strike(bytes: Buffer, hit: Blow, from = 0): Buffer {
  const placeOf = (at: number) => from + Math.floor(at * (bytes.length - from));
  const splice = (at: number, taken: number, put: Uint8Array) =>
    Buffer.concat([bytes.subarray(0, at), put, bytes.subarray(at + taken)]);
  switch (hit.kind) {
    case 'flip': {
      const at = placeOf(hit.at);
      return at < bytes.length ? splice(at, 1, Buffer.of(bytes[at]! ^ (1 << hit.bit))) : bytes;
    }
    case 'replace':
      return splice(placeOf(hit.at), hit.taken, Buffer.from(hit.put));
    case 'lose':
      return splice(placeOf(hit.at), hit.bytes, Buffer.of());
    case 'cut':
      return bytes.subarray(0, placeOf(hit.at));
    case 'repeatLine': {
      const start = bytes.lastIndexOf(10, placeOf(hit.at) - 1) + 1;
      const end = bytes.indexOf(10, start) + 1;
      if (start < from || end === 0) return bytes;
      const to = bytes.indexOf(10, placeOf(hit.to)) + 1;
      return splice(to === 0 ? end : to, 0, bytes.subarray(start, end));
    }
    case 'moveQuote': {
      const at = bytes.indexOf(34, placeOf(hit.at));
      if (at < 0) return splice(placeOf(hit.at), 0, Buffer.from('"'));
      const without = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1)]);
      const to = Math.min(Math.max(at + hit.by, from), without.length);
      return Buffer.concat([without.subarray(0, to), Buffer.from('"'), without.subarray(to)]);
    }
    case 'lineEnds': {
      const body = bytes.subarray(from).toString('latin1').replaceAll(hit.from, hit.to);
      return Buffer.concat([bytes.subarray(0, from), Buffer.from(body, 'latin1')]);
    }
    case 'lengthen':
      return splice(placeOf(hit.at), 0, Buffer.alloc(hit.by, hit.byte));
    case 'mark':
      return Buffer.concat([Buffer.of(0xef, 0xbb, 0xbf), bytes]);
  }
}

/** What goes wrong with compressed bytes. */
export const archiveBlows: fc.Arbitrary<readonly Blow[]> = fc.array(
  fc.oneof(
    flip,
    cut,
    lose,
    fc.record({
      kind: fc.constant('replace' as const),
      at: fc.oneof(place, fc.constant(1)),
      taken: fc.nat(2),
      put: fc.array(fc.constantFrom(0, 0x1f, 0x8b, 8, 0xff), { maxLength: 4 }),
    }),
  ),
  { maxLength: 2 },
);

/** Compressed in two members, as after `cat one.gz other.gz`. */
export function archive(bytes: Buffer, splitAt: number): readonly [first: Buffer, second: Buffer] {
  const at = Math.floor(splitAt * bytes.length);
  return [gzipSync(bytes.subarray(0, at)), gzipSync(bytes.subarray(at))];
}
