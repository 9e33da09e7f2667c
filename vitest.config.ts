import { defineConfig } from 'vitest/config';
import { SlowFirst } from './vitest.slow-first.js';

const source = ['@matinee/source'];

export default defineConfig({
  resolve: { conditions: source },
  ssr: { resolve: { conditions: source, externalConditions: source } },
  test: {
    include: ['packages/*/test/**/*.test.ts', 'tools/**/*.test.ts'],
    setupFiles: ['vitest.properties.ts'],
    globalSetup: ['packages/ingest/test/support/s3/say-skipped.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    pool: 'forks',
    sequence: { sequencer: SlowFirst },
    // Files of one worker share what they import; no test may rely on modules of its own.
    isolate: false,
    // One more than most machines have cores to spare: some tests wait, for servers that are silent or locks that are held.
    maxWorkers: 3,
    // Comparing whole tables makes rows by the hundred thousand, and collecting them takes a tenth less time.
    execArgv: ['--max-semi-space-size=64'],
  },
});
