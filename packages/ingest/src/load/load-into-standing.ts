import {
  type Dialect,
  type LoadedSlice,
  provenanceColumns,
  quoteIdentifier,
  type Session,
  type SourceTarget,
  type StandingTable,
} from '@matinee/core';
import type { LoadContext } from './context.js';
import { dropTables } from './drop-tables.js';
import { type FilledTable, hasRisingKeys } from './load-files.js';
import { createTable, provenanceOf, RawTable, rowsOfFiles } from './raw-table.js';
import { resolveKeys } from './resolve-keys.js';
import { widenTable } from './widen.js';

/**
 * Loads files beside a standing table, which is left as it is: says which of its rows go, and what comes in their place. These
 * are the rows of files that changed or are no longer wanted; and those whose keys come in new files too, which are judged
 * together with the new ones and come back if they win.
 */
export async function loadIntoStanding(
  context: LoadContext,
  { source, files }: SourceTarget,
  standing: StandingTable,
): Promise<FilledTable> {
  const { request, dialect, intake } = context;
  const { session, loadId } = request;
  const { kept } = standing;
  const rows = standing.helper('rows');
  const helpers = new Helpers(session, dialect);
  try {
    const table = new RawTable(rows, source, provenanceOf(loadId, files, kept), dialect);
    await helpers.create(rows, table.create());
    const loads = await intake.load(table, files);
    const touched: LoadedSlice['touched'][number][] = [];
    const leaving = await leavingFiles(helpers, standing);
    if (leaving) touched.push({ table: leaving, columns: [provenanceColumns.file] });
    const shared = source.key.length > 0 && (await sharedKeys(helpers, table, standing, leaving));
    if (shared) touched.push({ table: shared, columns: source.key });
    const isProven = !shared && hasRisingKeys(loads);
    const verdicts = isProven ? new Map() : await resolveKeys(context, table, loads);
    const prepare =
      files.length === 0
        ? []
        : await widenTable(session, standing.table, provenanceOf(loadId, files), dialect);
    return { loads, verdicts, slice: { rows, touched, prepare, helpers: helpers.names } };
  } catch (error) {
    await dropTables(session, helpers.names);
    throw error;
  }
}

/** Tables that a load makes for itself. */
class Helpers {
  readonly names: string[] = [];
  readonly session: Session;
  readonly dialect: Dialect;

  constructor(session: Session, dialect: Dialect) {
    this.session = session;
    this.dialect = dialect;
  }

  quote(name: string): string {
    return quoteIdentifier(name, this.dialect);
  }

  async createAs(name: string, select: string): Promise<void> {
    await this.create(name, `${createTable(this.dialect)} ${name} as\n${select}`);
  }

  async create(name: string, statement: string): Promise<void> {
    await this.session.execute(`drop table if exists ${name}`);
    this.names.push(name);
    await this.session.execute(statement);
  }

  async count(name: string): Promise<number> {
    const [row] = await this.session.query(`select count(*) as row_count from ${name}`);
    return Number(row?.row_count ?? 0);
  }
}

/** A table of the files whose rows go; undefined if none does. */
async function leavingFiles(helpers: Helpers, standing: StandingTable): Promise<string | undefined> {
  const stays = new Set(standing.kept.map(({ path }) => path));
  const leaving = standing.files.filter(({ path }) => !stays.has(path));
  if (leaving.length === 0) return undefined;
  const name = standing.helper('leaving');
  const file = helpers.quote(provenanceColumns.file);
  await helpers.createAs(
    name,
    `select distinct ${file} from ${rowsOfFiles(standing.table, leaving, helpers.dialect)}`,
  );
  return (await helpers.count(name)) > 0 ? name : undefined;
}

/** A table of the keys that new rows share with rows that stay, which are then added to the new ones; undefined without any. */
async function sharedKeys(
  helpers: Helpers,
  table: RawTable,
  standing: StandingTable,
  leaving: string | undefined,
): Promise<string | undefined> {
  const key = table.source.key.map((column) => helpers.quote(column)).join(', ');
  const file = helpers.quote(provenanceColumns.file);
  const stays = leaving ? `${file} not in (select ${file} from ${leaving})` : 'true';
  const name = standing.helper('shared');
  await helpers.createAs(
    name,
    `select distinct ${key} from ${standing.table}
where (${key}) in (select ${key} from ${table.name}) and ${stays}`,
  );
  if ((await helpers.count(name)) === 0) return undefined;
  await helpers.session.execute(
    table.insertStanding(`${standing.table} where (${key}) in (select ${key} from ${name}) and ${stays}`),
  );
  return name;
}
