import type { Session } from '../adapters/adapter.js';
import { type ChangesModel, changesModel } from '../graph/mappings.js';
import { contractSelect } from '../materialize/contract-select.js';
import { createOverlay, type Slice, touchedRows } from '../materialize/slice.js';
import { createTable } from '../materialize/table.js';
import { isTouched, type Touched } from '../materialize/touched.js';
import type { InputMapping } from '../nodes/materialization.js';
import type { Relation } from '../nodes/relation.js';
import type { NodeStage } from '../plan/plan.js';
import type { ProjectNode } from '../project/project.js';
import { refuseDuplicateKeys } from './duplicate-keys.js';
import type { RunContext } from './run-context.js';

/** What is computed anew of a table. */
export interface Increment {
  readonly slice: Slice;
  /** Rows that the table will have. */
  readonly rows: number;
  /** Rows that go, and rows that come in their place. */
  readonly touchedRows: number;
  readonly newRows: number;
  /** Statements that make the table able to take the rows. Run before these, in the same transaction. */
  readonly prepare?: readonly string[];
  /** Statements that take away what helped to compute it, the candidate itself excepted. */
  readonly cleanUp: readonly string[];
}

/** Why a table is rebuilt in full after all. */
export interface FullRebuild {
  readonly reason: string;
}

export interface IncrementSite {
  readonly run: RunContext;
  readonly session: Session;
  /** The name that a relation is read by now. */
  readonly nameOf: (node: ProjectNode<Relation>) => string;
  /** The model's query with some relations read by other texts; its contract is checked. */
  readonly queryText: (relationName: (node: ProjectNode<Relation>) => string) => Promise<string>;
  execute(statement: string): Promise<void>;
}

/**
 * Computes anew the rows of a model that its changed inputs map to, beside the published table: the candidate is a view
 * that shows the published rows without the touched ones, and the new ones. Nothing that is published is changed yet.
 *
 * @returns why not, if the changes are not known, or are too many.
 */
export async function buildIncrement(
  stage: NodeStage,
  site: IncrementSite,
): Promise<Increment | FullRebuild> {
  const changes = changesModel(stage.node);
  const before = site.run.plan.published.of(stage.node);
  if (!changes || !before?.base) return { reason: 'it was not built by its changes before' };
  const work = new IncrementWork(stage.node, changes, site);
  try {
    const outcome = await work.build(before.base, before.rows);
    if ('reason' in outcome) await work.cleanUp();
    return outcome;
  } catch (error) {
    await work.cleanUp();
    throw error;
  }
}

/** So many values at most are passed on to where a table is read, to skip parts of it. */
const FEW = 50;

class IncrementWork {
  readonly #node: ProjectNode<Relation>;
  readonly #changes: ChangesModel;
  readonly #site: IncrementSite;
  readonly #tables: string[] = [];

  constructor(node: ProjectNode<Relation>, changes: ChangesModel, site: IncrementSite) {
    this.#node = node;
    this.#changes = changes;
    this.#site = site;
  }

