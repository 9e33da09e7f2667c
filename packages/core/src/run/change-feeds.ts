import type { Session } from '../adapters/adapter.js';
import type { Dag } from '../graph/dag.js';
import { changesModel } from '../graph/mappings.js';
import {
  changedValues,
  createFeed,
  type Difference,
  type FeedTable,
  recordChanges,
} from '../materialize/change-feed.js';
import type { Namer } from '../materialize/names.js';
import type { Relation } from '../nodes/relation.js';
import type { PublishedVersion, WarehouseState } from '../plan/state.js';
import type { ProjectNode } from '../project/project.js';
import { formatLiteral } from '../sql/literal.js';
import { type FeedStep, feedLedger, readFeedSteps } from './feed-steps.js';
import {
  FEEDS_SCHEMA,
  feedTableName,
  isFeedWanted,
  trackedColumns,
  typedTrackedColumns,
} from './feed-tables.js';
import { dropStaleFeeds, findStaleFeeds } from './stale-feeds.js';

/** With more of its rows changed, whoever reads a relation is rebuilt anyhow. */
const MAX_SHARE = 0.5;
/** So few are kept whatever their share. */
const ALWAYS_KEPT = 1000;

/** Rows that were delivered or kept, not computed: their doubles are the same to the last digit or other ones. */
export function hasExactRows({ kind }: ProjectNode<Relation>): boolean {
  return kind !== 'model';
}

/** The changes of the relations that models and tests map, from version to version. */
export class ChangeFeeds {
  readonly #dag: Dag;
  readonly #names: Namer;
  /** Steps that are published, and those of this run. */
  readonly #steps = new Map<string, Map<string, FeedStep>>();
  /** Relations that this run has written something down of. */
  readonly #recorded = new Set<string>();

  constructor(dag: Dag, names: Namer) {
    this.#dag = dag;
    this.#names = names;
  }

