import type { RelationColumns, Session } from '../adapters/adapter.js';
import type { Namer } from '../materialize/names.js';
import { secondsOf } from '../nodes/freshness.js';
import { Source } from '../nodes/source.js';
import type { ProjectNode } from '../project/project.js';
import { formatLiteral } from '../sql/literal.js';
import { Ledger } from './ledger.js';
import { LEDGER_SCHEMA } from './ledger-tables.js';

/**
 * - `pass`: no bound is exceeded
 * - `warn`, `error`: `warnAfter` is exceeded, `errorAfter` is
 * - `never_loaded`: no file of it is on record, or its column holds no value
 */
export type FreshnessStatus = 'pass' | 'warn' | 'error' | 'never_loaded';

/** How old a source is that declares how old it may be. */
export interface SourceFreshness {
  readonly source: string;
  readonly status: FreshnessStatus;
  /** When its newest file was modified, or the newest value of the column. ISO time; null if it was never loaded. */
  readonly newest: string | null;
  /** Seconds; null if it was never loaded. */
  readonly age: number | null;
  /** Seconds; null where it is not declared. */
  readonly warnAfter: number | null;
  readonly errorAfter: number | null;
  /** The column that is gone by; null if it is the files. */
  readonly column: string | null;
}

/**
 * Looks how old sources are as they are published. Nothing is written.
 *
 * @param nodes those that declare no freshness are left out
 * @param ledger of the target, if it is at hand
 */
export async function checkFreshness(
  session: Session,
  names: Namer,
  nodes: Iterable<ProjectNode>,
  now: Date,
  ledger = new Ledger(session, names),
): Promise<readonly SourceFreshness[]> {
  const declaring = [...nodes].filter(declaresFreshness);
  if (declaring.length === 0) return [];
  const reader = new NewestReader(session, names, ledger);
  const results: SourceFreshness[] = [];
  for (const node of declaring) results.push(judge(node.declaration, await reader.newest(node), now));
  return results;
}

/** Whether a node is a source that says how old it may be. */
export function declaresFreshness(node: ProjectNode): node is ProjectNode<Source> {
  return node.declaration instanceof Source && node.declaration.freshness !== undefined;
}

function judge({ name, freshness = {} }: Source, newest: Date | undefined, now: Date): SourceFreshness {
  const { warnAfter, errorAfter, column = null } = freshness;
  const bounds = {
    warnAfter: warnAfter ? secondsOf(warnAfter) : null,
    errorAfter: errorAfter ? secondsOf(errorAfter) : null,
  };
  if (!newest) return { source: name, status: 'never_loaded', newest: null, age: null, ...bounds, column };
  const age = (now.getTime() - newest.getTime()) / 1000;
  return {
    source: name,
    status: statusOf(age, bounds),
    newest: newest.toISOString(),
    age,
    ...bounds,
    column,
  };
}

function statusOf(
  age: number,
  { warnAfter, errorAfter }: Pick<SourceFreshness, 'warnAfter' | 'errorAfter'>,
): FreshnessStatus {
  if (errorAfter !== null && age > errorAfter) return 'error';
  return warnAfter !== null && age > warnAfter ? 'warn' : 'pass';
}

/** Reads the time of the newest delivery from what is there of raw tables and ledger. */
class NewestReader {
  readonly #session: Session;
  readonly #names: Namer;
  readonly #ledger: Ledger;
  readonly #columns = new Map<string, Promise<RelationColumns>>();

  constructor(session: Session, names: Namer, ledger: Ledger) {
    this.#session = session;
    this.#names = names;
    this.#ledger = ledger;
  }

  async newest({ name, schema, declaration }: ProjectNode<Source>): Promise<Date | undefined> {
    const column = declaration.freshness?.column;
    return column === undefined
      ? this.#max(LEDGER_SCHEMA, 'loaded_files', 'modified_at', `source = ${this.#literal(name)}`)
      : this.#max(schema, name, column, 'true');
  }

  /** The largest of some times; undefined if there is none, or no such column. */
  async #max(schema: string, table: string, column: string, condition: string): Promise<Date | undefined> {
    if (!(await this.#exists(schema, table, column))) return undefined;
    const [row] = await this.#session.query(
      `select cast(cast(max(${this.#names.quote(column)}) as timestamp) as varchar) as newest from ${this.#names.inSchema(schema, table)} where ${condition}`,
    );
    return row?.newest ? new Date(`${String(row.newest).replace(' ', 'T')}Z`) : undefined;
  }

  async #exists(schema: string, table: string, column: string): Promise<boolean> {
    const columns = await this.#columnsOf(schema);
    return columns.get(table.toLowerCase())?.has(column.toLowerCase()) ?? false;
  }

  #columnsOf(schema: string): Promise<RelationColumns> {
    if (schema === LEDGER_SCHEMA) return this.#ledger.columns();
    const known = this.#columns.get(schema) ?? this.#session.columns(this.#names.schema(schema));
    this.#columns.set(schema, known);
    return known;
  }

  #literal(text: string): string {
    return formatLiteral(text, this.#names.dialect);
  }
}
