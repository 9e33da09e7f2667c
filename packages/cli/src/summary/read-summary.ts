import {
  countOutcomes,
  type Dialect,
  isEphemeral,
  Ledger,
  type Session,
  type TestOutcomes,
  type TestStatus,
  type Warehouse,
  WarehouseError,
  withSession,
} from '@matinee/core';
import { materializedAs } from '../workspace/materialized-as.js';
import type { OpenProject } from '../workspace/open-project.js';

/** A node as it stands in the warehouse. */
export interface PublishedNode {
  readonly name: string;
  readonly kind: string;
  readonly schema: string;
  readonly package: string;
  readonly materialized: string;
  readonly description: string;
  readonly rows: number;
  /** How long its last build took, if that is known. */
  readonly seconds: number | undefined;
}

export interface Summary {
  readonly target: string;
  readonly place: string;
  /** What it takes on disk, where it lies on one. */
  readonly bytes: number | undefined;
  readonly engine: Dialect;
  /** Package by package, those that others read first; inside of a package in the order of the DAG. */
  readonly nodes: readonly PublishedNode[];
  /** Results of tests as they came out last. */
  readonly tests: TestOutcomes;
}

/** Reads from the ledger what is published. @throws WarehouseError WAREHOUSE_EMPTY if nothing is. */
export function readSummary(warehouse: Warehouse, open: OpenProject): Promise<Summary> {
  return withSession(warehouse, async (session) => {
    const ledger = new Ledger(session, open.names);
    const versions = await ledger.readVersions();
    const known = open.dag.inOrder([...versions.keys()].filter((name) => isStored(open, name)));
    if (known.length === 0) {
      throw new WarehouseError('WAREHOUSE_EMPTY', `Nothing is published in ${warehouse.place}.`, {
        hint: 'Build it first: matinee build.',
      });
    }
    const seconds = await buildSeconds(session, ledger);
    const nodes = byPackage(open, known).map((name) => {
      const node = open.project.get(name);
      return {
        name,
        kind: node.kind,
        schema: open.names.schema(node.schema),
        package: node.package,
        materialized: materializedAs(node) ?? node.kind,
        description: node.declaration.description,
        rows: versions.get(name)?.rows ?? 0,
        seconds: seconds.get(name),
      };
    });
    const tests = await latestOutcomes(session, ledger);
    const { place, dialect: engine } = warehouse;
    const bytes = warehouse.disk?.()?.used;
    return { target: open.settings.targetName, place, engine, bytes, nodes, tests };
  });
}

function byPackage({ dag, project }: OpenProject, names: readonly string[]): readonly string[] {
  const reads = new Map<string, Set<string>>();
  for (const name of names) {
    const owner = project.get(name).package;
    const upstream = [...dag.reach(name, 'up')].map((input) => project.get(input).package);
    reads.set(owner, new Set([...(reads.get(owner) ?? []), ...upstream]));
  }
  const rank = (name: string) => {
    const owner = project.get(name).package;
    return [String(reads.get(owner)?.size ?? 0).padStart(6, '0'), owner].join(' ');
  };
  return [...names].sort((a, b) => rank(a).localeCompare(rank(b), 'en'));
}

/** Ephemeral models and nodes of the past are no tables. */
function isStored({ project }: OpenProject, name: string): boolean {
  const node = project.nodes.get(name);
  return node !== undefined && !isEphemeral(node);
}

/** How long the last build of each node took. */
async function buildSeconds(session: Session, ledger: Ledger): Promise<ReadonlyMap<string, number>> {
  const rows = await session.query(
    `select n.node, max_by(n.seconds, r.started_at) as seconds
     from ${ledger.table('node_results')} as n
     join ${ledger.table('runs')} as r using (run_id)
     where n.status = 'ok'
     group by n.node`,
  );
  return new Map(rows.map((row) => [String(row.node), Number(row.seconds)]));
}

/** How the tests came out last. */
async function latestOutcomes(session: Session, ledger: Ledger): Promise<TestOutcomes> {
  const rows = await session.query(
    `select t.test, max_by(t.status, r.started_at) as status
     from ${ledger.table('test_results')} as t
     join ${ledger.table('runs')} as r using (run_id)
     group by t.test`,
  );
  return countOutcomes(rows.map(({ status }) => status as TestStatus));
}
