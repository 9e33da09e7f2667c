import { defineConfig } from '@matinee/core';

export default defineConfig({
  targets: {
    dev: { type: 'duckdb', path: 'target/matinee.duckdb', memoryLimit: '2GB' },
  },
  source: 'target/sample',
});
