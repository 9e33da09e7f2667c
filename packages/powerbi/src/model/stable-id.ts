import { createHash } from 'node:crypto';

/** Of all ids that Matinee makes for Power BI; chosen once, at random. */
const NAMESPACE = 'b6d1f0c4-2b0e-4d0b-9f43-5a0f6f7c1e92';

/**
 * A UUID of version 5 (RFC 9562): the same name gives the same id wherever and whenever it is made, so that what users bind to a
 * table, column or visual outlives a regeneration.
 *
 * @param path what the thing is, from the outside in; ['a', 'b'] and ['a/b'] are different things
 */
export function stableId(...path: readonly string[]): string {
  const hash = createHash('sha1')
    .update(Buffer.from(NAMESPACE.replaceAll('-', ''), 'hex'))
    .update(JSON.stringify(path))
    .digest();
  hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x50, 6);
  hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = hash.toString('hex', 0, 16);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** The id of a page or visual: 20 hexadecimal digits, as Power BI names the folders of such. */
export function stableHex(...path: readonly string[]): string {
  return stableId(...path)
    .replaceAll('-', '')
    .slice(0, 20);
}
