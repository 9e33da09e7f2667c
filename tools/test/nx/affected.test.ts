import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../../packages/core/test/support/files.js';
import { must, root } from '../support.js';

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
  const afterChange = async (file: string, change: (path: string) => void, ...options: string[]) => {
    change(join(clone, file));
    const args = ['affected', '-t', 'build-warehouse', '--excludeTaskDependencies', '--base=main'];
    const output = await must('node', [NX, ...args, ...options], clone, env);
    await must('git', ['checkout', '--quiet', '.'], clone);
    return output;
  };
  const domainsOf = (tasks: readonly string[]) =>
    [...new Set(tasks.flatMap((task) => /@matinee\/models-(\w+):/.exec(task)?.[1] ?? []))].sort();
  const builtAfter = async (file: string, change: (path: string) => void) =>
    domainsOf((await afterChange(file, change)).match(/nx run \S+:build-warehouse/g) ?? []);
  /** What would be built, which takes no build to know. */
  const plannedAfter = async (file: string, change: (path: string) => void) => {
    const plan = await afterChange(file, change, '--graph=stdout');
    return domainsOf(Object.keys((JSON.parse(plan) as { tasks: { tasks: object } }).tasks.tasks));
  };
  const addComment = (path: string) => appendFileSync(path, '\n// a comment\n');
  const src = (domain: string, file: string) => `packages/models-${domain}/src/${file}`;

  for (const after of [builtAfter, plannedAfter])
    expect(await after(src('audience', 'intermediate/int_user_profiles.ts'), addComment)).toEqual([
      'audience',
      'recommendation',
    ]);
  expect(await plannedAfter(src('content', 'intermediate/int_movie_rating_stats.ts'), addComment)).toEqual([
    'content',
    'recommendation',
  ]);
  expect(await plannedAfter(src('staging', 'staging/src_movies.ts'), addComment)).toEqual([
    'audience',
    'content',
    'recommendation',
    'staging',
  ]);
  expect(await plannedAfter('README.md', (path) => writeFileSync(path, '# Changed\n'))).toEqual([]);
}, 240_000);
