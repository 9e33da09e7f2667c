import type { Session } from '../adapters/adapter.js';
import { throwIfAborted } from '../adapters/interruption.js';
import { bindQuery } from '../check/bind-query.js';
import { messageOf } from '../errors.js';
import { changesModel } from '../graph/mappings.js';
import { contractSelect } from '../materialize/contract-select.js';
import { incrementSelect } from '../materialize/incremental.js';
import { selectWindow, type TimeWindow, windowStart } from '../materialize/microbatch.js';
import type { Namer } from '../materialize/names.js';
import { createSeed } from '../materialize/seed.js';
import { snapshotSelect } from '../materialize/snapshot.js';
import { createTable, type TableOptions } from '../materialize/table.js';
import { createView } from '../materialize/view.js';
import type { Columns } from '../nodes/column.js';
import type { Incremental } from '../nodes/materialization.js';
import { Model } from '../nodes/model.js';
import type { Relation } from '../nodes/relation.js';
import type { Seed } from '../nodes/seed.js';
import type { Snapshot } from '../nodes/snapshot.js';
import type { NodeStage } from '../plan/plan.js';
import type { Project, ProjectNode } from '../project/project.js';
import { statementError } from '../project/query-error.js';
import { incrementalOf, type RenderOptions, renderQuery } from '../project/render-query.js';
import type { VariableValues } from '../project/variables.js';
import type { Sql } from '../sql/fragment.js';
import { refuseDuplicateKeys } from './duplicate-keys.js';
import { buildIncrement, type Increment } from './increment.js';
import { onOwnWarehouse } from './own-warehouse.js';
import { isKeyByForm } from './proof.js';
import { publishedViewSelect } from './published-view.js';
import type { RunContext } from './run-context.js';

export interface BuilderContext {
  readonly run: RunContext;
  readonly project: Project;
  readonly names: Namer;
  readonly variables: VariableValues;
  readonly session: Session;
  /** The name that a relation is read by while the group is being built. */
  readonly relationName: (node: ProjectNode<Relation>) => string;
  /** Whether something is published under the node's name. */
  readonly isStored: (node: ProjectNode<Relation>) => boolean;
  /** False where even seeds are to come out empty. */
  readonly withRows: boolean;
  readonly now: Date;
  readonly signal: AbortSignal | undefined;
}

/** What is known of a candidate beside its rows. */
export interface Candidate {
  readonly rows: number;
  /** Columns stored as enums: that their values are accepted ones is proved. */
  readonly enums: ReadonlySet<string>;
  /** What was computed anew, if not all of it was. */
  readonly increment?: Increment;
  /** Why all of it was, where that was not the plan. */
  readonly fullBecause?: string;
}

/** DuckDB names the integer that an enum is made of. */
const ENUM_MISMATCH = /could not convert string .* to (UINT\d+|ENUM)/is;

/** Builds the candidates of models, seeds and snapshots. */
export class NodeBuilder {
  readonly #context: BuilderContext;

  constructor(context: BuilderContext) {
    this.#context = context;
  }

  async build(stage: NodeStage): Promise<Candidate> {
    const { names, session } = this.#context;
    const candidate = names.candidate(stage.node);
    await this.#hooks(stage, (model) => model.preHook);
    const { increment, enums } = await onOwnWarehouse(stage.node, session, async () => {
      const increment = await this.#increment(stage);
      const isSlice = increment !== undefined && 'slice' in increment;
      return { increment, enums: isSlice ? new Set<string>() : await this.#create(stage, candidate) };
    });
    if (increment && 'slice' in increment) return { rows: increment.rows, enums, increment };
    await this.#hooks(stage, (model) => model.postHook);
    throwIfAborted(this.#context.signal);
    await this.#requireKey(stage, candidate);
    const [count] = await session.query(`select count(*) as row_count from ${candidate}`);
    const rows = Number(count?.row_count ?? 0);
    return { rows, enums, ...(increment && { fullBecause: increment.reason }) };
  }

  /** Increments go by the key: where no test looks at it, it is looked at here. */
  async #requireKey(stage: NodeStage, candidate: string): Promise<void> {
    const { run, session, names } = this.#context;
    const { node } = stage;
    if (!run.withoutTests || !incrementalOf(node)) return;
    if (await isKeyByForm(node.declaration.key, stage, run, session)) return;
    await refuseDuplicateKeys(node, candidate, session, names.dialect);
  }

  /** Computes a model that is incremental by changes from these alone, if that is planned and can be done. */
  async #increment(stage: NodeStage): Promise<Increment | { readonly reason: string } | undefined> {
    const { run, session, relationName } = this.#context;
    const { node } = stage;
    if (stage.action !== 'increment' || !changesModel(node)) return undefined;
    const { query, columns, postHook } = node.declaration as Model;
    if (postHook.length > 0) return { reason: 'its hooks may change any row' };
    try {
      return await buildIncrement(stage, {
        run,
        session,
        nameOf: relationName,
        queryText: (nameOf) => this.#checkedQuery(node, query, columns, false, nameOf),
        execute: (statement) => this.#executeAll([statement], node),
      });
    } catch (error) {
      if (!ENUM_MISMATCH.test(messageOf(error))) throw error;
      return { reason: 'it holds values that are not accepted ones' };
    }
  }

  /** The query behind a view's published name. */
  publishedViewSelect({ node }: NodeStage): string {
    const { project, names, variables } = this.#context;
    return publishedViewSelect(node, project, names, variables);
  }

