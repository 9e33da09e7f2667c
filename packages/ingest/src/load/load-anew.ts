import type { SourceTarget } from '@matinee/core';
import type { LoadContext } from './context.js';
import { type FilledTable, hasRisingKeys } from './load-files.js';
import { provenanceOf, RawTable, rowsOfFiles } from './raw-table.js';
import { resolveKeys } from './resolve-keys.js';

/** Makes a new table of all files, and of the rows that stay though their files are gone. */
export async function loadAnew(
  context: LoadContext,
  { source, table: name, files, standing }: SourceTarget,
): Promise<FilledTable> {
  const { request, dialect, intake } = context;
  const { session, loadId } = request;
  const kept = standing?.kept ?? [];
  const table = new RawTable(name, source, provenanceOf(loadId, files, kept), dialect);
  await session.execute(table.create());
  const loads = await intake.load(table, files);
  if (standing && kept.length > 0)
    await session.execute(table.insertStanding(rowsOfFiles(standing.table, kept, dialect)));
  const isProven = kept.length === 0 && hasRisingKeys(loads);
  return { loads, verdicts: isProven ? new Map() : await resolveKeys(context, table, loads) };
}
