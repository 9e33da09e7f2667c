import { join } from 'node:path';
import { LoadError } from '@matinee/core';
import { nearbyHint } from '../nearby.js';
import type { FileFacts } from '../place.js';
import type { Archive, ArchiveStore } from '../zip/archive.js';
import { type S3Address, s3Url } from './address.js';
import { Bucket } from './bucket.js';
import { download } from './download.js';
import { nearbyPrefix } from './nearby-prefix.js';
import type { S3Options } from './s3-options.js';

/** An archive in a bucket. Of its entries only those that are needed come here. */
export class S3Archive implements ArchiveStore {
  readonly name: string;
  readonly isRemote = true;
  readonly #bucket: Bucket;
  readonly #key: string;

  constructor(address: S3Address, options: S3Options) {
    this.name = s3Url(address);
    this.#bucket = new Bucket(address.bucket, options);
    this.#key = address.key;
  }

  async open(signal?: AbortSignal): Promise<Archive> {
    const { bytes, modifiedAt, version } = await this.#look(signal);
    const object = { key: this.#key, version };
    return {
      facts: { bytes, modifiedAt, version },
      read: (range) => this.#bucket.read(object, range, signal),
      bring: async (range, folder, options) => {
        const path = join(folder, 'packed');
        await download(this.#bucket, object, range, path, options);
        return { path, start: 0 };
      },
      // Every request names the version.
      requireUnchanged: async () => undefined,
    };
  }

  /** One that is not there is told with what lies beside it. */
  async #look(signal: AbortSignal | undefined): Promise<FileFacts> {
    try {
      return await this.#bucket.look(this.#key, undefined, signal);
    } catch (error) {
      if (!(error instanceof LoadError) || error.code !== 'LOAD_S3_KEY_MISSING') throw error;
      const nearby = await nearbyPrefix(this.#bucket, `${this.#key}/`, signal);
      if (!nearby) throw error;
      const { code, message, location, hint } = error;
      throw new LoadError(code, message, { location, hint: `${hint} ${nearbyHint(nearby)}` });
    }
  }
}
