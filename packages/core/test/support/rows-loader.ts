import { createHash } from 'node:crypto';
import { sqlType } from '../../src/adapters/column-types.js';
import {
  type Delivery,
  formatLiteral,
  type LiteralValue,
  type LoadedSource,
  type LoadRequest,
  quoteIdentifier,
  type Source,
  type SourceLoader,
  type SourceTarget,
} from '../../src/index.js';

export type InlineRow = Readonly<Record<string, LiteralValue>>;

/** What is delivered: rows by source. An error in their place is thrown while that source is loaded. */
export type InlineDelivery = Readonly<Record<string, readonly InlineRow[] | Error>>;

/** A loader that delivers rows which stand in the test. */
export function rowsLoader(rows: InlineDelivery): SourceLoader {
  return {
    survey: async (sources) => deliveryOf(rows, sources),
    load: async (request) => {
      const loaded: LoadedSource[] = [];
      for (const target of request.targets) {
        request.onSource?.(target.source.name);
        loaded.push(await loadOne(rows, target, request));
      }
      return loaded;
    },
  };
}

function deliveryOf(rows: InlineDelivery, sources: readonly Source[]): Delivery {
  return {
    place: 'the test',
    files: sources.map(({ name }) => {
      const version = createHash('md5')
        .update(JSON.stringify(rows[name] ?? null))
        .digest('hex');
      return {
        source: name,
        path: `${name}.csv`,
        shape: 'inline',
        bytes: JSON.stringify(rows[name]).length,
        modifiedAt: '2026-01-01T00:00:00.000Z',
        version,
        contentVersion: version,
      };
    }),
  };
}

async function loadOne(
  rows: InlineDelivery,
  { source, table, files: toLoad }: SourceTarget,
  { session, loadId }: LoadRequest,
): Promise<LoadedSource> {
  const delivered = rows[source.name] ?? [];
  if (delivered instanceof Error) throw delivered;
  const columns = Object.entries(source.columns);
  const definitions = columns.map(
    ([name, { type }]) => `${quoteIdentifier(name, 'duckdb')} ${sqlType(type, 'duckdb')}`,
  );
  await session.execute(
    `create table ${table} (${[...definitions, '_file varchar', '_load varchar'].join()})`,
  );
  for (const row of delivered) {
    const values = columns.map(([name]) => formatLiteral(row[name] ?? null, 'duckdb'));
    await session.execute(
      `insert into ${table} values (${values.join()}, '${source.name}.csv', '${loadId}')`,
    );
  }
  const files = toLoad.map((file) => ({
    ...file,
    rows: delivered.length,
    rejectedRows: 0,
    repeatedRows: 0,
    overruledRows: 0,
    hiddenRows: 0,
    seconds: 0,
  }));
  return {
    source: source.name,
    rows: delivered.length,
    rejectedRows: 0,
    repeatedRows: 0,
    overruledRows: 0,
    files,
    kept: [],
  };
}
