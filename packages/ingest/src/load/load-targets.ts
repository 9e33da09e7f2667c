import {
  InterruptedError,
  LoadError,
  type LoadedSource,
  type MatineeError,
  type SourceTarget,
  throwAll,
} from '@matinee/core';
import type { LoadContext } from './context.js';
import { dropTables } from './drop-tables.js';
import { loadSource } from './load-source.js';

/**
 * Loads one source after the other. Those after a failed one are loaded too, so that all problems show at once.
 *
 * @throws LoadError, or an ErrorList with every problem; InterruptedError.
 */
export async function loadTargets(
  context: LoadContext,
  targets: readonly SourceTarget[],
): Promise<readonly LoadedSource[]> {
  const { session, signal, onSource } = context.request;
  const interrupt = () => session.interrupt();
  signal?.addEventListener('abort', interrupt);
  const loaded: LoadedSource[] = [];
  const errors: MatineeError[] = [];
  try {
    for (const target of targets) {
      if (signal?.aborted) throw new InterruptedError();
      onSource?.(target.source.name);
      try {
        loaded.push(await loadSource(context, target));
      } catch (error) {
        if (signal?.aborted) throw new InterruptedError();
        if (!(error instanceof LoadError)) throw error;
        errors.push(error);
      }
    }
  } finally {
    signal?.removeEventListener('abort', interrupt);
  }
  if (errors.length > 0) for (const { slice } of loaded) await dropTables(session, slice?.helpers ?? []);
  throwAll(errors);
  return loaded;
}
