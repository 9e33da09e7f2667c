import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import {
  type ChecksumAlgorithm,
  type ChecksumType,
  type CompletedPart,
  CompleteMultipartUploadCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type PutObjectCommandInput,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, vi } from 'vitest';
import type { Files } from '../lab.js';
import { given, isStoreOurs, isStoreThere, root } from './store-there.js';

export { isStoreOurs, isStoreThere };

/** Who may do what in the store of our own. */
export const USERS = {
  admin: { accessKey: 'testkey', secretKey: 'testsecret' },
  /** Reads the objects of `ours`, but does not list them. */
  reader: { accessKey: 'readkey', secretKey: 'readsecret' },
  /** Lists the objects of `ours`, but does not read them. */
  lister: { accessKey: 'listkey', secretKey: 'listsecret' },
} as const;

const IDENTITIES = [
  {
    name: 'admin',
    credentials: [USERS.admin],
    actions: ['Admin', 'Read', 'List', 'Tagging', 'Write'],
  },
  { name: 'reader', credentials: [USERS.reader], actions: ['Read:ours'] },
  { name: 'lister', credentials: [USERS.lister], actions: ['List:ours'] },
  { name: 'anonymous', actions: ['Read:public', 'List:public'] },
];

export interface Store {
  readonly endpoint: string;
  readonly bucket: string;
  readonly client: S3Client;
  /** A prefix that no other test uses, with its slash. */
  prefix(): string;
  /** Puts files under a prefix, or under one of their own. @returns their `s3://` URL. */
  put(files: Files, prefix?: string): Promise<string>;
  putObject(
    key: string,
    body: string | Uint8Array,
    more?: Partial<PutObjectCommandInput>,
  ): Promise<string | undefined>;
  /** Puts an object in parts, each of 5 MB or more, the last excepted. */
  putParts(key: string, parts: readonly Uint8Array[], checksum?: PartsChecksum): Promise<void>;
  remove(key: string): Promise<void>;
}

/** The checksum that a store is to keep of an object in parts, and whether of the whole or of its parts. */
export interface PartsChecksum {
  readonly ChecksumAlgorithm: ChecksumAlgorithm;
  readonly ChecksumType: ChecksumType;
}

/** Starts a store before the tests of a file, or takes the one that is given, and clears up after them. */
export function useStore(): Store {
  let endpoint = '';
  let client: S3Client | undefined;
  let stop = async () => {};
  const bucket = given === undefined ? 'ours' : (process.env.MATINEE_TEST_S3_BUCKET ?? 'matinee-test');
  const base = `matinee-test-${randomUUID()}`;
  let prefixes = 0;

  beforeAll(async () => {
    if (!isStoreThere) return;
    vi.stubEnv('AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED', 'true');
    if (isStoreOurs) useUser('admin');
    ({ endpoint, stop } = given === undefined ? await startServer() : { endpoint: given, stop });
    const region = process.env.AWS_REGION ?? 'us-east-1';
    client = new S3Client({ endpoint, region, forcePathStyle: true, maxAttempts: 10 });
    if (isStoreOurs) {
      for (const Bucket of ['ours', 'public', 'secret']) {
        await client.send(new CreateBucketCommand({ Bucket }));
      }
    }
  });

  afterAll(async () => {
    if (client && !isStoreOurs) await removeAll(client, bucket, base);
    client?.destroy();
    await stop();
    vi.unstubAllEnvs();
  });

  const store: Store = {
    get endpoint() {
      return endpoint;
    },
    bucket,
    get client() {
      return client!;
    },
    prefix: () => `${base}/${prefixes++}/`,
    async put(files, prefix = store.prefix()) {
      const entries = Object.entries(files);
      for (let index = 0; index < entries.length; index += 20) {
        const some = entries.slice(index, index + 20);
        await Promise.all(some.map(([path, content]) => store.putObject(prefix + path, content)));
      }
      return `s3://${bucket}/${prefix}`;
    },
    async putObject(Key, body, more = {}) {
      const Body = Buffer.from(body as string);
      const command = new PutObjectCommand({ Bucket: bucket, Key, Body, ...more });
      return (await client!.send(command)).ETag;
    },
    async putParts(Key, bodies, checksum) {
      const object = { Bucket: bucket, Key };
      const { UploadId } = await client!.send(new CreateMultipartUploadCommand({ ...object, ...checksum }));
      const { ChecksumAlgorithm } = checksum ?? {};
      const Parts: CompletedPart[] = [];
      for (const [index, Body] of bodies.entries()) {
        const PartNumber = index + 1;
        const part = {
          ...object,
          UploadId,
          PartNumber,
          Body,
          ...(ChecksumAlgorithm && { ChecksumAlgorithm }),
        };
        const { $metadata, ...told } = await client!.send(new UploadPartCommand(part));
        Parts.push({ PartNumber, ...told });
      }
      const complete = { ...object, UploadId, MultipartUpload: { Parts } };
      await client!.send(new CompleteMultipartUploadCommand(complete));
    },
    async remove(Key) {
      await client!.send(new DeleteObjectCommand({ Bucket: bucket, Key }));
    },
  };
  return store;
}

/** Lets the default chain find a user's credentials, and no others. */
export function useUser(user: keyof typeof USERS | undefined): void {
  const { accessKey = '', secretKey = '' } = user ? USERS[user] : {};
  vi.stubEnv('AWS_ACCESS_KEY_ID', accessKey || undefined);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', secretKey || undefined);
  vi.stubEnv('AWS_SESSION_TOKEN', undefined);
  vi.stubEnv('AWS_PROFILE', undefined);
  vi.stubEnv('AWS_CONFIG_FILE', '/nowhere/config');
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '/nowhere/credentials');
  vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
}

async function startServer(): Promise<{ endpoint: string; stop: () => Promise<void> }> {
  const child = spawn(process.execPath, [join(root, 'tools/s3/serve.mjs'), JSON.stringify(IDENTITIES)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const ready = new Promise<string>((resolve, reject) => {
    createInterface(child.stdout).once('line', (line) => resolve(JSON.parse(line).endpoint));
    child.once('exit', (code) => reject(new Error(`The S3 server ended with ${code}.`)));
  });
  return {
    endpoint: await ready,
    stop: () => {
      child.stdin.end();
      return ended;
    },
  };
}

async function removeAll(client: S3Client, Bucket: string, Prefix: string): Promise<void> {
  for (;;) {
    const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket, Prefix }));
    if (Contents.length === 0) return;
    const Objects = Contents.map(({ Key }) => ({ Key }));
    await client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
  }
}
