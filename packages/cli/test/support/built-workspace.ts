import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { TestWorkspace } from './workspace.js';

/** Builds a workspace once for the tests of a file, and hands each test a copy of it that is gone afterwards. */
export function copyForEachTest(
  hand: (copy: TestWorkspace) => void,
  build: (workspace: TestWorkspace) => Promise<void> = buildAll,
): void {
  const built = new TestWorkspace();
  let copy: TestWorkspace;
  beforeAll(() => build(built));
  afterAll(() => built.remove());
  beforeEach(() => {
    copy = new TestWorkspace(built);
    hand(copy);
  });
  afterEach(() => copy.remove());
}

async function buildAll(workspace: TestWorkspace): Promise<void> {
  expect((await workspace.run(['build'])).code).toBe(0);
}
