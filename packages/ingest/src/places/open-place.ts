import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { messageOf, UsageError } from '@matinee/core';
import { Folder } from './folder.js';
import type { Place } from './place.js';

/** The place that a folder's path or a `file://` URL names. Nothing is looked at yet. @throws UsageError for others. */
export function openPlace(place: string): Place {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(place)?.[1]?.toLowerCase();
  if (scheme === 'file') return new Folder(resolve(pathOfUrl(place)));
  if (scheme === 's3') {
    throw new UsageError('SOURCE_S3', `Loading from S3 is not supported yet: ${place}.`, {
      hint: 'Copy the files into a folder and give its path.',
    });
  }
  if (scheme) {
    throw new UsageError('SOURCE_PLACE', `${place} is neither a folder nor a file:// URL.`, {
      hint: 'Give the path of the folder that holds the delivered files.',
    });
  }
  if (place.trim() === '') {
    throw new UsageError('SOURCE_PLACE', 'No folder of delivered files is named.', {
      hint: 'Name it with --source FOLDER or MATINEE_SOURCE.',
    });
  }
  return new Folder(resolve(place));
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
