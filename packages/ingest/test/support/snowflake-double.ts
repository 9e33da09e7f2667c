import { isUtf8 } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { formatLiteral, type Session, type WarehouseRow } from '@matinee/core';

/**
 * A DuckDB session that understands the few words of Snowflake in which a load is written, so that what the statements do can
 * be tried on thousands of files. COPY reads lines as the file format says. What Snowflake itself would do is another matter.
 */
export class SnowflakeDouble implements Session {
  readonly statements: string[] = [];
  readonly #session: Session;
  readonly #folder: string;
  /** Put before the names of files, as a bucket's prefix is. */
  readonly #prefix: string;

  constructor(session: Session, folder: string, prefix = 'landing/') {
    this.#session = session;
    this.#folder = folder;
    this.#prefix = prefix;
  }

  static async open(session: Session, folder: string): Promise<SnowflakeDouble> {
    for (const macro of MACROS) await session.execute(`create or replace macro ${macro}`);
    return new SnowflakeDouble(session, folder);
  }

  async execute(sql: string): Promise<number> {
    this.statements.push(sql);
    return this.#session.execute(inDuckDb(sql));
  }

  async query(sql: string): Promise<readonly WarehouseRow[]> {
    this.statements.push(sql);
    return sql.startsWith('copy into') ? this.#copy(sql) : this.#session.query(inDuckDb(sql));
  }

  stream(sql: string, take: (rows: readonly WarehouseRow[]) => Promise<void>): Promise<void> {
    this.statements.push(sql);
    return this.#session.stream(inDuckDb(sql), take);
  }

  async #copy(sql: string): Promise<readonly WarehouseRow[]> {
    const table = /^copy into (\S+)/.exec(sql)![1]!;
    const names = /files = \((.*)\)\n/.exec(sql)![1]!;
    const isLenient = sql.includes('replace_invalid_characters = true');
    const isGzip = sql.includes('compression = gzip');
    const rows: WarehouseRow[] = [];
    for (const [, quoted] of names.matchAll(/'((?:[^']|'')*)'/g)) {
      const name = quoted!.replaceAll("''", "'");
      const stored = readFileSync(join(this.#folder, name));
      const { lines, wrong } = linesOf(isGzip ? gunzipSync(stored) : stored, isLenient);
      const values = lines.map(
        ([line, text]) => `(${sqlText(`${this.#prefix}${name}`)}, ${line}, ${sqlText(text)})`,
      );
      for (let at = 0; at < values.length; at += 500)
        await this.#session.execute(
          `insert into ${table} (file, line, content) values ${values.slice(at, at + 500).join(', ')}`,
        );
      rows.push({
        file: `s3://bucket/${this.#prefix}${name}`,
        status: wrong.length > 0 ? 'PARTIALLY_LOADED' : 'LOADED',
        rows_parsed: lines.length + wrong.length,
        rows_loaded: lines.length,
        error_limit: lines.length + wrong.length,
        errors_seen: wrong.length,
        first_error: wrong.length > 0 ? 'Invalid UTF8 detected in string' : null,
        first_error_line: wrong[0] ?? null,
        first_error_character: null,
        first_error_column_name: null,
      });
    }
    return rows;
  }

  describe: Session['describe'] = (sql) => this.#session.describe(sql);
  relations: Session['relations'] = (...of) => this.#session.relations(...of);
  columns: Session['columns'] = (...of) => this.#session.columns(...of);
  transaction: Session['transaction'] = (work) => this.#session.transaction(work);
  interrupt: Session['interrupt'] = () => this.#session.interrupt();
  close: Session['close'] = () => this.#session.close();
}

/** DuckDB has no literal for a NUL. */
function sqlText(text: string): string {
  return text
    .split('\0')
    .map((part) => formatLiteral(part, 'duckdb'))
    .join(' || chr(0) || ');
}

type Line = readonly [number: number, text: string];

function linesOf(bytes: Buffer, isLenient: boolean): { readonly lines: Line[]; readonly wrong: number[] } {
  const isMarked = bytes.subarray(0, 3).equals(Buffer.of(0xef, 0xbb, 0xbf));
  const lines: Line[] = [];
  const wrong: number[] = [];
  let number = 0;
  for (let start = isMarked ? 3 : 0; start < bytes.length; ) {
    const end = bytes.indexOf(10, start);
    const line = bytes.subarray(start, end < 0 ? bytes.length : end);
    number++;
    if (isLenient || isUtf8(line))
      lines.push([number, new TextDecoder('utf-8', { ignoreBOM: true }).decode(line)]);
    else wrong.push(number);
    start = end < 0 ? bytes.length : end + 1;
  }
  return { lines, wrong };
}

const MACROS = [
  `regexp_like(s, p) as regexp_full_match(s, p, 's')`,
  `sf_regexp_replace(s, p, r) as regexp_replace(s, p, r, 'gs')`,
  `regexp_substr(s, p) as nullif(regexp_extract(s, p), ''), (s, p, a, b, c, g) as regexp_extract(s, p, g)`,
  'octet_length(s) as strlen(s)',
  'try_to_number(s, p, d) as try_cast(s as decimal(38, 0))',
  'try_to_double(s) as try_cast(s as double)',
  'to_timestamp_ntz(n) as make_timestamp(cast(n as bigint) * 1000000)',
  `try_to_timestamp_ntz(s, f) as try_strptime(s, '%Y-%m-%d %H:%M:%S')`,
  `try_to_date(s, f) as cast(try_strptime(s, '%Y-%m-%d') as date)`,
];

/** A backslash escapes in Snowflake's literals. Temporary tables have no schema here. */
function inDuckDb(sql: string): string {
  return sql
    .replace(/'(?:[^'\\]|''|\\[\s\S])*'/g, (literal) => literal.replace(/\\([\s\S])/g, '$1'))
    .replaceAll('regexp_replace(', 'sf_regexp_replace(')
    .replaceAll('create or replace temporary table', 'create or replace table')
    .replaceAll('create transient table', 'create table')
    .replaceAll('number(38, 0)', 'bigint')
    .replaceAll('timestamp_ntz(6)', 'timestamp')
    .replace(
      /listagg\((\S+), (chr\(10\))\) within group \(order by (\S+)\)/g,
      'string_agg($1, $2 order by $3)',
    );
}
