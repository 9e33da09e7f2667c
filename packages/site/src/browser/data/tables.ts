import type { SiteFacts } from '../../contract/site-facts.js';
import { loadFile } from './load-file.js';
import { readParquet } from './read-parquet.js';
import type { Table } from './table.js';

const loaded = new Map<string, Promise<Table>>();

/** A table of the site, read once. @throws Error for a table that no dashboard declares to read. */
export function loadTable(facts: SiteFacts, name: string): Promise<Table> {
  const known = loaded.get(name);
  if (known) return known;
  const table = read(facts, name);
  loaded.set(name, table);
  // What failed is tried again when it is asked for again.
  table.catch(() => loaded.delete(name));
  return table;
}

async function read(facts: SiteFacts, name: string): Promise<Table> {
  const table = facts.tables[name];
  if (!table) {
    throw new Error(
      `The site has no table ${name}. Add it to what the page's dashboard reads, and build the site again.`,
    );
  }
  return readParquet(name, await loadFile(table.file), table.rows, table.columns);
}
