import { join } from 'node:path';
import { describe } from 'vitest';
import { allRatings, buildsAsExpected } from './builds-as-expected.js';
import { runNode } from './command-line.js';

describe('the warehouse of a generated sample', () => {
  buildsAsExpected((temporary) => generate(temporary, ['--ratings', '12000']), [{}]);
});

describe('the warehouse of a generated sample in the Kaggle shape', () => {
  buildsAsExpected(
    (temporary) => generate(temporary, ['--ratings', '10000', '--shape', 'kaggle', '--gzip']),
    [allRatings],
  );
});

async function generate(temporary: string, options: readonly string[]): Promise<string> {
  const folder = join(temporary, 'sample');
  await runNode('tools/bin/generate-data.mjs', ['--out', folder, '--quiet', ...options]);
  return folder;
}
