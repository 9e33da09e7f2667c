/**
 * Large results in chunks: rows without their outer brackets, gzipped, fetched by URL with a key that the response named.
 * The real ones lie in a bucket; here the emulator hands them out itself.
 */
import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';

export type Row = readonly (string | null)[];

export interface ChunkSizes {
  /** Bytes of rows that stand in the response itself; what is more goes into chunks. */
  readonly inline: number;
  /** Bytes of one chunk before it is compressed. */
  readonly chunk: number;
  /** Whether the key is named as `qrmk` or with the headers it belongs into: servers have done both. */
  readonly key: 'qrmk' | 'chunkHeaders';
}

/** What a response says of one chunk; sizes in bytes. */
export interface ChunkReference {
  readonly url: string;
  readonly rowCount: number;
  readonly uncompressedSize: number;
  readonly compressedSize: number;
}

export interface ChunkedRows {
  readonly rowset: readonly Row[];
  readonly chunks?: readonly ChunkReference[];
  readonly qrmk?: string;
  readonly chunkHeaders?: Readonly<Record<string, string>>;
}

const ALGORITHM_HEADER = 'x-amz-server-side-encryption-customer-algorithm';
const KEY_HEADER = 'x-amz-server-side-encryption-customer-key';

/** The chunks of the results that may still be asked for. */
export class ChunkStore {
  readonly #bodies = new Map<string, { readonly key: string; readonly body: Buffer }>();
  readonly #sizes: ChunkSizes;

  constructor(sizes: ChunkSizes) {
    this.#sizes = sizes;
  }

  /** @param address of the folder of these chunks, with the scheme and host the client has used. */
  divide(rows: readonly Row[], address: string): ChunkedRows {
    const texts = rows.map((row) => JSON.stringify(row));
    const inline = fitting(texts, 0, this.#sizes.inline);
    if (inline === rows.length) return { rowset: rows };

    const key = randomBytes(32).toString('base64');
    const chunks: ChunkReference[] = [];
    for (let from = inline; from < texts.length; ) {
      const count = Math.max(1, fitting(texts, from, this.#sizes.chunk));
      const text = texts.slice(from, from + count).join(',');
      const body = gzipSync(text, { level: 1 });
      const url = `${address}/${chunks.length}`;
      this.#bodies.set(new URL(url).pathname, { key, body });
      chunks.push({
        url,
        rowCount: count,
        uncompressedSize: Buffer.byteLength(text),
        compressedSize: body.length,
      });
      from += count;
    }
    const named =
      this.#sizes.key === 'qrmk'
        ? { qrmk: key }
        : { chunkHeaders: { [ALGORITHM_HEADER]: 'AES256', [KEY_HEADER]: key } };
    return { rowset: rows.slice(0, inline), chunks, ...named };
  }

  /** The gzipped body; `denied` if the key is not the one the response has named. */
  read(path: string, headers: Readonly<Record<string, unknown>>): Buffer | 'denied' | undefined {
    const found = this.#bodies.get(path);
    if (!found) return undefined;
    return headers[KEY_HEADER] === found.key ? found.body : 'denied';
  }

  /** Forgets the chunks in a folder. */
  drop(folder: string): void {
    for (const path of this.#bodies.keys()) if (path.startsWith(`${folder}/`)) this.#bodies.delete(path);
  }
}

/** How many texts from an index on stay within a number of bytes, the commas between them counted. */
function fitting(texts: readonly string[], from: number, bytes: number): number {
  let sum = 0;
  let index = from;
  for (; index < texts.length; index++) {
    sum += Buffer.byteLength(texts[index]!) + 1;
    if (sum > bytes) break;
  }
  return index - from;
}
