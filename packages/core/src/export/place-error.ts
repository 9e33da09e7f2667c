import { MatineeError, messageOf, UsageError, WarehouseError } from '../errors.js';

/** What to tell of the file system's answers, by their codes. */
const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'This user may not write there.',
  EPERM: 'This user may not write there.',
  EROFS: 'Nothing can be written there: it is mounted for reading.',
  ENOENT: 'No folder can be made there.',
  ENOTDIR: 'A file stands where a folder would have to be.',
  EEXIST: 'A file stands where a folder would have to be.',
  EISDIR: 'A folder stands where a file would have to be.',
  ENAMETOOLONG: 'The name is too long.',
  ELOOP: 'Links lead there in a circle.',
};

/**
 * What a failure to write to a place that somebody has named comes to: UsageError OUT_PLACE, or WarehouseError OUT_DISK_FULL. What the
 * file system has not said stays as it is.
 */
export function placeError(error: unknown, path: string): unknown {
  const { code } = error as { readonly code?: string };
  const location = { file: path };
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'WAREHOUSE_DISK_FULL') {
    return new WarehouseError('OUT_DISK_FULL', `The disk is full: ${messageOf(error)}`, {
      location,
      hint: 'Make room, or name another place with --out. What stood there before is as it was.',
      cause: error,
    });
  }
  if (error instanceof MatineeError || !(error instanceof Error) || code === undefined) return error;
  return new UsageError('OUT_PLACE', REASONS[code] ?? `It cannot be written: ${error.message}`, {
    location,
    hint: 'Name another place with --out.',
    cause: error,
  });
}
