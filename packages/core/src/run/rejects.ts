import type { Session, WarehouseRow } from '../adapters/adapter.js';
import type { Namer } from '../materialize/names.js';
import { formatLiteral } from '../sql/literal.js';
import { LEDGER_SCHEMA, type LedgerTable } from './ledger-tables.js';

/** A delivered row that did not fit. */
export interface RejectedRow {
  readonly file: string;
  /** Where it begins in the file, from 1. */
  readonly line: number;
  /** The column that does not fit; null if it is the row as a whole. */
  readonly column: string | null;
  readonly reason: string;
  /** As delivered. It may hold anything, control characters included. */
  readonly raw: string;
}

/** Rows of one file that were rejected for the same reason, whatever their values. */
export interface RejectReason {
  readonly file: string;
  readonly column: string | null;
  /** The sentence, with `…` in place of the value. */
  readonly reason: string;
  readonly rows: number;
}

/** What one load rejected of one source. */
export interface RejectedLoad {
  readonly source: string;
  readonly loadId: string;
  /** UTC, `YYYY-MM-DD HH:MM:SS.mmm`; null for a load whose run is not on record. */
  readonly startedAt: string | null;
  /** `current`: what it brought stands in the raw table; `failed`: it never did; `replaced`: it did once. */
  readonly state: 'current' | 'failed' | 'replaced';
  readonly rows: number;
  /** The most frequent first, file by file. */
  readonly reasons: readonly RejectReason[];
  /** The first ones in the files' order, as many as were asked for. */
  readonly samples: readonly RejectedRow[];
}

/** Which rejects to read. */
export interface RejectsQuestion {
  /** Only those of these sources. */
  readonly sources?: readonly string[] | undefined;
  /** Those of one load, in place of the last ones of each source. */
  readonly loadId?: string | undefined;
  /** Sampled rows of each source and load. */
  readonly limit: number;
}

/** Reads the rejected rows that a ledger keeps. */
export class Rejects {
  readonly #session: Session;
  readonly #names: Namer;

  constructor(session: Session, names: Namer) {
    this.#session = session;
    this.#names = names;
  }

  /** Whether there is a ledger that keeps any. */
  async exist(): Promise<boolean> {
    return (await this.#session.columns(this.#names.schema(LEDGER_SCHEMA))).has('rejected_rows');
  }

  /** Whether the ledger knows of a load with this id. */
  async isLoad(loadId: string): Promise<boolean> {
    const id = this.#literal(loadId);
    const rows = await this.#session.query(
      `select 1 as found from ${this.#table('runs')} where run_id = ${id} union all select 1 from ${this.#table('rejected_rows')} where load_id = ${id} limit 1`,
    );
    return rows.length > 0;
  }

  /**
   * What was rejected of what stands in the raw tables now, and by the last load of a source where that failed. Loads that
   * rejected nothing are left out.
   */
  async read(question: RejectsQuestion): Promise<readonly RejectedLoad[]> {
    const chosen = this.#chosen(question);
    const reasons = await this.#session.query(`${chosen}
select source, load_id, cast(started_at as varchar) as started_at, state, file, column_name,
  ${this.#valueFree('reason')} as reason, count(*) as n
from chosen group by all order by source, started_at desc, load_id, file, n desc, column_name, reason`);
    const samples = await this.#session.query(`${chosen}
select source, load_id, file, line, column_name, reason, raw from chosen
qualify row_number() over (partition by source, load_id order by file, line) <= ${question.limit}
order by source, load_id, file, line`);
    const samplesOf = byLoad(samples);
    return [...byLoad(reasons)].map(([load, own]) => loadOf(own, samplesOf.get(load) ?? []));
  }

  #chosen({ sources, loadId }: RejectsQuestion): string {
    const conditions = [
      loadId === undefined ? '(is_current or is_latest)' : `load_id = ${this.#literal(loadId)}`,
      ...(sources ? [`source in (${sources.map((name) => this.#literal(name)).join(', ')})`] : []),
    ];
    return `with loads as (
  select source, load_id from ${this.#table('rejected_rows')}
  union select source, load_id from ${this.#table('loaded_files')}
  union select node, run_id from ${this.#table('node_results')} where action = 'load' and status in ('ok', 'failed')
), dated as (
  select loads.source, loads.load_id, runs.started_at,
    row_number() over (partition by loads.source order by runs.started_at desc nulls last, loads.load_id) = 1 as is_latest,
    published.run_id is not null as was_published
  from loads
  left join ${this.#table('runs')} as runs on runs.run_id = loads.load_id
  left join (select distinct run_id, node from ${this.#table('node_results')} where status = 'ok') as published
    on published.run_id = loads.load_id and published.node = loads.source
), judged as (
  select rejected.*, dated.started_at, dated.is_latest, dated.was_published, loaded.file is not null as is_current
  from ${this.#table('rejected_rows')} as rejected
  join dated on dated.source = rejected.source and dated.load_id = rejected.load_id
  left join (select distinct load_id, source, file from ${this.#table('loaded_files')}) as loaded
    on loaded.load_id = rejected.load_id and loaded.source = rejected.source and loaded.file = rejected.file
), chosen as (
  select *, case
      when max(case when is_current then 1 end) over (partition by source, load_id) = 1 then 'current'
      when was_published then 'replaced'
      else 'failed'
    end as state
  from judged where ${conditions.join(' and ')}
)`;
  }

  /** Reasons name the value at their beginning, in quotes as in JSON, or behind the key's columns. */
  #valueFree(reason: string): string {
    const [atStart, ellipsis, key, keyAlone] = [
      String.raw`^"([^"\\]|\\.)*" `,
      '… ',
      // A point takes no line break on either engine, and their ways to say that it should differ.
      '^(The key [^=]*) = (.|[[:cntrl:]])* comes',
      String.raw`\1 = … comes`,
    ].map((text) => this.#literal(text));
    return `regexp_replace(regexp_replace(${reason}, ${atStart}, ${ellipsis}), ${key}, ${keyAlone})`;
  }

  #table(name: LedgerTable): string {
    return this.#names.inSchema(LEDGER_SCHEMA, name);
  }

  #literal(text: string): string {
    return formatLiteral(text, this.#names.dialect);
  }
}

function byLoad(rows: readonly WarehouseRow[]): ReadonlyMap<string, readonly WarehouseRow[]> {
  const loads = new Map<string, WarehouseRow[]>();
  for (const row of rows) {
    const load = JSON.stringify([row.source, row.load_id]);
    const own = loads.get(load);
    if (own) own.push(row);
    else loads.set(load, [row]);
  }
  return loads;
}

function loadOf(reasons: readonly WarehouseRow[], samples: readonly WarehouseRow[]): RejectedLoad {
  const [first] = reasons;
  return {
    source: String(first?.source),
    loadId: String(first?.load_id),
    startedAt: first?.started_at === null ? null : String(first?.started_at),
    state: first?.state as RejectedLoad['state'],
    rows: reasons.reduce((sum, { n }) => sum + Number(n), 0),
    reasons: reasons.map(({ file, column_name, reason, n }) => ({
      file: String(file),
      column: column_name === null ? null : String(column_name),
      reason: String(reason),
      rows: Number(n),
    })),
    samples: samples.map(({ file, line, column_name, reason, raw }) => ({
      file: String(file),
      line: Number(line),
      column: column_name === null ? null : String(column_name),
      reason: String(reason),
      raw: String(raw),
    })),
  };
}
