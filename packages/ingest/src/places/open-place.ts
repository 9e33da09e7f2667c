import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { messageOf, UsageError } from '@matinee/core';
import { Folder } from './folder.js';
import type { Place } from './place.js';
import { parseS3Url } from './s3/address.js';
import { S3Archive } from './s3/s3-archive.js';
import type { S3Options } from './s3/s3-options.js';
import { S3Prefix } from './s3/s3-prefix.js';
import { LocalArchive } from './zip/local-archive.js';
import { ZipPlace } from './zip/zip-place.js';

/** The place that a path, a `file://` or an `s3://` URL names. Nothing is read yet. @throws UsageError for others. */
export function openPlace(place: string, s3: S3Options = {}): Place {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(place)?.[1]?.toLowerCase();
  if (scheme === 'file') return localPlace(resolve(pathOfUrl(place)));
  if (scheme === 's3') {
    const address = parseS3Url(place);
    return isZip(address.key) ? new ZipPlace(new S3Archive(address, s3)) : new S3Prefix(address, s3);
  }
  if (scheme) {
    throw new UsageError('SOURCE_PLACE', `${place} is neither a path nor a file:// or s3:// URL.`, {
      hint: 'Give the path of the folder or .zip file that holds the delivered files, or s3://bucket/prefix.',
    });
  }
  if (place.trim() === '') {
    throw new UsageError('SOURCE_PLACE', 'No place of delivered files is named.', {
      hint: 'Name a folder, a .zip file or s3://bucket/prefix with --source PLACE or MATINEE_SOURCE.',
    });
  }
  return localPlace(resolve(place));
}

function localPlace(path: string): Place {
  const isArchive = isZip(path) && !statSync(path, { throwIfNoEntry: false })?.isDirectory();
  return isArchive ? new ZipPlace(new LocalArchive(path)) : new Folder(path);
}

function isZip(path: string): boolean {
  return /\.zip$/i.test(path);
}

function pathOfUrl(url: string): string {
  try {
    return fileURLToPath(url);
  } catch (error) {
    throw new UsageError('SOURCE_PLACE', `${url} is no URL of a local folder: ${messageOf(error)}.`, {
      hint: 'Write file:///absolute/path, or the path alone.',
      cause: error,
    });
  }
}
