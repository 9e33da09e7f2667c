import { defineConfig } from '@matinee/core';

export default defineConfig({
  targets: {
    dev: { type: 'duckdb', path: 'target/matinee.duckdb', memoryLimit: '2GB' },
    // Where and who: SNOWFLAKE_ACCOUNT, SNOWFLAKE_USER and so on. The driver is loaded for this target alone.
    snowflake: { type: 'snowflake' },
    // What `pnpm conformance` builds the project in, and drops.
    conformance: {
      type: 'snowflake',
      schemaPrefix: `${process.env.MATINEE_CONFORMANCE_SCHEMA ?? 'matinee_conformance'}_`,
    },
  },
  source: 'target/sample',
});
