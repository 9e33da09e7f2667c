import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** The profile that the environment names, and whether the files of AWS have it. */
export interface NamedProfile {
  readonly name: string;
  readonly isThere: boolean;
  /** All that these files have. */
  readonly others: readonly string[];
}

/** Reads the files that AWS tools read, to tell what is wrong once they have failed. Undefined if no profile is named. */
export async function namedProfile(
  environment: Readonly<Record<string, string | undefined>>,
): Promise<NamedProfile | undefined> {
  const name = environment.AWS_PROFILE;
  if (!name) return undefined;
  const { AWS_CONFIG_FILE, AWS_SHARED_CREDENTIALS_FILE } = environment;
  const found = await Promise.all([
    sectionsOf(
      AWS_CONFIG_FILE || join(homedir(), '.aws', 'config'),
      /^\[\s*(?:profile\s+(\S.*?)|(default))\s*\]/gm,
    ),
    sectionsOf(AWS_SHARED_CREDENTIALS_FILE || join(homedir(), '.aws', 'credentials'), /^\[\s*(\S.*?)\s*\]/gm),
  ]);
  const names = [...new Set(found.flat())].sort();
  return { name, isThere: names.includes(name), others: names.filter((other) => other !== name) };
}

async function sectionsOf(file: string, section: RegExp): Promise<readonly string[]> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return [...text.matchAll(section)].map(([, name, other]) =>
    (name ?? other ?? '').replace(/^(["'])(.*)\1$/, '$2'),
  );
}

/** What to do about it. */
export function profileHint({ name, isThere, others }: NamedProfile): string {
  const unset = 'unset AWS_PROFILE if the credentials come from elsewhere';
  if (isThere)
    return `Look at its section in the files of AWS, sign in (such as by aws sso login --profile ${name}), or ${unset}.`;
  const there =
    others.length > 0
      ? `: there are ${others.slice(0, SHOWN).join(', ')}${others.length > SHOWN ? ', …' : ''}`
      : '';
  return `Set AWS_PROFILE to a profile of ~/.aws/config or ~/.aws/credentials (AWS_CONFIG_FILE, AWS_SHARED_CREDENTIALS_FILE)${there}; or ${unset}.`;
}

const SHOWN = 10;
