import type { Readable } from 'node:stream';
import { addAbortSignal } from 'node:stream';
import type { ListObjectsV2Output } from '@aws-sdk/client-s3';
import { InterruptedError, MatineeError } from '@matinee/core';
import { fileChanged } from '../file-changed.js';
import type { FileFacts } from '../place.js';
import type { ByteRange } from '../zip/archive.js';
import { s3Url } from './address.js';
import { type Checksum, checksumOf } from './checksum.js';
import { connect, type S3Connection } from './client.js';
import { type Fault, faultOf, NotAListing, ShortBody, WrongRange } from './fault.js';
import { attemptsFor, PATIENCE, waitAfter } from './patience.js';
import { namedProfile } from './profile.js';
import { type Asked, s3Error, storeOf } from './s3-errors.js';
import type { Patience, S3Options } from './s3-options.js';

/** An object as a listing shows it. */
export interface S3Object {
  readonly key: string;
  readonly facts: FileFacts;
}

export interface ListOptions {
  readonly onlyHere?: boolean;
  readonly firstPage?: boolean;
  readonly signal?: AbortSignal | undefined;
  /** Called with the number of objects of each page. */
  readonly onPage?: (objects: number) => void;
}

export interface Listing {
  readonly objects: readonly S3Object[];
  readonly prefixes: readonly string[];
  /** Whether there is no more. */
  readonly isWhole: boolean;
}

/** An object in one version. */
export interface ObjectVersion {
  readonly key: string;
  readonly version: string;
}

/** What a store says of an object, its bytes included. */
export interface ObjectFacts extends FileFacts {
  readonly checksum: Checksum | undefined;
}

/** A bucket to read from. Whatever fails for a passing reason is tried again. */
export class Bucket {
  readonly name: string;
  readonly #options: S3Options;
  readonly #patience: Patience;
  #connection: Promise<S3Connection> | undefined;

  constructor(name: string, options: S3Options) {
    this.name = name;
    this.#options = options;
    this.#patience = { ...PATIENCE, ...options.patience };
  }

  /**
   * The objects whose keys begin with a prefix, page by page. With `onlyHere`, those behind a further slash are left out,
   * and their prefixes up to it are given in their place. With `firstPage` there may be more.
   */
  async list(
    prefix: string,
    { onlyHere = false, firstPage = false, signal, onPage }: ListOptions = {},
  ): Promise<Listing> {
    const { sdk, client } = await this.#connect();
    const objects: S3Object[] = [];
    const prefixes: string[] = [];
    for (let token: string | undefined, isFirst = true; isFirst || token !== undefined; isFirst = false) {
      const page = await this.persist({ action: 'list', key: prefix }, signal, async () => {
        const command = new sdk.ListObjectsV2Command({
          Bucket: this.name,
          Prefix: prefix,
          ...(onlyHere && { Delimiter: '/' }),
          ...(token !== undefined && { ContinuationToken: token }),
          ...this.#payer(),
        });
        return checkPage(await client.send(command, signal ? { abortSignal: signal } : {}));
      });
      for (const { Key, ETag, Size, LastModified } of page.Contents ?? []) {
        if (Key !== undefined) objects.push({ key: Key, facts: factsOf(ETag, Size, LastModified) });
      }
      for (const { Prefix } of page.CommonPrefixes ?? []) if (Prefix !== undefined) prefixes.push(Prefix);
      onPage?.(page.Contents?.length ?? 0);
      token = page.IsTruncated ? page.NextContinuationToken : undefined;
      if (firstPage) return { objects, prefixes, isWhole: token === undefined };
    }
    return { objects, prefixes, isWhole: true };
  }

  /** @param version refuses any other, LOAD_FILE_CHANGED */
  async look(key: string, version?: string, signal?: AbortSignal): Promise<ObjectFacts> {
    const action = version === undefined ? 'look' : 'read';
    const { sdk, client, isAmazons } = await this.#connect();
    const head = await this.persist({ action, key }, signal, () =>
      client.send(
        new sdk.HeadObjectCommand({
          Bucket: this.name,
          Key: key,
          ChecksumMode: 'ENABLED',
          ...ifMatch(version),
          ...this.#payer(),
        }),
        signal ? { abortSignal: signal } : {},
      ),
    );
    const checksum = checksumOf(head, { bucket: this.name, isAmazons });
    return { ...factsOf(head.ETag, head.ContentLength, head.LastModified), checksum };
  }

  /**
   * The bytes of one of the parts that an object came in.
   *
   * @param part from 1
   * @param parts how many there are
   * @returns undefined if the store does not tell, or tells of another number of parts
   */
  async sizeOfPart(
    { key, version }: ObjectVersion,
    part: number,
    parts: number,
    signal?: AbortSignal,
  ): Promise<number | undefined> {
    const { sdk, client } = await this.#connect();
    const command = new sdk.HeadObjectCommand({
      Bucket: this.name,
      Key: key,
      PartNumber: part,
      ...ifMatch(version),
      ...this.#payer(),
    });
    return this.persist({ action: 'read', key }, signal, async () => {
      try {
        const { PartsCount, ContentLength } = await client.send(
          command,
          signal ? { abortSignal: signal } : {},
        );
        return PartsCount === parts ? ContentLength : undefined;
      } catch (error) {
        if (KNOWS_NO_PARTS.has(faultOf(error).status ?? 0)) return undefined;
        throw error;
      }
    });
  }

