import { relative, sep } from 'node:path';
import { MatineeError } from '@matinee/core';

/** An error as it stands in JSON: what a person would read, files relative to the root where they lie below it. */
export interface JsonError {
  readonly code: string;
  readonly message: string;
  readonly location?:
    | { readonly file?: string; readonly line?: number; readonly column?: number }
    | undefined;
  readonly hint?: string | undefined;
}

export function jsonError(error: MatineeError, root: string | undefined): JsonError {
  const { code, message, location, hint } = error;
  const file = location?.file;
  return {
    code,
    message,
    location: location && { ...location, ...(file !== undefined && { file: relativeTo(root, file) }) },
    hint,
  };
}

/** One line of JSON, all control characters escaped. Errors become {@link JsonError}, ints beyond 2⁵³ texts. */
export function toJson(value: unknown, root?: string): string {
  const json = JSON.stringify(value, (_key, item: unknown) => {
    if (typeof item === 'bigint') return Number.isSafeInteger(Number(item)) ? Number(item) : String(item);
    if (item instanceof MatineeError) return jsonError(item, root);
    return item;
  });
  return json.replace(/[\u007f-\u009f]/g, (character) => `\\u00${character.charCodeAt(0).toString(16)}`);
}

/** A path for people: relative to `root` if it lies below, `/`-separated. */
export function relativeTo(root: string | undefined, path: string): string {
  if (!root) return path;
  const short = relative(root, path);
  return short === '' || short.startsWith('..') ? path : short.split(sep).join('/');
}
