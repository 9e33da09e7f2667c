import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';

const { compileLane, hasCompiler, lane } = await import(
  new URL('../../lane/compiler.mjs', import.meta.url).href
);

if (!hasCompiler())
  console.warn(
    '\n*** SKIPPED: whether the fast lane is compiled from its sources. It needs their compiler: node tools/lane/install.mjs ***\n',
  );

it.skipIf(!hasCompiler())(
  'the fast lane is compiled from the sources that stand there',
  { timeout: 120_000 },
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'matinee-lane-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const compiled = join(folder, 'fast-lane.wasm');
    await compileLane(compiled);
    expect(readFileSync(compiled).equals(readFileSync(lane)), 'Run: node tools/lane/compile.mjs').toBe(true);
  },
);
