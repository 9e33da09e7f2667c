import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { must, root, temporaryFolder } from '../support.js';

const NX = 'node_modules/nx/dist/bin/nx.js';

/** A clone of the workspace as it stands, uncommitted work included, with nothing installed. */
async function cloneWorkspace(): Promise<string> {
  const clone = join(temporaryFolder(), 'clone');
  const git = (...args: string[]) =>
    must('git', ['-c', 'user.name=test', '-c', 'user.email=test@example.com', ...args], clone);
  await must('git', ['clone', '--quiet', '--no-hardlinks', root, clone], root);
  const changed = await must('git', ['ls-files', '--modified', '--others', '--exclude-standard', '-z'], root);
  for (const file of changed.split('\0').filter(Boolean)) {
    await must(
      'sh',
      [
        '-c',
        `mkdir -p "$(dirname "$2")" && if [ -e "$1" ]; then cp "$1" "$2"; else rm -f "$2"; fi`,
        'sh',
        join(root, file),
        join(clone, file),
      ],
      root,
    );
  }
  await git('checkout', '--quiet', '-B', 'main');
  await git('add', '-A');
  await git('commit', '--quiet', '--allow-empty', '-m', 'base');
  return clone;
}

test('npm start builds a fresh clone; then an affected build runs the changed domains and their dependents', async () => {
  const clone = await cloneWorkspace();
  const started = await must('npm', ['start'], clone, { MATINEE_SOURCE: '' });
  for (const domain of ['staging', 'audience', 'content', 'recommendation'])
    expect(started).toContain(domain);
  expect(started).toContain('target/matinee.duckdb');
  expect(started).not.toContain('FAIL');

  const env = { MATINEE_SOURCE: join(clone, 'target/sample'), NX_ISOLATE_PLUGINS: 'false' };
  const builtAfter = async (file: string, change: (path: string) => void): Promise<string[]> => {
    change(join(clone, file));
    const output = await must(
      'node',
      [NX, 'affected', '-t', 'build-warehouse', '--excludeTaskDependencies', '--base=main'],
      clone,
      env,
    );
    await must('git', ['checkout', '--quiet', '.'], clone);
    return [
      ...new Set(
        [...output.matchAll(/nx run @matinee\/models-(\w+):build-warehouse/g)].map((match) => match[1] ?? ''),
      ),
    ].sort();
  };
  const addComment = (path: string) => appendFileSync(path, '\n// a comment\n');
  const src = (domain: string, file: string) => `packages/models-${domain}/src/${file}`;

  expect(await builtAfter(src('audience', 'intermediate/int_user_profiles.ts'), addComment)).toEqual([
    'audience',
    'recommendation',
  ]);
  expect(await builtAfter(src('content', 'intermediate/int_movie_rating_stats.ts'), addComment)).toEqual([
    'content',
    'recommendation',
  ]);
  expect(await builtAfter(src('staging', 'staging/src_movies.ts'), addComment)).toEqual([
    'audience',
    'content',
    'recommendation',
    'staging',
  ]);
  expect(await builtAfter('README.md', (path) => writeFileSync(path, '# Changed\n'))).toEqual([]);
}, 240_000);
