import { type S3Config, UsageError } from '@matinee/core';

/** How buckets are reached: what the environment says, and what the configuration says where that is silent. */
export function resolveS3(
  env: Readonly<Record<string, string | undefined>>,
  config: S3Config = {},
): S3Config {
  const region = env.MATINEE_S3_REGION || config.region;
  const endpoint = env.MATINEE_S3_ENDPOINT || config.endpoint;
  const anonymous = yesOrNo('MATINEE_S3_ANONYMOUS', env) ?? config.anonymous;
  const requesterPays = yesOrNo('MATINEE_S3_REQUESTER_PAYS', env) ?? config.requesterPays;
  return {
    ...(region !== undefined && { region }),
    ...(endpoint !== undefined && { endpoint }),
    ...(anonymous !== undefined && { anonymous }),
    ...(requesterPays !== undefined && { requesterPays }),
  };
}

function yesOrNo(name: string, env: Readonly<Record<string, string | undefined>>): boolean | undefined {
  const text = env[name];
  if (!text) return undefined;
  if (/^(1|true|yes)$/i.test(text)) return true;
  if (/^(0|false|no)$/i.test(text)) return false;
  throw new UsageError('USAGE', `${name} takes 1, true or yes, or 0, false or no, not '${text}'.`);
}
