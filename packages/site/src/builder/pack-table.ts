import { readFileSync, rmSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { formatLiteral, openDuckDb, type Session, withSession } from '@matinee/core';

/**
 * Ways to encode a table, as options of DuckDB's Parquet writer: one keeps few different values as a dictionary and all others as
 * differences from the row before, one keeps a dictionary of texts that repeat too. Which is smaller depends on the rows.
 */
export const encodings = ['parquet_version v2, dictionary_size_limit 256', 'parquet_version v2'] as const;

/**
 * Packs the rows of a Parquet file, in their order, into the smallest gzipped Parquet file. Pages inside are not compressed: gzip finds
 * more in what Snappy has not been at, and what is packed here no host has to compress.
 */
export async function packTable(path: string): Promise<Buffer> {
  const engine = await openDuckDb({ path: ':memory:' });
  try {
    return await withSession(engine, async (session) => {
      const packed: Buffer[] = [];
      for (const encoding of encodings)
        packed.push(gzipSync(await encode(session, path, encoding), { level: 9 }));
      return packed.reduce((smallest, one) => (one.length < smallest.length ? one : smallest));
    });
  } finally {
    await engine.close();
  }
}

/** A Parquet file's rows as another Parquet file's bytes. */
export async function encode(session: Session, path: string, encoding: string): Promise<Buffer> {
  const encoded = `${path}.encoded`;
  const [from, to] = [path, encoded].map((file) => formatLiteral(file, 'duckdb'));
  try {
    await session.execute('set preserve_insertion_order = true');
    await session.execute(
      `copy (from read_parquet(${from})) to ${to} (format parquet, compression uncompressed, ${encoding})`,
    );
    return readFileSync(encoded);
  } finally {
    rmSync(encoded, { force: true });
  }
}
