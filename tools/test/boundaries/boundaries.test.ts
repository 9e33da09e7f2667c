import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../../packages/core/test/support/files.js';
import { root } from '../support.js';

/** The folders of core: each may import those before it. */
const FOLDERS = [
  'sql',
  'macros',
  'measures',
  'nodes',
  'adapters',
  'project',
  'graph',
  'materialize',
  'export',
  'testing',
  'check',
  'plan',
  'run',
];

const FORBIDDEN = [
  ['core imports no package', 'packages/core/src/sql/a.ts', '@matinee/ingest'],
  ['adapters stand below run', 'packages/core/src/adapters/duckdb/d.ts', '../../run/build.js'],
  ['ingest knows no domain', 'packages/ingest/src/f.ts', '@matinee/models-staging'],
  ['powerbi knows no domain', 'packages/powerbi/src/u.ts', '@matinee/models-staging'],
  ['reports read no entry for the engine', 'packages/reports/src/v.ts', '@matinee/models-content/warehouse'],
  ['recommendation knows no page', 'packages/models-recommendation/src/marts/z.ts', '@matinee/dashboards'],
  ['reports know no page', 'packages/reports/src/za.ts', '@matinee/dashboards'],
  ['dashboards know no builder', 'packages/dashboards/src/zb.ts', '@matinee/site'],
  [
    'a file right below src reaches into no other package',
    'packages/cli/src/zc.ts',
    '../../core/src/index.js',
  ],
  ['cli knows no report', 'packages/cli/src/w.ts', '@matinee/reports'],
  ['cli knows no domain', 'packages/cli/src/g.ts', '@matinee/models-staging'],
  ['site knows no domain', 'packages/site/src/builder/sa.ts', '@matinee/models-staging'],
  ['browsers know nothing of Node', 'packages/site/src/browser/sb.ts', 'node:fs'],
  ['browsers know nothing of core', 'packages/site/src/browser/sc.ts', '@matinee/core'],
  ['staging is above nobody', 'packages/models-staging/src/staging/h.ts', '@matinee/models-audience'],
  ['content does not see audience', 'packages/models-content/src/marts/i.ts', '@matinee/models-audience'],
  [
    'audience does not see recommendation',
    'packages/models-audience/src/marts/j.ts',
    '@matinee/models-recommendation',
  ],
  [
    'only the public entry is imported',
    'packages/models-audience/src/marts/k.ts',
    '@matinee/models-staging/warehouse',
  ],
  [
    'nobody reaches into another package',
    'packages/models-audience/src/marts/l.ts',
    '../../../models-staging/src/index.js',
  ],
  [
    'nobody reaches into another dist',
    'packages/models-audience/src/marts/m.ts',
    '@matinee/models-staging/dist/index.js',
  ],
] as const;

const ALLOWED = [
  ['dashboards stand on what runs in browsers', 'packages/dashboards/src/zd.ts', '@matinee/site/browser'],
  ['ingest stands on core', 'packages/ingest/src/p.ts', '@matinee/core'],
  ['cli stands on ingest', 'packages/cli/src/q.ts', '@matinee/ingest'],
  ['cli stands on site', 'packages/cli/src/se.ts', '@matinee/site'],
  ['site stands on core', 'packages/site/src/builder/sf.ts', '@matinee/core'],
  ['cli stands on powerbi', 'packages/cli/src/x.ts', '@matinee/powerbi'],
  ['reports stand on domains', 'packages/reports/src/y.ts', '@matinee/models-content'],
  ['content stands on staging', 'packages/models-content/src/marts/r.ts', '@matinee/models-staging'],
  [
    'recommendation stands on content',
    'packages/models-recommendation/src/marts/s.ts',
    '@matinee/models-content',
  ],
  [
    'recommendation stands on audience',
    'packages/models-recommendation/src/marts/t.ts',
    '@matinee/models-audience',
  ],
] as const;

test('imports against the directions of the architecture are refused, those along them are not', () => {
  const refused = refusedFiles([...FORBIDDEN, ...ALLOWED].map(([, file, imported]) => ({ file, imported })));
  expect(FORBIDDEN.filter(([, file]) => !refused.has(file))).toEqual([]);
  expect(ALLOWED.filter(([, file]) => refused.has(file))).toEqual([]);
});

test('within core imports run downwards only', () => {
  const pairs = FOLDERS.flatMap((from, place) =>
    FOLDERS.map((to, other) => ({
      file: `packages/core/src/${from}/to-${to}.ts`,
      imported: `../${to}/something.js`,
      isUpwards: other > place,
    })),
  );
  const refused = refusedFiles(pairs);
  expect([...refused].sort()).toEqual(
    pairs
      .filter(({ isUpwards }) => isUpwards)
      .map(({ file }) => file)
      .sort(),
  );
});

/** Those of the files that the project's lint settings refuse for what they import. */
function refusedFiles(
  files: readonly { readonly file: string; readonly imported: string }[],
): ReadonlySet<string> {
  const folder = temporaryFolder();
  for (const settings of [
    'biome.json',
    'package.json',
    ...readdirSync(join(root, 'packages')).map((name) => `packages/${name}/package.json`),
  ]) {
    mkdirSync(dirname(join(folder, settings)), { recursive: true });
    cpSync(join(root, settings), join(folder, settings));
  }
  for (const { file, imported } of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(
      join(folder, file),
      `import { something } from '${imported}';\n\nconsole.log(something);\n`,
    );
  }
  const biome = join(root, 'node_modules/@biomejs/biome/bin/biome');
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [biome, 'lint', '--vcs-enabled=false', '--max-diagnostics=none', '--colors=off', '.'],
    { cwd: folder, encoding: 'utf8' },
  );
  const rule = /^(\S+?):\d+:\d+ lint\/\w+\/(?:noRestrictedImports|noUndeclaredDependencies)/gm;
  return new Set([...(stdout + stderr).matchAll(rule)].map((match) => match[1] ?? ''));
}
