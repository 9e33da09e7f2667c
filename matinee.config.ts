import { defineConfig } from '@matinee/core';

export default defineConfig({
  targets: {
    dev: { type: 'duckdb', path: 'target/matinee.duckdb', memoryLimit: '2GB' },
    // Where and who: SNOWFLAKE_ACCOUNT, SNOWFLAKE_USER and so on. The driver is loaded for this target alone.
    snowflake: { type: 'snowflake' },
  },
  source: 'target/sample',
});
