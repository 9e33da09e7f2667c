/** `pnpm conformance`: tries the adapter against an account or an emulator, and says fact by fact what is so. */
import { parseArgs } from 'node:util';
import { messageOf, openSnowflake, resolveSnowflake } from '@matinee/core';
import { allChecks, type CheckResult, runChecks } from './run-checks.js';

const HELP = `Usage: node tools/bin/snowflake-conformance.mjs [options]

Tries what Matinee relies on against the Snowflake account, or emulator, that the SNOWFLAKE_* variables name (docs/configuration.md).
Works in schemas of its own, which it drops. Exit code 1 if something is not as Matinee needs it.

  --schema <prefix>   what its schemas begin with (default: matinee_conformance)
  --area <name>       only the facts of one area
  --json              a line of JSON per fact
  --help              this text

Examples:
  SNOWFLAKE_ACCOUNT=myorg-test SNOWFLAKE_USER=me SNOWFLAKE_TOKEN=… SNOWFLAKE_DATABASE=lab node tools/bin/snowflake-conformance.mjs
  node tools/bin/snowflake-conformance.mjs --area transactions --json
`;

const OPTIONS = {
  schema: { type: 'string', default: 'matinee_conformance' },
  area: { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

/** @returns the process's exit code */
export async function main(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<number> {
  try {
    const { values } = parseArgs({ args: [...args], options: OPTIONS });
    if (values.help) {
      process.stdout.write(HELP);
      return 0;
    }
    const checks = allChecks.filter(({ area }) => values.area === undefined || area === values.area);
    if (checks.length === 0) throw new Error(`There is no area '${values.area}': ${areas().join(', ')}.`);
    const warehouse = await openSnowflake({ ...resolveSnowflake({}, env), readOnly: true });
    const show = values.json ? showJson : showLine;
    const results = await runChecks(warehouse, checks, values.schema, show);
    await warehouse.close();
    const failed = results.filter(({ failure }) => failure !== undefined).length;
    if (!values.json)
      process.stdout.write(
        `\n${warehouse.place}: ${results.length - failed} of ${results.length} facts hold.\n`,
      );
    return failed === 0 ? 0 : 1;
  } catch (error) {
    process.stderr.write(`error: ${messageOf(error)}\n`);
    return 2;
  }
}

function areas(): readonly string[] {
  return [...new Set(allChecks.map(({ area }) => area))];
}

function showLine({ area, fact, failure }: CheckResult): void {
  const line = `${failure === undefined ? '✓' : '✗'} ${area}: ${fact}`;
  process.stdout.write(
    failure === undefined ? `${line}\n` : `${line}\n    ${failure.split('\n').join('\n    ')}\n`,
  );
}

function showJson(result: CheckResult): void {
  process.stdout.write(`${JSON.stringify({ ...result, holds: result.failure === undefined })}\n`);
}
