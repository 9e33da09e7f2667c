import { connectOutside } from '../outside-connection.js';
import type { ProjectSite } from './run-project.js';

/** What the project writes to: raw tables, the domains, histories, and what Matinee keeps for itself. */
const SCHEMAS = [
  'raw',
  'staging',
  'audience',
  'content',
  'recommendation',
  'snapshots',
  '_matinee_feeds',
  '_matinee',
];

/** Drops the schemas of a project that was built with a prefix. @throws if there is none: they could be anybody's. */
export async function dropProject({ schemaPrefix, env }: ProjectSite): Promise<void> {
  if (schemaPrefix === '') throw new Error('Schemas without a prefix are not dropped.');
  const snowflake = await connectOutside(env);
  try {
    for (const schema of SCHEMAS)
      await snowflake.rows(`drop schema if exists "${`${schemaPrefix}${schema}`.toUpperCase()}" cascade`);
  } finally {
    await snowflake.close();
  }
}
