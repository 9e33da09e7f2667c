import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Config, checkConfig, MatineeError, messageOf, UsageError } from '@matinee/core';
import type { TypeStripper } from './type-stripper.js';

export const CONFIG_FILE = 'matinee.config.ts';

/** Where a workspace without a configuration builds. */
const DEFAULTS: Config = { targets: { dev: { type: 'duckdb', path: 'target/matinee.duckdb' } } };

/** Reads `matinee.config.ts` of a workspace. @throws UsageError naming the file. */
export async function loadConfig(root: string, stripper: TypeStripper): Promise<Config> {
  const file = join(root, CONFIG_FILE);
  if (!existsSync(file)) return DEFAULTS;
  // It stands below the root, so that what it imports is found there.
  const compiled = join(root, '.matinee', 'matinee.config.mjs');
  try {
    await stripper.stripFile(file, compiled);
    const module: { default?: unknown } = await import(pathToFileURL(compiled).href);
    return checkConfig(module.default);
  } catch (error) {
    const known = error instanceof MatineeError ? error : undefined;
    throw new UsageError(known?.code ?? 'CONFIG_FILE', messageOf(error), {
      location: { file },
      hint: known?.hint ?? 'It should read: export default defineConfig({ targets: { … } }).',
      cause: error,
    });
  }
}
