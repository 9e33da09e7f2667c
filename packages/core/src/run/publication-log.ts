import type { Session, Warehouse } from '../adapters/adapter.js';
import { messageOf, WarehouseError } from '../errors.js';
import { isMarked } from '../materialize/comment.js';
import type { Evidence, Move } from '../materialize/move.js';
import type { Namer } from '../materialize/names.js';
import { keepingGrants } from '../materialize/view-definition.js';
import { formatLiteral, type LiteralValue } from '../sql/literal.js';
import { inBatches } from './in-batches.js';
import type { Ledger } from './ledger.js';
import { LEDGER_SCHEMA } from './ledger-tables.js';

/** How a group is published where DDL commits by itself. */
export interface Publication {
  /** DDL that makes published tables able to take rows. What is published stays readable, and the same but for new columns. */
  readonly prepare: readonly string[];
  readonly moves: readonly Move[];
  /** Changes of rows, those of the ledger among them: one transaction. */
  readonly changes: readonly string[];
  /** DDL that clears away what is not needed any more. What it leaves is a leftover for the next run. */
  readonly cleanUp: readonly string[];
}

const COLUMNS = ['publication', 'position', 'kind', 'statement', 'undo', 'evidence'] as const;

/**
 * Publishes where names cannot be moved in a transaction. What will be done is written down first; then the names are moved,
 * and a transaction changes rows and ledger and takes the note away. If something fails, the moves are taken back. After a
 * crash the note says what to finish, and the tables' own marks say how far it had come.
 */
export class PublicationLog {
  readonly #warehouse: Pick<Warehouse, 'requireWriter'>;
  readonly #session: Session;
  readonly #names: Namer;

  constructor(warehouse: Pick<Warehouse, 'requireWriter'>, session: Session, names: Namer) {
    this.#warehouse = warehouse;
    this.#session = session;
    this.#names = names;
  }

  async create(): Promise<void> {
    const columns = COLUMNS.map((name) => `${name} ${name === 'position' ? 'bigint' : 'varchar'}`);
    await this.#session.execute(`create table if not exists ${this.#table} (${columns.join(', ')})`);
  }

