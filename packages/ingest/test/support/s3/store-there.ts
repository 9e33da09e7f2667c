import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const root = resolve(import.meta.dirname, '../../../../..');
const isInstalled = existsSync(join(root, 'target/python-s3/installed.txt'));

/** A store that is there already, with AWS_* for its credentials and a bucket to write to. */
export const given = process.env.MATINEE_TEST_S3_ENDPOINT;

/** Whether tests can talk to a store. */
export const isStoreThere = given !== undefined || isInstalled;

/** Whether the store is one of our own, whose users and buckets are known. */
export const isStoreOurs = given === undefined && isInstalled;
