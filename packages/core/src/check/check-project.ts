import type { DescribedColumn, Session } from '../adapters/adapter.js';
import { sqlType } from '../adapters/column-types.js';
import { openDuckDb } from '../adapters/duckdb/open.js';
import { withSession } from '../adapters/with-session.js';
import { MatineeError, messageOf, NodeError, ProjectError } from '../errors.js';
import type { Dag } from '../graph/dag.js';
import { Namer } from '../materialize/names.js';
import { createSeed } from '../materialize/seed.js';
import { Analysis } from '../nodes/analysis.js';
import type { Columns } from '../nodes/column.js';
import { Model } from '../nodes/model.js';
import { Seed } from '../nodes/seed.js';
import { Snapshot } from '../nodes/snapshot.js';
import { provenanceColumns } from '../nodes/source.js';
import type { Project, ProjectNode } from '../project/project.js';
import { isEphemeral, type RenderOptions } from '../project/render-query.js';
import type { VariableValues } from '../project/variables.js';
import type { Sql } from '../sql/fragment.js';
import { type ProjectTest, projectTests } from '../testing/project-tests.js';
import { bindQuery } from './bind-query.js';

export interface CheckOptions {
  readonly dag: Dag;
  /** Names of the nodes to check; their inputs exist by their contracts. */
  readonly selected: ReadonlySet<string>;
  readonly variables?: VariableValues;
}

/** What a check has looked at, and everything it found wrong. */
export interface CheckResult {
  readonly queries: number;
  readonly errors: readonly MatineeError[];
}

/**
 * Binds every query on empty tables in memory: unknown columns, wrong types and broken contracts are found with no
 * warehouse and no data. Literals of a wrong type in comparisons and nulls are not: those are for tests.
 */
export async function checkProject({ dag, selected, variables = {} }: CheckOptions): Promise<CheckResult> {
  const { project } = dag;
  const warehouse = await openDuckDb({ path: ':memory:', engineThreads: 1 });
  return withSession(warehouse, async (session) => {
    const checker = new Checker(project, session, new Namer('duckdb'), variables);
    await checker.createEmptyTables();
    for (const name of selected) await checker.checkNode(project.get(name));
    for (const test of projectTests(project, dag)) {
      if (selected.has(test.owner)) await checker.checkTest(test);
    }
    return { queries: checker.queries, errors: checker.errors };
  }).finally(() => warehouse.close());
}

class Checker {
  readonly errors: MatineeError[] = [];
  queries = 0;
  readonly #project: Project;
  readonly #session: Session;
  readonly #names: Namer;
  readonly #variables: VariableValues;

  constructor(project: Project, session: Session, names: Namer, variables: VariableValues) {
    this.#project = project;
    this.#session = session;
    this.#names = names;
    this.#variables = variables;
  }

  /** Every stored relation as its contract says it is, with no rows. */
  async createEmptyTables(): Promise<void> {
    const relations = this.#project.relations().filter((node) => !isEphemeral(node));
    for (const schema of new Set(relations.map((node) => node.schema))) {
      await this.#session.execute(`create schema if not exists ${this.#names.quote(schema)}`);
    }
    for (const node of relations) {
      const columns = Object.entries(node.declaration.columns).map(
        ([name, { type }]) => `${this.#names.quote(name)} ${sqlType(type, 'duckdb')}`,
      );
      const provenance =
        node.kind === 'source' ? Object.values(provenanceColumns).map((name) => `${name} varchar`) : [];
      await this.#session.execute(
        `create table ${this.#names.published(node)} (${[...columns, ...provenance].join(', ')})`,
      );
    }
  }

  async checkNode(node: ProjectNode): Promise<void> {
    const { declaration } = node;
    if (declaration instanceof Model) {
      await this.bind(node, declaration.query, declaration.columns);
      if (declaration.materialized.type === 'incremental')
        await this.bind(node, declaration.query, declaration.columns, true);
    }
    if (declaration instanceof Snapshot) await this.bind(node, declaration.query, declaration.queryColumns);
    if (declaration instanceof Analysis) await this.bind(node, declaration.query, declaration.columns);
    if (declaration instanceof Seed) this.#collect(() => createSeed(declaration.name, declaration, 'duckdb'));
  }

  /** A mapped test must return the columns that its inputs are mapped to. */
  async checkTest({ owner, query, inputs = [] }: ProjectTest): Promise<void> {
    const node = this.#project.get(owner);
    const described = await this.bind(node, query, undefined);
    const returned = new Set(described?.map(({ name }) => name.toLowerCase()));
    const mapped = new Set(inputs.flatMap(({ columns }) => Object.values(columns ?? {})));
    const missing = [...mapped].filter((name) => !returned.has(name.toLowerCase()));
    if (!described || missing.length === 0) return;
    this.#add(
      node,
      new ProjectError(
        'INPUT_MAPPING',
        `${owner}: its inputs are mapped to ${missing.join(', ')}, which its query does not return.`,
        { location: node.declaration.location, hint: 'Select it, or map to a column that is selected.' },
      ),
    );
  }

  /** Prepares a query, and compares what it would return with a contract if there is one. */
  async bind(
    node: ProjectNode,
    query: Sql,
    columns: Columns | undefined,
    incremental = false,
  ): Promise<readonly DescribedColumn[] | undefined> {
    this.queries++;
    const options: RenderOptions = {
      dialect: 'duckdb',
      variables: this.#variables,
      incremental,
      relationName: (relation) => this.#names.published(relation),
      ...(node.declaration instanceof Model && { self: this.#names.published(node as ProjectNode<Model>) }),
    };
    try {
      const bound = { project: this.#project, node, query, columns, options };
      return (await bindQuery(this.#session, bound)).described;
    } catch (error) {
      this.#add(node, error);
      return undefined;
    }
  }

  #collect(work: () => unknown): void {
    try {
      work();
    } catch (error) {
      this.#add(undefined, error);
    }
  }

  #add(node: ProjectNode | undefined, error: unknown): void {
    const known =
      error instanceof MatineeError ? error : new NodeError('CHECK', `${node?.name}: ${messageOf(error)}`);
    // An ephemeral model's mistake shows in all that reads it: once is enough.
    if (
      !this.errors.some(
        (other) =>
          other.location?.file === known.location?.file &&
          other.location?.line === known.location?.line &&
          other.code === known.code,
      )
    ) {
      this.errors.push(known);
    }
  }
}
