import {
  checkFreshness,
  countOutcomes,
  declaresFreshness,
  Exposure,
  History,
  type Session,
  type TestStatus,
} from '@matinee/core';
import type { Docs, TestDocs } from '../contract/docs.js';
import type { RunFacts, SiteFacts, TableFacts } from '../contract/site-facts.js';
import type { SiteOptions } from './build-site.js';
import { describeMeasures } from './describe-measures.js';
import { utcTime } from './utc-time.js';
import type { SiteTable } from './write-tables.js';

/** The facts that the first page shows, and those that it needs to find its data. */
export async function describeSite(
  session: Session,
  options: SiteOptions,
  tables: readonly SiteTable[],
  docs: Docs,
): Promise<SiteFacts> {
  const { dag, selected, names, now } = options;
  const nodes = [...selected].map((name) => dag.project.get(name));
  const fresh = await checkFreshness(session, names, nodes.filter(declaresFreshness), now);
  const tests = new Map<string, TestDocs>(
    docs.nodes.flatMap((node) => node.tests.map((test) => [test.name, test] as const)),
  );
  const statuses = [...tests.values()].flatMap(({ status }) => (status ? [status as TestStatus] : []));
  return {
    title: options.title,
    target: options.target,
    engine: options.warehouse.dialect,
    builtAt: now.toISOString(),
    tables: Object.fromEntries(tables.map((table) => [table.name, describeTable(table)])),
    dashboards: nodes.flatMap(({ declaration }) => {
      if (!(declaration instanceof Exposure) || declaration.type !== 'dashboard') return [];
      const { name, title, description, owner } = declaration;
      return [{ name, title, description, owner, reads: dag.inputsOf(name) }];
    }),
    measures: describeMeasures([...dag.project.nodes.values()]),
    lastRun: await lastRun(session, options),
    tests: countOutcomes(statuses),
    freshness: fresh.map(({ source, status, newest }) => ({ source, status, newest })),
    nodes: countBy(nodes.map(({ kind }) => kind)),
    rows: docs.nodes.reduce((sum, { rows }) => sum + (rows ?? 0), 0),
  };
}

function describeTable({ name, node, rows, values, halved, content, version }: SiteTable): TableFacts {
  const { columns, description } = node.declaration;
  return {
    file: `data/${name}.parquet.gz?v=${version}`,
    rows,
    bytes: content.length,
    description,
    columns: Object.entries(columns).map(([column, { type, description }]) => ({
      name: column,
      type,
      description,
      ...(values[column] && { values: values[column] }),
      ...(halved.includes(column) && { halved: true as const }),
    })),
  };
}

async function lastRun(session: Session, { names }: SiteOptions): Promise<RunFacts | null> {
  const history = new History(session, names);
  if (!(await history.exists())) return null;
  const [run] = await history.runs(1);
  if (!run) return null;
  const { runId, command, startedAt, seconds, status } = run;
  return { runId, command, startedAt: utcTime(startedAt), seconds, status };
}

function countBy(values: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}
