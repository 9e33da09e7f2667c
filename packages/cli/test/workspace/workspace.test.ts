import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findRoot, readWorkspace } from '../../src/workspace/workspace.js';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'matinee-workspace-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(file: string, content: string | object): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), typeof content === 'string' ? content : JSON.stringify(content));
}

const domain = (name: string) => ({
  name,
  matinee: { domain: name },
  exports: { './warehouse': { default: './dist/warehouse.js' } },
});

describe('a workspace', () => {
  it('is the nearest folder upwards with a pnpm-workspace.yaml', () => {
    write('pnpm-workspace.yaml', '');
    mkdirSync(join(root, 'a/b'), { recursive: true });
    expect(findRoot(join(root, 'a/b'))).toBe(root);
  });

  it('has the packages of its patterns that have a matinee key, in the order of their folders', () => {
    write(
      'pnpm-workspace.yaml',
      'packages:\n  # all\n  - "packages/*"   # yes\n  - \'tools\'\n  - !packages/c\n\nallowBuilds:\n  - other/*\n',
    );
    for (const name of ['packages/b', 'packages/a', 'packages/c', 'tools', 'other/d']) {
      write(`${name}/package.json`, domain(name.slice(-1)));
    }
    const { matinee, ...rest } = domain('b');
    write('packages/b/package.json', { ...rest, matinee: { ...matinee, owner: 'B team' } });
    write('packages/plain/package.json', { name: 'plain' });
    write('packages/no-package/readme.md', '');
    expect(readWorkspace(root).packages).toEqual([
      {
        name: 'a',
        domain: 'a',
        folder: join(root, 'packages/a'),
        entry: join(root, 'packages/a/dist/warehouse.js'),
      },
      {
        name: 'b',
        domain: 'b',
        owner: 'B team',
        folder: join(root, 'packages/b'),
        entry: join(root, 'packages/b/dist/warehouse.js'),
      },
      { name: 's', domain: 's', folder: join(root, 'tools'), entry: join(root, 'tools/dist/warehouse.js') },
    ]);
  });

  it.each([
    ['{', 'PACKAGE_JSON'],
    [{ name: 'a', matinee: {} }, 'PACKAGE_DOMAIN'],
    [{ name: 'a', matinee: { domain: 'a' } }, 'PACKAGE_EXPORT'],
    [{ name: 'a', matinee: { domain: 'a', owner: ' ' } }, 'PACKAGE_OWNER'],
    [{ name: 'a', matinee: { domain: 'a', owner: { name: 'A' } } }, 'PACKAGE_OWNER'],
  ])('refuses a package.json that is wrong, naming it: %j', (content, code) => {
    write('pnpm-workspace.yaml', 'packages: \n  - packages/*\n');
    write('packages/a/package.json', content);
    expect(() => readWorkspace(root)).toThrow(
      expect.objectContaining({
        code,
        exitCode: 2,
        location: { file: join(root, 'packages/a/package.json') },
      }),
    );
  });
});
