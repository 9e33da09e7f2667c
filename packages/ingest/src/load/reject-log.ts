import { formatLiteral, type Session } from '@matinee/core';
import type { Reject } from '../scan/sink.js';
import { textField } from './csv-text.js';
import { OutputFile } from './output-file.js';
import { pathLiteral } from './read-csv.js';

/** Whose rejects they are. */
export interface RejectOrigin {
  readonly loadId: string;
  readonly source: string;
  readonly file: string;
}

/** Collects the rejects of one file on disk, however many they are, and brings them into the table in one go. */
export class RejectLog {
  count = 0;
  readonly #output: OutputFile;

  /** @param file as errors name it */
  constructor(path: string, file: string) {
    this.#output = new OutputFile(path, file);
    // Without a header DuckDB would take the first line break for the kind of all, even one within quotes.
    this.#output.writeText('line,column_name,reason,raw\n');
  }

  add({ line, column, reason, raw }: Reject): void {
    this.count++;
    this.#output.writeText(`${line},${[column, reason, raw].map(textField).join(',')}\n`);
  }

  /** Appends the rejects to the quoted table, outside of any transaction of the load, so that they outlive a failure. */
  async store(session: Session, table: string, { loadId, source, file }: RejectOrigin): Promise<void> {
    this.close();
    if (this.count === 0) return;
    const literal = (text: string) => formatLiteral(text, 'duckdb');
    await session.execute(
      `insert into ${table} (load_id, source, file, line, column_name, reason, raw)
select ${literal(loadId)}, ${literal(source)}, ${literal(file)}, line, column_name, reason, raw
from read_csv(${pathLiteral(this.#output.path)}, header = true, auto_detect = false, delim = ',', quote = '"',
  escape = '"', compression = 'none', hive_partitioning = false, parallel = false, force_not_null = ['reason', 'raw'],
  columns = {'line': 'bigint', 'column_name': 'varchar', 'reason': 'varchar', 'raw': 'varchar'})`,
    );
  }

  /** May be called twice. */
  close(): void {
    this.#output.close();
  }
}
