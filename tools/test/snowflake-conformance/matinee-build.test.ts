import { expect, it } from 'vitest';
import { buildProject } from '../../src/snowflake-conformance/project/matinee-build.js';

it('a build that cannot begin is an error with what its process said', async () => {
  await expect(buildProject('nowhere', 'no/films', { MATINEE_VARS: '{}' })).rejects.toThrow(
    /^matinee build --json --target nowhere .* failed:\n.*TARGET_UNKNOWN/s,
  );
});
