import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { messageOf, UsageError } from '@matinee/core';
import { Folder } from './folder.js';
import type { Place } from './place.js';
import { LocalArchive } from './zip/local-archive.js';
import { ZipPlace } from './zip/zip-place.js';

/** The place that a path, a `file://` or an `s3://` URL names. Nothing is read yet. @throws UsageError for others. */
export function openPlace(place: string): Place {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(place)?.[1]?.toLowerCase();
  if (scheme === 'file') return localPlace(resolve(pathOfUrl(place)));
  if (scheme === 's3') {
    throw new UsageError('SOURCE_S3', `Loading from S3 is not supported yet: ${place}.`, {
      hint: 'Copy the files into a folder and give its path.',
    });
  }
  if (scheme) {
    throw new UsageError('SOURCE_PLACE', `${place} is neither a folder, a .zip file nor a file:// URL.`, {
      hint: 'Give the path of the folder or .zip file that holds the delivered files.',
    });
  }
  if (place.trim() === '') {
    throw new UsageError('SOURCE_PLACE', 'No place of delivered files is named.', {
      hint: 'Name a folder or .zip file with --source PLACE or MATINEE_SOURCE.',
    });
  }
  return localPlace(resolve(place));
}

function localPlace(path: string): Place {
  const isArchive = /\.zip$/i.test(path) && !statSync(path, { throwIfNoEntry: false })?.isDirectory();
  return isArchive ? new ZipPlace(new LocalArchive(path)) : new Folder(path);
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
