import { defineConfig } from 'vitest/config';

const source = ['@matinee/source'];

export default defineConfig({
  resolve: { conditions: source },
  ssr: { resolve: { conditions: source, externalConditions: source } },
  test: {
    include: ['packages/*/test/**/*.test.ts', 'tools/**/*.test.ts'],
    globalSetup: ['packages/ingest/test/support/s3/say-skipped.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    pool: 'forks',
    // Files of one worker share what they import; no test may rely on modules of its own.
    isolate: false,
    maxWorkers: 2,
  },
});
