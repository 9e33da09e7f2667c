import { type Config, messageOf, UsageError } from '@matinee/core';

/**
 * Values of variables from all places, unchecked: `--vars` wins over MATINEE_VARS, that over the configuration.
 *
 * @throws UsageError VARS_JSON for what is no JSON object.
 */
export function collectVariables(
  option: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
  config: Config,
): Readonly<Record<string, unknown>> {
  return {
    ...config.variables,
    ...(env.MATINEE_VARS ? parseObject('MATINEE_VARS', env.MATINEE_VARS) : {}),
    ...(option === undefined ? {} : parseObject('--vars', option)),
  };
}

function parseObject(from: string, text: string): Record<string, unknown> {
  const hint = `Quote it for the shell: --vars '{"name":"value","other":null}'.`;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new UsageError('VARS_JSON', `${from} is no JSON: ${messageOf(error)}.`, { hint, cause: error });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new UsageError('VARS_JSON', `${from} is no JSON object with a value for each variable.`, { hint });
  }
  return value as Record<string, unknown>;
}