  /**
   * @param mark stands in the comments of the tables that are moved, and in those of no others
   * @throws whatever failed; all is then as it was. WarehouseError PUBLICATION_HALF_WAY if that could not be brought about.
   */
  async publish(mark: string, publication: Publication): Promise<void> {
    const { prepare, moves, changes, cleanUp } = publication;
    await this.#requireWriter();
    for (const statement of prepare) await this.#session.execute(statement);
    const undoable = await this.#withDefinitions(moves);
    await this.#note(mark, undoable, changes);
    try {
      for (const { statement } of undoable) {
        await this.#requireWriter();
        await this.#session.execute(statement);
      }
      await this.#change(mark, changes);
    } catch (error) {
      // Whoever has the lease now finishes it by the note.
      if (isLeaseLost(error) || (await this.#isTakenBack(mark, undoable, error))) throw error;
    }
    for (const statement of cleanUp) await this.#session.execute(statement).catch(() => undefined);
  }

  /** Whether a publication was broken off, whose candidates the next build needs. */
  async isUnfinished(ledger: Ledger): Promise<boolean> {
    if (!(await ledger.columns()).has('publications')) return false;
    return (await this.#session.query(`select 1 as noted from ${this.#table} limit 1`)).length > 0;
  }

  /**
   * Finishes publications that were broken off: their candidates had passed their tests.
   *
   * @returns their marks.
   */
  async recover(ledger: Ledger): Promise<readonly string[]> {
    if (!(await this.isUnfinished(ledger))) return [];
    const rows = await this.#session.query(`select * from ${this.#table} order by publication, position`);
    const marks = [...new Set(rows.map((row) => String(row.publication)))];
    for (const mark of marks) {
      const own = rows.filter((row) => row.publication === mark);
      const moves = own.filter(({ kind }) => kind === 'move').map(moveOf);
      const changes = own.filter(({ kind }) => kind === 'change').map(({ statement }) => String(statement));
      await this.#finish(mark, moves, changes);
    }
    return marks;
  }

  async #finish(mark: string, moves: readonly Move[], changes: readonly string[]): Promise<void> {
    try {
      for (const move of moves) {
        await this.#requireWriter();
        if (!(await this.#isMade(mark, move.evidence))) await this.#session.execute(move.statement);
      }
      await this.#change(mark, changes);
    } catch (error) {
      if (isLeaseLost(error)) throw error;
      await this.#isTakenBack(mark, moves, error);
    }
  }

  /** Changes rows and takes the note away, both or neither. */
  async #change(mark: string, changes: readonly string[]): Promise<void> {
    await this.#session.transaction(async () => {
      await this.#requireWriter();
      for (const statement of changes) await this.#session.execute(statement);
      await this.#session.execute(`delete from ${this.#table} where publication = ${this.#literal(mark)}`);
    });
  }

  /** A view that replaces a view is taken back by the definition that stands there now. */
  async #withDefinitions(moves: readonly Move[]): Promise<readonly Move[]> {
    const complete: Move[] = [];
    for (const move of moves) {
      if (!move.replacesView) complete.push(move);
      else {
        const [row] = await this.#session.query(
          `select get_ddl('view', ${this.#literal(move.replacesView)}, true) as definition`,
        );
        complete.push({ ...move, undo: keepingGrants(String(row?.definition)) });
      }
    }
    return complete;
  }

  /**
   * Makes all as it was before, unless all was done: the answer to a commit may get lost on its way.
   *
   * @throws WarehouseError PUBLICATION_HALF_WAY. LEASE_LOST.
   */
  async #isTakenBack(mark: string, moves: readonly Move[], cause: unknown): Promise<boolean> {
    try {
      if (!(await this.#isNoted(mark))) return false;
      for (const { undo, evidence } of [...moves].reverse()) {
        await this.#requireWriter();
        if (undo !== undefined && (evidence === undefined || (await this.#isMade(mark, evidence))))
          await this.#session.execute(undo);
      }
      await this.#requireWriter();
      await this.#session.execute(`delete from ${this.#table} where publication = ${this.#literal(mark)}`);
      return true;
    } catch (error) {
      if (isLeaseLost(error)) throw error;
      throw new WarehouseError(
        'PUBLICATION_HALF_WAY',
        `A publication failed half-way (${messageOf(cause)}), and taking it back failed too: ${messageOf(error)}`,
        { hint: 'Build again once that is mended: the next build finishes it first.', cause },
      );
    }
  }

  async #isMade(mark: string, evidence: Evidence | undefined): Promise<boolean> {
    if (!evidence) return false;
    const [schema = '', name = ''] = evidence.relation.split('.');
    const stored = await this.#session.relations([schema]);
    const relation = stored.find((one) => one.name === name);
    return relation !== undefined && (!evidence.isMarked || isMarked(relation.comment, mark));
  }

  async #isNoted(mark: string): Promise<boolean> {
    const rows = await this.#session.query(
      `select 1 as noted from ${this.#table} where publication = ${this.#literal(mark)} limit 1`,
    );
    return rows.length > 0;
  }

  async #note(mark: string, moves: readonly Move[], changes: readonly string[]): Promise<void> {
    const rows = [
      ...moves.map(({ statement, undo, evidence }) => [
        'move',
        statement,
        undo ?? null,
        evidence ? JSON.stringify(evidence) : null,
      ]),
      ...changes.map((statement) => ['change', statement, null, null]),
    ].map(([kind, ...rest], position): LiteralValue[] => [mark, position, kind ?? null, ...rest]);
    await this.#session.transaction(async () => {
      for (const batch of inBatches(
        rows.map((row) => `(${row.map((value) => this.#literal(value)).join(', ')})`),
      ))
        await this.#session.execute(
          `insert into ${this.#table} (${COLUMNS.join(', ')}) values ${batch.join(', ')}`,
        );
    });
  }

  async #requireWriter(): Promise<void> {
    await this.#warehouse.requireWriter?.(this.#session);
  }

  #literal(value: LiteralValue): string {
    return formatLiteral(value, this.#names.dialect);
  }

  get #table(): string {
    return this.#names.inSchema(LEDGER_SCHEMA, 'publications');
  }
}

const isLeaseLost = (error: unknown) => error instanceof WarehouseError && error.code === 'LEASE_LOST';

function moveOf(row: Readonly<Record<string, unknown>>): Move {
  return {
    statement: String(row.statement),
    undo: typeof row.undo === 'string' ? row.undo : undefined,
    evidence: typeof row.evidence === 'string' ? JSON.parse(row.evidence) : undefined,
  };
}