  async build(
    base: { readonly stored: Readonly<Record<string, string | null>>; readonly between: string },
    rowsBefore: number,
  ): Promise<Increment | FullRebuild> {
    const { run, session, execute } = this.#site;
    if (!(await this.#hasItsColumns())) return { reason: 'its columns were changed by somebody else' };
    const now = run.plan.versions.baseOf(this.#node);
    if (now.between !== base.between) return { reason: 'a view that it reads has changed' };
    const touched: Touched[] = [];
    for (const mapping of this.#changes.materialized.inputs) {
      const { name } = mapping.input;
      if (base.stored[name] === now.stored[name]) continue;
      const found = await this.#touchedBy(
        mapping,
        base.stored[name] ?? null,
        now.stored[name] ?? null,
        touched.length,
      );
      if ('reason' in found) return found;
      if (found.rows > 0) touched.push(found.touched);
    }
    const slice = this.#slice(await this.#withoutCovered(touched));
    if (slice.touched.length > 0) {
      const stored = await this.#keepReplaced(slice);
      const { maxShare = 1 } = this.#changes.materialized;
      if (stored > rowsBefore * maxShare)
        return { reason: `its inputs touch ${Math.round((stored / rowsBefore) * 100)} % of its rows` };
      await this.#createRows(slice);
      await refuseDuplicateKeys(this.#node, slice.rows, session, run.names.dialect);
      const rows = await this.#count(slice.rows);
      for (const statement of createOverlay(run.names.candidate(this.#node), slice)) await execute(statement);
      return {
        slice,
        rows: rowsBefore - stored + rows,
        touchedRows: stored,
        newRows: rows,
        cleanUp: this.#tables.map((table) => `drop table if exists ${table}`),
      };
    }
    return { slice, rows: rowsBefore, touchedRows: 0, newRows: 0, cleanUp: [] };
  }

  async cleanUp(): Promise<void> {
    for (const table of this.#tables)
      await this.#site.session.execute(`drop table if exists ${table}`).catch(() => undefined);
  }

  /** The values of the model's columns that an input's changes touch, in a table. */
  async #touchedBy(
    { input, columns }: InputMapping,
    from: string | null,
    to: string | null,
    index: number,
  ): Promise<{ readonly touched: Touched; readonly rows: number } | FullRebuild> {
    const { run, session, execute } = this.#site;
    const node = run.project.get(input.name) as ProjectNode<Relation>;
    const values = columns && (await run.feeds.valuesBetween(session, node, from, to, columns));
    if (!columns) return { reason: `${input.name} has changed` };
    if (!values) return { reason: `what has changed in ${input.name} was not written down` };
    const table = this.#helper(`touched_${index}`);
    for (const statement of createTable(table, values, run.names.dialect)) await execute(statement);
    return this.#countTouched(table, Object.values(columns));
  }

  async #countTouched(
    table: string,
    columns: readonly string[],
  ): Promise<{ readonly touched: Touched; readonly rows: number }> {
    const { run, session } = this.#site;
    const counts = columns.map((column, index) => {
      const quoted = run.names.quote(column);
      return `, count(${quoted}) as known_${index}, count(distinct ${quoted}) as distinct_${index}`;
    });
    const [row] = await session.query(`select count(*) as row_count${counts.join('')} from ${table}`);
    const rows = Number(row?.row_count ?? 0);
    const selective = columns.filter(
      (_, index) => Number(row?.[`known_${index}`]) === rows && Number(row?.[`distinct_${index}`]) <= FEW,
    );
    return { touched: { table, columns, selective }, rows };
  }

  /** Notes the rows that go, and counts them. All of their columns are needed where it is written down what changes. */
  async #keepReplaced(slice: Slice): Promise<number> {
    const { run, execute } = this.#site;
    const { key, columns } = this.#changes.model;
    const needed = run.feeds.isWanted(this.#node) ? Object.keys(columns) : key;
    const list = needed.map((column) => run.names.quote(column)).join(', ');
    const rows = `select * from ${touchedRows(slice, list)} as going`;
    for (const statement of createTable(slice.replaced, rows, run.names.dialect)) await execute(statement);
    return this.#count(slice.replaced);
  }

  /** Whether the published table has all columns of the model. */
  async #hasItsColumns(): Promise<boolean> {
    const { run, session } = this.#site;
    const described = await session.describe(`select * from ${run.names.published(this.#node)}`);
    const stored = new Set(described.map(({ name }) => name.toLowerCase()));
    return Object.keys(this.#changes.model.columns).every((name) => stored.has(name.toLowerCase()));
  }

  /** Takes out values that are touched already by fewer columns: whoever looks for these has less to look for. */
  async #withoutCovered(touched: readonly Touched[]): Promise<readonly Touched[]> {
    const { run, execute } = this.#site;
    const left: Touched[] = [];
    for (const one of touched) {
      const wider = touched.filter(
        (other) =>
          other.columns.length < one.columns.length &&
          other.columns.every((name) => one.columns.includes(name)),
      );
      const condition = isTouched({
        alias: one.table,
        touched: wider,
        dialect: run.names.dialect,
        columnOf: (name) => (one.columns.includes(name) ? name : undefined),
      });
      if (wider.length > 0 && condition) {
        await execute(`delete from ${one.table} where ${condition}`);
        if ((await this.#count(one.table)) === 0) continue;
      }
      left.push(one);
    }
    return left;
  }

  /** Computes the touched rows from those rows of the inputs that may have part in them. */
  async #createRows(slice: Slice): Promise<void> {
    const { run, execute, queryText, nameOf } = this.#site;
    const { columns } = this.#changes.model;
    const { dialect } = run.names;
    // A query that names columns by their table does not find them in a bracketed query: it then reads all rows.
    const text = await queryText((node) => this.#restricted(node, slice) ?? nameOf(node)).catch(() =>
      queryText(nameOf),
    );
    const condition = isTouched({
      alias: 'made',
      touched: slice.touched,
      dialect,
      columnOf: (name) => name,
    });
    const select = `select * from (\n${contractSelect(text, columns, dialect, true)}\n) as made where ${condition}`;
    for (const statement of createTable(slice.rows, select, dialect)) await execute(statement);
  }

  /** The rows of an input that can matter, as a bracketed query; undefined if that cannot be told. */
  #restricted(node: ProjectNode<Relation>, { touched }: Slice): string | undefined {
    const { run, nameOf } = this.#site;
    const mapping = this.#changes.materialized.inputs.find(({ input }) => input.name === node.name);
    const own = new Map(Object.entries(mapping?.columns ?? {}).map(([from, to]) => [to, from]));
    const condition = isTouched({
      alias: 'input_rows',
      touched,
      dialect: run.names.dialect,
      columnOf: (name) => own.get(name),
    });
    return condition && `(select * from ${nameOf(node)} as input_rows where ${condition})`;
  }

  #slice(touched: readonly Touched[]): Slice {
    const { names } = this.#site.run;
    return {
      published: names.published(this.#node),
      rows: this.#helper('rows'),
      replaced: this.#helper('replaced'),
      touched,
      newRowsAreTouched: true,
      columns: this.#changes.model.columns,
      dialect: names.dialect,
    };
  }

  /** A table of its own; its name ends as that of a candidate, so that a later run clears it away. */
  #helper(what: string): string {
    const table = this.#site.run.names.helper(this.#node, what);
    if (!this.#tables.includes(table)) this.#tables.push(table);
    return table;
  }

  async #count(relation: string): Promise<number> {
    const [row] = await this.#site.session.query(`select count(*) as row_count from ${relation} as counted`);
    return Number(row?.row_count ?? 0);
  }
}