  /** A piece of an object that fits into memory. */
  async read(object: ObjectVersion, range: ByteRange, signal?: AbortSignal): Promise<Buffer> {
    if (range.length === 0) return Buffer.alloc(0);
    return this.persist({ action: 'read', key: object.key }, signal, async () => {
      const chunks: Buffer[] = [];
      let length = 0;
      for await (const chunk of await this.open(object, range, signal)) {
        chunks.push(chunk as Buffer);
        length += (chunk as Buffer).length;
      }
      if (length !== range.length) throw new ShortBody();
      return Buffer.concat(chunks);
    });
  }

  /** The bytes of a range as they come, tried once: errors are the SDK's own, but for LOAD_FILE_CHANGED. */
  async open({ key, version }: ObjectVersion, range: ByteRange, signal?: AbortSignal): Promise<Readable> {
    const { sdk, client } = await this.#connect();
    const last = range.start + range.length - 1;
    const { Body, ContentRange, ETag } = await client.send(
      new sdk.GetObjectCommand({
        Bucket: this.name,
        Key: key,
        Range: `bytes=${range.start}-${last}`,
        ...ifMatch(version),
        ...this.#payer(),
      }),
      signal ? { abortSignal: signal } : {},
    );
    const body = Body as Readable;
    if (signal) addAbortSignal(signal, body);
    try {
      if (!ContentRange?.startsWith(`bytes ${range.start}-${last}/`)) throw new WrongRange();
      this.#requireVersion(key, version, ETag);
    } catch (error) {
      body.once('error', () => undefined).destroy();
      throw error;
    }
    return body;
  }

  /** Not every store heeds If-Match. @throws LoadError LOAD_FILE_CHANGED if what comes is of another version. */
  #requireVersion(key: string, version: string, etag: string | undefined): void {
    if (version.startsWith(DATED) || !etag || versionOf(etag) === version) return;
    const url = s3Url({ bucket: this.name, key });
    throw fileChanged(url, url);
  }

  /**
   * Tries something until it is done, as often as it fails for a passing reason.
   *
   * @param hasGotOn whether the attempt that has just failed brought so much that failures count anew
   * @throws MatineeError LOAD_S3… once that is too often; InterruptedError.
   */
  async persist<T>(
    asked: Pick<Asked, 'action' | 'key'>,
    signal: AbortSignal | undefined,
    attempt: () => Promise<T>,
    hasGotOn: () => boolean = () => false,
  ): Promise<T> {
    for (let failures = 0; ; ) {
      if (signal?.aborted) throw new InterruptedError();
      try {
        return await attempt();
      } catch (error) {
        if (signal?.aborted) throw new InterruptedError();
        if (error instanceof MatineeError) throw error;
        failures = hasGotOn() ? 1 : failures + 1;
        const fault = faultOf(error);
        const attempts = attemptsFor(fault, this.#patience);
        if (failures >= attempts) throw await this.#errorOf(fault, asked, failures);
        const store = storeOf(await this.#connect());
        this.#options.onRetry?.({ store, attempt: failures + 1, attempts, reason: fault.code });
        await this.#patience.sleep(waitAfter(failures, this.#patience), signal);
      }
    }
  }

  /** A fault as people are told of it. */
  async #errorOf(
    fault: Fault,
    asked: Pick<Asked, 'action' | 'key'>,
    attempts: number,
  ): Promise<MatineeError> {
    const { region, endpoint } = await this.#connect();
    const isAnonymous = this.#options.anonymous ?? false;
    const profile = await namedProfile(process.env);
    return s3Error(fault, { ...asked, bucket: this.name, isAnonymous, region, endpoint, profile }, attempts);
  }

  #connect(): Promise<S3Connection> {
    this.#connection ??= connect(this.#options, this.#patience, process.env);
    return this.#connection;
  }

  #payer() {
    return this.#options.requesterPays ? { RequestPayer: 'requester' as const } : {};
  }
}

/** Where a store gives no ETag, size and time have to do. */
const DATED = 'dated:';

function factsOf(etag: string | undefined, size: number | undefined, modified: Date | undefined): FileFacts {
  const modifiedAt = (modified ?? new Date(0)).toISOString();
  const bytes = size ?? 0;
  const version = (etag && versionOf(etag)) || `${DATED}${bytes}-${modifiedAt}`;
  return { bytes, modifiedAt, version };
}

/** Proxies that pack an answer call its tag a weak one (`W/`). */
function versionOf(etag: string): string {
  return etag.replace(/^(W\/)?"|"$/g, '');
}

function ifMatch(version: string | undefined): { IfMatch?: string } {
  return version === undefined || version.startsWith(DATED) ? {} : { IfMatch: `"${version}"` };
}

/** What stores answer that keep no parts of an object. */
const KNOWS_NO_PARTS = new Set([400, 405, 416, 501]);

/** The SDK takes any XML, and HTML too, for a listing without objects. @throws NotAListing. */
function checkPage<P extends ListObjectsV2Output>(page: P): P {
  const { IsTruncated, NextContinuationToken, KeyCount, Contents = [], CommonPrefixes = [] } = page;
  const count = Contents.length + CommonPrefixes.length;
  const isWhole = IsTruncated === false || (IsTruncated === true && NextContinuationToken !== undefined);
  if (!isWhole || (KeyCount !== undefined && KeyCount !== count)) throw new NotAListing();
  return page;
}
