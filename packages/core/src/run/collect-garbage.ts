import type { Session, StoredKind } from '../adapters/adapter.js';
import type { Dag } from '../graph/dag.js';
import { isCandidate, type Namer } from '../materialize/names.js';
import { isEphemeral } from '../project/render-query.js';
import { readFeedSteps } from './feed-steps.js';
import { Ledger } from './ledger.js';
import { LEDGER_SCHEMA } from './ledger-tables.js';
import { dropLeftovers, findLeftovers, type Leftover } from './leftovers.js';
import { PublicationLog } from './publication-log.js';
import { dropStaleFeeds, findStaleFeeds, type StaleFeed } from './stale-feeds.js';
import { writtenSchemas } from './written-schemas.js';

/** A relation that no node of the project stores under its name. */
export interface Orphan extends Leftover {
  /** Whether Matinee has published it; what others have made is theirs. */
  readonly isOurs: boolean;
}

export interface Garbage {
  /** Candidates of runs that were killed; none while a publication waits for the next build to finish it. */
  readonly candidates: readonly Leftover[];
  readonly orphans: readonly Orphan[];
  /** Changes of rows that nothing maps any more. */
  readonly feeds: readonly StaleFeed[];
  /** Runs that never ended. */
  readonly killedRuns: readonly string[];
  /** Nodes in the ledger that the project has no more. */
  readonly unknownNodes: readonly string[];
}

/** Looks for what nobody needs any more in the schemas that Matinee writes to. Nothing is changed. */
export async function findGarbage(session: Session, names: Namer, dag: Dag): Promise<Garbage> {
  const ledger = new Ledger(session, names);
  const state = await ledger.readState({ schemas: writtenSchemas(dag), withFormer: true });
  const owned = new Set(
    dag.project
      .relations()
      .filter((node) => !isEphemeral(node))
      .map((node) => `${names.schema(node.schema)}.${node.name}`.toLowerCase()),
  );
  const log = new PublicationLog({}, session, names);
  const known = await publishedRelations(session, names, state.stored);
  const schemas = new Set([
    ...dag.project.relations().map((node) => names.schema(node.schema).toLowerCase()),
    ...[...known].map((name) => name.slice(0, name.indexOf('.'))),
  ]);
  const orphans = [...state.stored].flatMap(([stored, kind]): Orphan[] => {
    const dot = stored.indexOf('.');
    const [schema, name] = [stored.slice(0, dot), stored.slice(dot + 1)];
    if (!schemas.has(schema) || owned.has(stored) || isCandidate(name)) return [];
    return [
      {
        schema,
        name,
        relation: `${names.quote(schema)}.${names.quote(name)}`,
        kind,
        isOurs: known.has(stored),
      },
    ];
  });
  return {
    candidates: (await log.isUnfinished(ledger)) ? [] : findLeftovers(names, dag, state),
    orphans,
    feeds: findStaleFeeds(names, dag, state, await readFeedSteps(session, names, state)),
    killedRuns: state.openRuns,
    unknownNodes: [...state.versions.keys()].filter((name) => !dag.project.nodes.has(name)),
  };
}

/**
 * Drops stale candidates and feeds, notes which runs were killed, and, if asked to, drops the orphans that Matinee has made.
 *
 * @returns the orphans that were dropped.
 */
export async function collectGarbage(
  session: Session,
  names: Namer,
  garbage: Garbage,
  dropOrphans: boolean,
): Promise<readonly Orphan[]> {
  const runs = names.inSchema(LEDGER_SCHEMA, 'runs');
  if (garbage.killedRuns.length > 0)
    await session.execute(`update ${runs} set status = 'killed' where status = 'running'`);
  await dropLeftovers(session, garbage.candidates);
  await dropStaleFeeds(session, names, garbage.feeds);
  if (!dropOrphans) return [];
  const dropped = garbage.orphans.filter(({ isOurs }) => isOurs);
  const ledger = new Ledger(session, names);
  // Views first: an engine may refuse to drop what they read.
  const inOrder = [...dropped].sort((a, b) => Number(b.kind === 'view') - Number(a.kind === 'view'));
  for (const orphan of inOrder) {
    await session.execute(`drop ${orphan.kind} if exists ${orphan.relation}`);
    await ledger.forget([orphan], []);
  }
  await ledger.forget([], garbage.unknownNodes);
  return dropped;
}

/** The relations that the ledger says Matinee has published, as `schema.name` in lower case. */
async function publishedRelations(
  session: Session,
  names: Namer,
  stored: ReadonlyMap<string, StoredKind>,
): Promise<ReadonlySet<string>> {
  if (!stored.has(`${names.schema(LEDGER_SCHEMA)}.relations`.toLowerCase())) return new Set();
  const rows = await session.query(
    `select lower(schema_name || '.' || relation_name) as name from ${names.inSchema(LEDGER_SCHEMA, 'relations')}`,
  );
  return new Set(rows.map(({ name }) => String(name)));
}
