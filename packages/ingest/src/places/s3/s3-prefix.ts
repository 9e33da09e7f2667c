import { join } from 'node:path';
import { LoadError } from '@matinee/core';
import { inParallel } from '../../in-parallel.js';
import { requireRoom } from '../../load/room.js';
import { nearbyHint } from '../nearby.js';
import type { BringOptions, FileFacts, ListedFile, Place, WantedFile } from '../place.js';
import { type S3Address, s3Url } from './address.js';
import { bringObject } from './bring-object.js';
import { Bucket } from './bucket.js';
import { isObject, nearbyPrefix } from './nearby-prefix.js';
import type { S3Options } from './s3-options.js';

/** How many folders are listed side by side. */
const AT_ONCE = 8;

/** The objects under a prefix of a bucket. A path is what stands behind the prefix. */
export class S3Prefix implements Place {
  readonly name: string;
  readonly isRemote = true;
  readonly #bucket: Bucket;
  readonly #prefix: string;

  constructor({ bucket, key }: S3Address, options: S3Options) {
    this.#prefix = key === '' || key.endsWith('/') ? key : `${key}/`;
    this.#bucket = new Bucket(bucket, options);
    this.name = s3Url({ bucket, key: this.#prefix });
  }

  async list(
    folders: ReadonlySet<string>,
    signal?: AbortSignal,
    onListed?: (count: number) => void,
  ): Promise<readonly ListedFile[]> {
    let listed = 0;
    const onPage = (count: number) => {
      listed += count;
      onListed?.(listed);
    };
    const { objects, prefixes } = await this.#bucket.list(this.#prefix, { onlyHere: true, signal, onPage });
    if (objects.length === 0 && prefixes.length === 0) throw await this.#nothing(signal);
    const wanted = prefixes.filter((prefix) => folders.has(prefix.slice(this.#prefix.length, -1)));
    const below = await inParallel(wanted, AT_ONCE, (prefix) =>
      this.#bucket.list(prefix, { signal, onPage }),
    );
    const files = [...objects, ...below.flatMap((listing) => listing.objects)]
      .filter(({ key }) => !key.endsWith('/'))
      .map(({ key, facts }) => ({ path: key.slice(this.#prefix.length), facts }));
    const others = prefixes.filter((prefix) => !wanted.includes(prefix));
    return [...files, ...others.map((prefix) => ({ path: prefix.slice(this.#prefix.length) }))];
  }

  async look(path: string, signal?: AbortSignal): Promise<FileFacts> {
    const { bytes, modifiedAt, version } = await this.#bucket.look(this.#key(path), undefined, signal);
    return { bytes, modifiedAt, version };
  }

  async head(
    { path, version, bytes: size }: WantedFile,
    bytes: number,
    signal?: AbortSignal,
  ): Promise<Buffer> {
    const range = { start: 0, length: Math.min(bytes, size) };
    return this.#bucket.read({ key: this.#key(path), version }, range, signal);
  }

  /** Keys differ in ways that names of files may not, so a copy is not called after its key. */
  async bringLocal(
    { path, version, bytes }: WantedFile,
    folder: string,
    options: BringOptions = {},
  ): Promise<string> {
    const target = join(folder, 'object');
    await requireRoom(folder, bytes, this.locate(path));
    await bringObject(this.#bucket, { key: this.#key(path), version, bytes }, target, options);
    return target;
  }

  /** A copy has the version wanted, or it was not made. */
  async requireUnchanged(): Promise<void> {}

  locate(path: string): string {
    return `${this.name}${path}`;
  }

  #key(path: string): string {
    return this.#prefix + path;
  }

  async #nothing(signal: AbortSignal | undefined): Promise<LoadError> {
    const location = { file: this.name };
    const key = this.#prefix.slice(0, -1);
    if (key !== '' && (await isObject(this.#bucket, key, signal))) {
      const url = s3Url({ bucket: this.#bucket.name, key });
      return new LoadError('LOAD_S3_NOT_A_PREFIX', `${url} is an object, no prefix.`, {
        location,
        hint: `A source is a prefix that files lie under, or a .zip file: name ${url.slice(0, url.lastIndexOf('/') + 1)}.`,
      });
    }
    const nearby = key === '' ? undefined : await nearbyPrefix(this.#bucket, this.#prefix, signal);
    return new LoadError('LOAD_S3_PREFIX_EMPTY', `There is nothing under ${this.name}.`, {
      location,
      hint: `Name the prefix under which the delivered files lie: capital and small letters count.${nearby ? ` ${nearbyHint(nearby)}` : ''}`,
    });
  }
}
