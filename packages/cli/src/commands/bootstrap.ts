import { bootstrapScript, UsageError } from '@matinee/core';
import { Command } from 'commander';
import type { Context } from '../context.js';
import { type ProjectOptions, withExamples, withProject, withSource } from '../options/common.js';
import { toJson } from '../output/to-json.js';
import { openProject } from '../workspace/open-project.js';

interface BootstrapOptions extends ProjectOptions {
  readonly source?: string;
}

/** `matinee bootstrap`: what an administrator of Snowflake runs once for a target. */
export function bootstrapCommand(context: Context): Command {
  const command = new Command('bootstrap')
    .description('print the SQL that an administrator of Snowflake runs once for a target; nothing is run')
    .action((options: BootstrapOptions) => bootstrap(context, options));
  return withExamples(
    withSource(withProject(command)),
    {
      'matinee bootstrap --target snowflake': 'database, warehouse, role, user, and the way into the bucket',
      'matinee bootstrap --target snowflake > bootstrap.sql': 'into a file, to be read and pasted',
    },
    `Names are those of the target and of SNOWFLAKE_DATABASE, _WAREHOUSE, _ROLE and _USER; where they say nothing, names with
MATINEE stand in.`,
  );
}

async function bootstrap(context: Context, options: BootstrapOptions): Promise<void> {
  const { env, terminal } = context;
  const { target, targetName, source } = (await openProject(context, options)).settings;
  if (target.type !== 'snowflake') {
    throw new UsageError(
      'TARGET_KIND',
      `Target '${targetName}' is a DuckDB file, which needs no preparation.`,
      {
        hint: "Name a target of type 'snowflake' with --target NAME.",
      },
    );
  }
  const sql = bootstrapScript({
    target: targetName,
    database: env.SNOWFLAKE_DATABASE || target.database || 'MATINEE',
    warehouse: env.SNOWFLAKE_WAREHOUSE || target.warehouse || 'MATINEE_WAREHOUSE',
    role: env.SNOWFLAKE_ROLE || target.role || 'MATINEE_ROLE',
    user: env.SNOWFLAKE_USER || target.user || 'MATINEE_USER',
    ...(target.stage && { stage: target.stage }),
    ...(source !== undefined && { source }),
  });
  terminal.out(terminal.json ? toJson({ target: targetName, sql }) : sql.trimEnd());
}