  async #create(stage: NodeStage, candidate: string): Promise<ReadonlySet<string>> {
    const { names, isStored, withRows, now } = this.#context;
    const { node, action } = stage;
    const { dialect } = names;
    switch (action) {
      case 'seed':
        await this.#executeAll(
          createSeed(candidate, node.declaration as Seed, dialect, {
            withRows,
            grantsOf: this.#tableOptions(node).grantsOf,
          }),
          node,
        );
        return new Set();
      case 'view': {
        const { query, columns } = node.declaration as Model;
        const text = await this.#checkedQuery(node, query, columns, false);
        await this.#executeAll(createView(candidate, contractSelect(text, columns, dialect)), node);
        return new Set();
      }
      case 'snapshot': {
        const snapshot = node.declaration as Snapshot;
        const text = await this.#checkedQuery(node, snapshot.query, snapshot.queryColumns, false);
        const select = contractSelect(text, snapshot.queryColumns, dialect);
        const published = isStored(node) ? names.published(node) : undefined;
        return this.#createTable(
          node,
          candidate,
          snapshotSelect({ snapshot, published, select, now, dialect }),
        );
      }
      case 'increment': {
        if (changesModel(node)) break;
        const model = node.declaration as Model;
        const window = await this.#window(model, names.published(node));
        if (window === 'everything') break;
        const text = await this.#checkedQuery(node, model.query, model.columns, true);
        const { microbatch } = model.materialized as Incremental;
        const whole = contractSelect(text, model.columns, dialect);
        const select = microbatch && window ? selectWindow(whole, microbatch.time, window, dialect) : whole;
        if ((model.materialized as Incremental).strategy !== 'append')
          await refuseDuplicateKeys(node, `(${select}\n)`, this.#context.session, dialect);
        const published = names.published(node);
        const stored = await this.#context.session.describe(`select * from ${published}`);
        const known = new Set(stored.map(({ name }) => name.toLowerCase()));
        const added = new Set(Object.keys(model.columns).filter((name) => !known.has(name.toLowerCase())));
        return this.#createTable(
          node,
          candidate,
          incrementSelect({ model, published, select, added, ...(window && { window }), dialect }),
        );
      }
    }
    const { query, columns } = node.declaration as Model;
    return this.#createTable(node, candidate, await this.#checkedQuery(node, query, columns, false));
  }

  /** The time that a model in microbatches computes anew; `everything` while its table is empty. */
  async #window(model: Model, published: string): Promise<TimeWindow | 'everything' | undefined> {
    const { microbatch } = model.materialized as Incremental;
    if (!microbatch) return undefined;
    const { session, names, run } = this.#context;
    if (run.window) return run.window;
    const [row] = await session.query(windowStart(published, microbatch, names.dialect));
    const from = row?.start_of_window;
    return typeof from === 'string' ? { from, to: undefined } : 'everything';
  }

  /**
   * Creates a table in its stored types. A value that its enum does not know would fail the statement without saying which
   * rows: then the column stays text, and its accepted-values test tells.
   */
  async #createTable(
    node: ProjectNode<Relation>,
    candidate: string,
    query: string,
  ): Promise<ReadonlySet<string>> {
    const { names } = this.#context;
    const { columns } = node.declaration;
    const enums =
      names.dialect === 'duckdb' ? Object.keys(columns).filter((name) => columns[name]?.values) : [];
    const create = (stored: boolean) =>
      this.#executeAll(
        createTable(
          candidate,
          contractSelect(query, columns, names.dialect, stored),
          names.dialect,
          this.#tableOptions(node),
        ),
        node,
      );
    try {
      await create(true);
      return new Set(enums);
    } catch (error) {
      if (enums.length === 0 || !ENUM_MISMATCH.test(messageOf(error))) throw error;
      await create(false);
      return new Set();
    }
  }

  /** A history cannot be computed again, and is kept as safe as the engine can. */
  #tableOptions(node: ProjectNode<Relation>): TableOptions {
    const { isStored, names } = this.#context;
    const { declaration } = node;
    const {
      transient = true,
      clusterBy,
      copyGrants = true,
    } = declaration instanceof Model ? declaration.snowflake : { transient: false };
    return {
      permanent: !transient,
      ...(clusterBy && { clusterBy }),
      grantsOf: copyGrants && isStored(node) ? names.published(node) : undefined,
    };
  }

  /** A query's text once its columns are those of the contract. */
  async #checkedQuery(
    node: ProjectNode<Relation>,
    query: Sql,
    columns: Columns,
    incremental: boolean,
    relationName = this.#context.relationName,
  ): Promise<string> {
    const { project, names, variables, session } = this.#context;
    const options: RenderOptions = {
      dialect: names.dialect,
      variables,
      relationName,
      incremental,
      self: names.published(node),
    };
    return (await bindQuery(session, { project, node, query, columns, options })).text;
  }

  /** Statements of the model's own, before or after it is built. */
  async #hooks({ node }: NodeStage, select: (model: Model) => readonly Sql[]): Promise<void> {
    const { project, names, variables, relationName } = this.#context;
    if (!(node.declaration instanceof Model)) return;
    const self = names.candidate(node);
    const statements = select(node.declaration).map(
      (hook) => renderQuery(project, hook, { dialect: names.dialect, variables, relationName, self }).text,
    );
    await this.#executeAll(statements, node);
  }

  async #executeAll(statements: readonly string[], node: ProjectNode<Relation>): Promise<void> {
    for (const statement of statements) {
      throwIfAborted(this.#context.signal);
      await this.#context.session.execute(statement).catch((error: unknown) => {
        throw statementError(node, error);
      });
    }
  }
}