  /**
   * Reads the steps that the ledger has, and makes the tables of all feeds that are wanted. Feeds that nothing maps any
   * more, or by other columns than now, are dropped with their steps.
   */
  async open(session: Session, state: WarehouseState): Promise<void> {
    const steps = await readFeedSteps(session, this.#names, state);
    const stale = findStaleFeeds(this.#names, this.#dag, state, steps);
    await dropStaleFeeds(session, this.#names, stale);
    const gone = new Set(stale.flatMap((feed) => feed.steps));
    for (const step of steps) if (!gone.has(step)) this.#add(step);
    const wanted = this.#dag.project.relations().filter((node) => this.isWanted(node));
    if (wanted.length === 0) return;
    const schema = this.#names.quote(this.#names.schema(FEEDS_SCHEMA));
    await session.execute(`create schema if not exists ${schema}`);
    for (const node of wanted)
      for (const statement of createFeed(this.table(node))) await session.execute(statement);
  }

  /** Whether something maps the relation, so that its changes are to be written down. */
  isWanted(node: ProjectNode<Relation>): boolean {
    return isFeedWanted(this.#dag, node);
  }

  table(node: ProjectNode<Relation>): FeedTable {
    const table = feedTableName(node.name, typedTrackedColumns(this.#dag, node));
    return {
      name: this.#names.inSchema(FEEDS_SCHEMA, table),
      tracked: trackedColumns(this.#dag, node),
      columns: node.declaration.columns,
      isExact: hasExactRows(node),
      dialect: this.#names.dialect,
    };
  }

  /**
   * Writes down how a relation's rows differ from those that are published. What reads them in this run can use it at
   * once; later runs can once the step is published. A step with too many changes is not kept.
   *
   * @param rows how many rows the relation comes to have, and how many more these are than before
   * @returns undefined if the changes do not add up, for a key stands there more than once
   */
  async record(
    session: Session,
    node: ProjectNode<Relation>,
    fromVersion: string,
    { before, after, toVersion }: Omit<Difference, 'key'>,
    rows: { readonly after: number; readonly growth: number },
  ): Promise<FeedStep | undefined> {
    const feed = this.table(node);
    const version = `to_version = ${formatLiteral(toVersion, this.#names.dialect)}`;
    const changes = await session.execute(
      recordChanges(feed, { key: node.declaration.key, before, after, toVersion }),
    );
    const step = {
      node: node.name,
      fromVersion,
      toVersion,
      changes,
      tracked: typedTrackedColumns(this.#dag, node),
    };
    this.#recorded.add(node.name);
    const [sum] = await session.query(
      `select coalesce(sum(case change when 'insert' then 1 when 'delete' then -1 else 0 end), 0) as growth from ${feed.name} where ${version}`,
    );
    const isSound = Number(sum?.growth) === rows.growth;
    if (isSound && changes <= Math.max(rows.after * MAX_SHARE, ALWAYS_KEPT)) this.#add(step);
    else await session.execute(`delete from ${feed.name} where ${version}`);
    return isSound ? step : undefined;
  }

  /** Notes a step, if it was kept. Belongs into the transaction that publishes the relation. */
  async publish(session: Session, step: FeedStep, now: Date): Promise<void> {
    const { node, fromVersion, toVersion, changes, tracked } = step;
    if (this.#steps.get(node)?.get(fromVersion) !== step) return;
    const values = [node, fromVersion, toVersion, changes, JSON.stringify(tracked), now].map((value) =>
      formatLiteral(value, this.#names.dialect),
    );
    await session.execute(`insert into ${this.#ledger()} values (${values.join(', ')})`);
  }

  /**
   * A query for the values of columns (the model's names by the input's) in all changes from one version to another;
   * undefined if they were not written down all the way, or are no longer all there.
   */
  async valuesBetween(
    session: Session,
    node: ProjectNode<Relation>,
    from: string | null,
    to: string | null,
    columns: Readonly<Record<string, string>>,
  ): Promise<string | undefined> {
    if (from === null || to === null) return undefined;
    const feed = this.table(node);
    const steps: FeedStep[] = [];
    for (let version = from; version !== to; ) {
      const step = this.#steps.get(node.name)?.get(version);
      if (!step || steps.includes(step)) return undefined;
      steps.push(step);
      version = step.toVersion;
    }
    if (!Object.keys(columns).every((column) => feed.tracked.includes(column))) return undefined;
    const versions = steps.map(({ toVersion }) => toVersion);
    const texts = versions.map((version) => formatLiteral(version, this.#names.dialect)).join(', ');
    const [row] = await session.query(
      `select count(*) as changes from ${feed.name} where to_version in (${texts})`,
    );
    const noted = steps.reduce((sum, { changes }) => sum + changes, 0);
    return Number(row?.changes) === noted ? changedValues(feed, versions, columns) : undefined;
  }

  /** Drops steps that no model of this target will read any more, and changes that never were published. */
  async trim(session: Session, versions: ReadonlyMap<string, PublishedVersion>): Promise<void> {
    for (const name of new Set([...this.#steps.keys(), ...this.#recorded])) {
      const node = this.#dag.project.get(name) as ProjectNode<Relation>;
      const steps = this.#steps.get(name) ?? new Map<string, FeedStep>();
      const needed = this.#versionsNeeded(name, versions);
      const kept = [...steps.values()].filter(({ fromVersion }) => reaches(steps, needed, fromVersion));
      if (kept.length === steps.size && !this.#recorded.has(name)) continue;
      const texts = kept.map(({ toVersion }) => formatLiteral(toVersion, this.#names.dialect));
      const unless = texts.length === 0 ? '' : ` and to_version not in (${texts.join(', ')})`;
      await session.execute(
        `delete from ${this.#ledger()} where node = ${formatLiteral(name, this.#names.dialect)}${unless}`,
      );
      await session.execute(`delete from ${this.table(node).name} where true${unless}`);
    }
  }

  /** The versions of a relation that models of this target stand on. */
  #versionsNeeded(name: string, versions: ReadonlyMap<string, PublishedVersion>): ReadonlySet<string> {
    const models = this.#dag.project.relations().filter((node) => changesModel(node));
    return new Set(
      models
        .map((model) => versions.get(model.name)?.base?.stored[name])
        .filter((version) => typeof version === 'string'),
    );
  }

  #add(step: FeedStep): void {
    const steps = this.#steps.get(step.node) ?? new Map<string, FeedStep>();
    steps.set(step.fromVersion, step);
    this.#steps.set(step.node, steps);
  }

  #ledger(): string {
    return feedLedger(this.#names);
  }
}

/** Whether a version lies on the way from one that is needed to the present one. */
function reaches(
  steps: ReadonlyMap<string, FeedStep>,
  needed: ReadonlySet<string>,
  version: string,
): boolean {
  const backwards = new Map([...steps.values()].map((step) => [step.toVersion, step.fromVersion]));
  for (
    let at: string | undefined = version, hops = 0;
    at !== undefined && hops <= steps.size;
    at = backwards.get(at), hops++
  )
    if (needed.has(at)) return true;
  return false;
}
