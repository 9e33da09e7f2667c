import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** What takes longest, or waits longest. Begun last, it would be waited for by workers that have nothing left to do. */
const SLOW = [
  'tools/test/snowflake-project/two-emulators.test.ts',
  'packages/dashboards/test/browser/dashboards.test.ts',
  'tools/test/nx/affected.test.ts',
  'tools/test/warehouse/real-data.test.ts',
  'tools/test/snowflake-project/same-tables.test.ts',
  'tools/test/warehouse/sample.test.ts',
  'tools/test/snowflake-adapter/debug.test.ts',
  'packages/cli/test/e2e/processes.test.ts',
  'tools/test/snowflake-builds/trouble.test.ts',
  'tools/test/snowflake-builds/writers.test.ts',
  'packages/site/test/browser/site.test.ts',
  'tools/test/law/prove-law.test.ts',
  'tools/test/fault/kill-builds.test.ts',
  'tools/test/fault/kill-snowflake.test.ts',
];

/** Begins with the files that are known to be slow; the others come in Vitest's order. */
export class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const gone = SLOW.find((file) => !existsSync(join(this.ctx.config.root, file)));
    if (gone) throw new Error(`vitest.slow-first.ts names ${gone}, which is not there.`);
    const rank = ({ moduleId }: TestSpecification) => {
      const found = SLOW.findIndex((file) => moduleId.endsWith(`/${file}`));
      return found < 0 ? SLOW.length : found;
    };
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
  }
}
