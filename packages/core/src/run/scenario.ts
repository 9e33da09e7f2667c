import { createHash } from 'node:crypto';
import { openDuckDb } from '../adapters/duckdb/open.js';
import type { SourceLoader } from '../adapters/source-loader.js';
import { withSession } from '../adapters/with-session.js';
import { NodeError, ProjectError } from '../errors.js';
import { buildDag, type Dag } from '../graph/dag.js';
import { storedInputs } from '../graph/mappings.js';
import { createEmptySource } from '../materialize/empty-source.js';
import { Namer } from '../materialize/names.js';
import { Column, type Columns, type Row } from '../nodes/column.js';
import { Model } from '../nodes/model.js';
import type { Relation } from '../nodes/relation.js';
import { Source } from '../nodes/source.js';
import type { Given, UnitTest } from '../nodes/unit-test.js';
import { Project, type ProjectNode } from '../project/project.js';
import type { VariableValues } from '../project/variables.js';
import type { RelationLike } from '../sql/renderable.js';
import { insertRows, type ScenarioRunner } from '../testing/unit-tests.js';
import { build } from './build.js';

type GivenRows = ReadonlyMap<string, readonly Row<Columns>[]>;

/**
 * Runs scenarios by real builds, each in a warehouse in memory: the tables behind the model are sources there, with the
 * given rows, and the model is built as it would be.
 */
export function scenarioRunner(dag: Dag, variables: VariableValues): ScenarioRunner {
  return async (test, look) => {
    const project = scenarioProject(dag, test);
    const scenario = buildDag(project);
    const warehouse = await openDuckDb({ path: ':memory:', engineThreads: 1 });
    await withSession(warehouse, async (session) => {
      const table = new Namer('duckdb').published(project.get(test.model.name) as ProjectNode<Relation>);
      let given: GivenRows = new Map();
      for (const step of [{ given: test.given, expected: test.expected }, ...test.later]) {
        given = new Map([
          ...given,
          ...step.given.map(({ relation, rows }: Given) => [relation.name, rows] as const),
        ]);
        const result = await build({
          dag: scenario,
          warehouse,
          command: 'build',
          loader: rowsLoader(given),
          variables: { ...variables, ...test.variables },
        });
        const failed = result.nodes.find(({ error }) => error)?.error ?? result.error;
        if (failed) throw failed;
        if (result.status !== 'ok')
          throw new NodeError('NODE_FAILED', `The build ended as ${result.status}.`);
        if (!(await look(session, table, step.expected))) return;
      }
    }).finally(() => warehouse.close());
  };
}

/** A project in which relations are known by their names, for some of its nodes stand in for others. */
class ScenarioProject extends Project {
  override placeOf(relation: RelationLike): ProjectNode<Relation> {
    const node = this.nodes.get(relation.name);
    if (node) return node as ProjectNode<Relation>;
    throw new ProjectError('UNIT_TEST_GIVEN', `'${relation.name}' is read, but no rows are given for it.`);
  }
}

/** The model, the views and ephemeral models that it reads through, and the tables behind them as sources. No tests. */
function scenarioProject(dag: Dag, test: UnitTest): Project {
  const { project } = dag;
  const { stored, between } = storedInputs(dag, test.model.name);
  const given = new Set(test.given.map(({ relation }) => relation.name));
  const missing = stored.filter((name) => !given.has(name));
  const surplus = [...given].filter((name) => !stored.includes(name));
  if (missing.length > 0 || surplus.length > 0) {
    const what =
      missing.length > 0 ? `gives no rows of ${missing.join(', ')}` : `gives rows of ${surplus.join(', ')}`;
    throw new ProjectError(
      'UNIT_TEST_GIVEN',
      `The scenario ${what}; the tables behind the model are ${stored.join(', ')}.`,
      {
        location: test.location,
        hint: 'Give rows of each of these tables in the first step, and of no others.',
      },
    );
  }
  const nodes = [
    ...stored.map((name) => standIn(project.get(name) as ProjectNode<Relation>, sourceOf)),
    ...[...between, test.model.name].map((name) =>
      standIn(project.get(name) as ProjectNode<Relation>, modelOf),
    ),
  ];
  return new ScenarioProject(project.root, nodes, [...project.variables.values()]);
}

function standIn(
  node: ProjectNode<Relation>,
  declare: (declaration: Relation) => Relation,
): ProjectNode<Relation> {
  const declaration = declare(node.declaration);
  return { ...node, declaration, kind: declaration.kind };
}

function sourceOf({ name, columns, key }: Relation): Source {
  return new Source({
    name,
    description: '',
    columns: Object.fromEntries(
      // Columns that a step leaves out are null.
      Object.entries(untested(columns)).map(([column, declared]) => [
        column,
        key.includes(column) ? declared : declared.nullable(),
      ]),
    ),
    key: key as never[],
    shapes: [],
  });
}

function modelOf(declaration: Relation): Model {
  const { name, columns, key, materialized, query, preHook, postHook } = declaration as Model;
  return new Model(
    {
      name,
      description: '',
      columns: untested(columns),
      key: key as never[],
      materialized,
      query,
      preHook,
      postHook,
    },
    declaration.location,
  );
}

/** The columns without the tests that refer to other nodes. */
function untested(columns: Columns): Columns {
  return Object.fromEntries(
    Object.entries(columns).map(([name, { type, isNullable, values }]) => [
      name,
      new Column({ type, nullable: isNullable, description: '', acceptedValues: values, tests: [] }),
    ]),
  );
}

function rowsLoader(given: GivenRows): SourceLoader {
  const versionOf = (name: string) =>
    createHash('sha256')
      .update(
        JSON.stringify(given.get(name) ?? null, (_key, value) =>
          typeof value === 'bigint' ? `${value}n` : value,
        ),
      )
      .digest('hex');
  return {
    survey: async (sources) => ({
      place: 'the scenario',
      files: sources.map(({ name }) => ({
        source: name,
        path: name,
        shape: '',
        bytes: 0,
        modifiedAt: new Date(0).toISOString(),
        version: versionOf(name),
        contentVersion: versionOf(name),
      })),
    }),
    load: async ({ targets, session }) => {
      for (const { source, table } of targets) {
        for (const statement of createEmptySource(table, source, 'duckdb')) await session.execute(statement);
        await insertRows(session, table, source.columns, given.get(source.name) ?? []);
      }
      return targets.map(({ source }) => ({
        source: source.name,
        rows: given.get(source.name)?.length ?? 0,
        rejectedRows: 0,
        repeatedRows: 0,
        overruledRows: 0,
        kept: [],
        files: [],
      }));
    },
  };
}
