import type { VariableValue } from '../sql/renderable.js';

/** A variable that a node reads, and what has become of its value; undefined: it did not read it then, or does not now. */
export interface VariableChange {
  readonly name: string;
  readonly before: VariableValue | undefined;
  readonly after: VariableValue | undefined;
}

/** Why a node is built, or might be. */
export type Cause =
  | { readonly type: 'new' }
  | { readonly type: 'full_refresh' }
  | { readonly type: 'volatile' }
  /** A stretch of time is to be computed anew. */
  | { readonly type: 'backfill' }
  | { readonly type: 'sql' | 'contract' | 'configuration'; readonly before: string; readonly after: string }
  | { readonly type: 'variables'; readonly changes: readonly VariableChange[] }
  /** Matinee itself, the node's schema or kind: whatever is in no text. */
  | { readonly type: 'engine' }
  /** Files that are new, other ones, or no longer part of the delivery. */
  | { readonly type: 'files'; readonly added: number; readonly changed: number; readonly dropped: number }
  /** Rows are to be left out, or no longer. */
  | { readonly type: 'limit' }
  /** The rows of these inputs have changed, or will have by then. */
  | { readonly type: 'input'; readonly inputs: readonly string[] }
  /** These inputs are built again; only if their rows come out different there is something to do. */
  | { readonly type: 'input_rows'; readonly inputs: readonly string[] };

/** Whether the same rows are to be stored in another way, as on Snowflake by other cluster keys. */
export function isStoredOtherwise(causes: readonly Cause[]): boolean {
  const storage = (configuration: string) =>
    configuration.split('\n').find((line) => line.startsWith('snowflake: '));
  return causes.some(
    (cause) => cause.type === 'configuration' && storage(cause.before) !== storage(cause.after),
  );
}

/** A cause in a few words. */
export function describeCause(cause: Cause): string {
  switch (cause.type) {
    case 'new':
      return 'new';
    case 'full_refresh':
      return 'full refresh asked';
    case 'backfill':
      return 'backfill asked';
    case 'volatile':
      return 'volatile';
    case 'sql':
      return 'SQL changed';
    case 'contract':
      return 'contract changed';
    case 'configuration':
      return 'configuration changed';
    case 'variables':
      return cause.changes.map(describeChange).join(', ');
    case 'engine':
      return 'another version of Matinee';
    case 'limit':
      return 'another share of the rows';
    case 'files':
      return describeFiles(cause);
    case 'input':
      return `input changed: ${cause.inputs.join(', ')}`;
    case 'input_rows':
      return `if rows change in ${cause.inputs.join(', ')}`;
  }
}

function describeFiles({ added, changed, dropped }: Cause & { readonly type: 'files' }): string {
  const counts = [
    [added, 'new'],
    [changed, 'changed'],
    [dropped, 'gone'],
  ] as const;
  const parts = counts.filter(([count]) => count > 0);
  if (parts.length === 0) return 'files changed';
  const [[first = 0, what = ''] = []] = parts;
  if (parts.length === 1) return `${first === 1 ? 'file' : `${first} files`} ${what}`;
  return `files: ${parts.map(([count, word]) => `${count} ${word}`).join(', ')}`;
}

function describeChange({ name, before, after }: VariableChange): string {
  if (before === undefined) return `variable ${name} is read now`;
  if (after === undefined) return `variable ${name} is not read any more`;
  return `variable ${name} changed: ${JSON.stringify(before)} → ${JSON.stringify(after)}`;
}
