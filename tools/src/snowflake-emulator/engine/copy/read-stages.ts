import type { BoundRelation } from '../bind/context.js';
import type { DuckSession } from '../session.js';
import type { StageItem } from '../syntax/ast.js';
import { Cursor } from '../syntax/cursor.js';
import { csvFormat } from './format.js';
import { readRows } from './read-rows.js';
import { filesAt, locate } from './stage-files.js';
import { appendRows, createStaged, mostFields, stagedRelation } from './staged-rows.js';

/**
 * Brings the files that a query reads into tables of DuckDB, one for each stage that it names.
 *
 * @param cursor behind the query
 * @throws SnowflakeError for a row that cannot be read: a query passes over none.
 */
export async function readStages(
  session: DuckSession,
  { stages, sql }: Cursor,
): Promise<ReadonlyMap<StageItem, BoundRelation>> {
  const width = Math.max(1, mostFields(sql));
  const relations = new Map<StageItem, BoundRelation>();
  for (const item of stages) {
    const table = `queried_stage_${relations.size + 1}`;
    await session.run(createStaged(table, width));
    if (!session.request.describeOnly) await fill(session, item, table, width);
    relations.set(item, stagedRelation(table, width));
  }
  return relations;
}

async function fill(
  session: DuckSession,
  { path, format: named, pattern, place }: StageItem,
  table: string,
  width: number,
): Promise<void> {
  const location = locate(session, path);
  const options =
    named === undefined ? location.stage.format : session.current.format(new Cursor(named).qualifiedName());
  const format = csvFormat(options, place);
  const wanted = new RegExp(`^(?:${pattern ?? '[^]*'})$`);
  for (const file of await filesAt(session, location)) {
    if (!wanted.test(file.name)) continue;
    const { rows, errors } = readRows(await file.read(), format);
    if (errors[0]) throw errors[0].error;
    await appendRows(session, table, file, rows, width);
  }
}
