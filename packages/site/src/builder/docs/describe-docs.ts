import {
  columnLineage,
  Exposure,
  History,
  isEphemeral,
  isRelationNode,
  Ledger,
  Model,
  type PastBuild,
  type ProjectNode,
  type Session,
  storedBytes,
} from '@matinee/core';
import type { Docs, NodeDocs } from '../../contract/docs.js';
import type { SiteOptions } from '../build-site.js';
import { groupBy } from '../group-by.js';
import { describeBuild } from './describe-build.js';
import { describeColumns } from './describe-columns.js';
import { describeMeasures } from './describe-measures.js';
import { describeSql } from './describe-sql.js';
import { describeTests, type OwnedTest } from './describe-tests.js';

/** How many builds of a node are told of. */
const BUILDS = 30;

/** What the warehouse knows of the nodes. */
interface Known {
  readonly builds: ReadonlyMap<string, readonly PastBuild[]>;
  readonly rows: ReadonlyMap<string, number | undefined>;
  readonly bytes: ReadonlyMap<string, number>;
  readonly tests: ReadonlyMap<string, readonly OwnedTest[]>;
}

/** Describes every selected node that is no test: what it declares, what the ledger has of it, and what it reads. */
export async function describeDocs(session: Session, options: SiteOptions): Promise<Docs> {
  const { dag, selected, names } = options;
  const history = new History(session, names);
  const hasLedger = await history.exists();
  const relations = dag.project.relations();
  const known: Known = {
    builds: groupBy(hasLedger ? await history.builds(BUILDS) : [], ({ node }) => node),
    rows: new Map(
      hasLedger
        ? [...(await new Ledger(session, names).readVersions())].map(([name, { rows }]) => [name, rows])
        : [],
    ),
    bytes: await storedBytes(session, names, relations),
    tests: describeTests(dag, hasLedger ? await history.testResults() : []),
  };
  const shown = [...selected]
    .map((name) => dag.project.get(name))
    .filter(({ kind }) => kind !== 'data_test' && kind !== 'unit_test');
  const origins = await columnLineage(dag.project, shown, options.variables);
  return {
    nodes: shown.map((node) => describeNode(node, options, known)),
    columnEdges: origins.map(({ from, to }) => ({
      from: [from.node, from.column],
      to: [to.node, to.column],
    })),
  };
}

function describeNode(node: ProjectNode, { dag, names, ...options }: SiteOptions, known: Known): NodeDocs {
  const { name, kind, declaration, path } = node;
  const stored = isRelationNode(node);
  const tests = known.tests.get(name) ?? [];
  const byQuery = dag.queryInputsOf(name);
  const title = declaration instanceof Exposure ? { title: declaration.title } : {};
  return {
    name,
    kind,
    ...title,
    materialized: declaration instanceof Model ? declaration.materialized.type : stored ? 'table' : null,
    package: node.package,
    domain: node.package.replace(/^.*[/]/, '').replace(/^models-/, ''),
    schema: stored ? names.schema(node.schema) : null,
    owner: node.owner ?? null,
    path,
    line: declaration.location?.line ?? null,
    description: declaration.description,
    tags: declaration.tags,
    key: stored ? node.declaration.key : [],
    columns: 'columns' in declaration ? describeColumns(declaration.columns, tests) : [],
    reads: dag.inputsOf(name),
    testReads: dag.inputsOf(name).filter((input) => !byQuery.includes(input)),
    tests: tests.map(({ docs }) => docs),
    sql: describeSql(node, dag, options.variables),
    rows: isEphemeral(node) ? null : (known.rows.get(name) ?? null),
    bytes: known.bytes.get(name) ?? null,
    builds: (known.builds.get(name) ?? []).map(describeBuild),
    measures: describeMeasures(declaration, dag.project, names.dialect),
  };
}
