import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLoader } from '../../src/index.js';
import { errorOf, folderOf } from '../support/lab.js';
import { useUser } from '../support/s3/store.js';
import { movies } from '../support/sources.js';

const KEYS = 'aws_access_key_id = k\naws_secret_access_key = s\n';

describe('the settings of AWS', () => {
  beforeEach(() => {
    useUser(undefined);
    vi.stubEnv('AWS_REGION', 'eu-west-3');
    vi.stubEnv('AWS_DEFAULT_REGION', undefined);
  });
  afterEach(() => vi.unstubAllEnvs());

  const endpoint = 'http://127.0.0.1:1';
  const surveyError = (s3 = {}) => errorOf(createLoader('s3://bucket/x', { s3 }).survey([movies]));
  const useProfile = (name: string, config = '', credentials = '') => {
    const folder = folderOf({ config, credentials });
    vi.stubEnv('AWS_PROFILE', name);
    vi.stubEnv('AWS_CONFIG_FILE', join(folder, 'config'));
    vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', join(folder, 'credentials'));
  };

  it('name a profile that is not there: the error says so, and which there are', async () => {
    useProfile('wrok', '[default]\n[profile work]\n[sso-session x]\n', `[ other ]\n${KEYS}`);
    const error = await surveyError({ endpoint });
    expect(error).toMatchObject({ name: 'LoadError', code: 'LOAD_S3_CREDENTIALS' });
    expect(error.message).toBe("s3://bucket/x/: there is no AWS profile 'wrok' (CredentialsProviderError).");
    expect(error.hint).toBe(
      'Set AWS_PROFILE to a profile of ~/.aws/config or ~/.aws/credentials (AWS_CONFIG_FILE, AWS_SHARED_CREDENTIALS_FILE): there are default, other, work; or unset AWS_PROFILE if the credentials come from elsewhere.',
    );
  });

  it('name a profile that is not there where the region should come from it', async () => {
    vi.stubEnv('AWS_REGION', undefined);
    useProfile('nope');
    const error = await surveyError();
    expect(error).toMatchObject({ name: 'UsageError', code: 'SOURCE_S3_REGION' });
    expect(error.message).toBe(
      "Nothing says in which region the bucket lies, and there is no AWS profile 'nope'.",
    );
    expect(error.hint).toContain('Set AWS_REGION, or mend the profile. Set AWS_PROFILE to a profile of');
  });

  it('name a profile that has no credentials', async () => {
    useProfile('work', '[profile "work"]\nregion = eu-west-3\n');
    const error = await surveyError({ endpoint });
    expect(error.message).toContain("the AWS profile 'work' gives no credentials");
    expect(error.hint).toContain('aws sso login --profile work');
  });

  it('name a region that cannot be: the error says where', async () => {
    for (const region of ['eu west 3', 'eu-west-3 ', 'https://x', 'eu_west_3', '-']) {
      vi.stubEnv('AWS_REGION', region);
      const error = await surveyError();
      expect(error).toMatchObject({ name: 'UsageError', code: 'SOURCE_S3_REGION', exitCode: 2 });
      expect(error.message).toBe(`'${region}' is no name of a region.`);
      expect(error.hint).toBe('Look at AWS_REGION: such as eu-west-3, without blanks.');
    }
    expect((await surveyError({ region: 'eu/west' })).hint).toContain('MATINEE_S3_REGION or region in s3');
    vi.stubEnv('AWS_REGION', undefined);
    useProfile('wide', `[profile wide]\nregion = eu west\n${KEYS}`);
    const error = await surveyError();
    expect(error).toMatchObject({ code: 'SOURCE_S3_REGION', message: "'eu west' is no name of a region." });
    expect(error.hint).toContain('region in the AWS profile');
  });
});
