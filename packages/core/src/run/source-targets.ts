import type { Session } from '../adapters/adapter.js';
import type { DeliveredFile, SourceTarget, StandingTable } from '../adapters/source-loader.js';
import { LoadError } from '../errors.js';
import type { Relation } from '../nodes/relation.js';
import { provenanceColumns, type Source } from '../nodes/source.js';
import type { NodeStage } from '../plan/plan.js';
import { sourceVersion } from '../plan/rows-versions.js';
import type { SourceFiles } from '../plan/source-files.js';
import { storedKind } from '../plan/state.js';
import type { ProjectNode } from '../project/project.js';
import type { RunContext } from './run-context.js';

/** With more than this share of a source's bytes to load, all of it is loaded. */
const MAX_SHARE = 0.5;

/**
 * What is to be loaded into each source's table: the files that are new or changed, if the rows of the others stand there
 * just as they would be loaded; otherwise all files.
 *
 * @throws LoadError LOAD_FILE_GONE if rows can neither be loaded nor kept.
 */
export async function sourceTargets(
  run: RunContext,
  stages: readonly NodeStage[],
  session: Session,
): Promise<readonly SourceTarget[]> {
  const targets: SourceTarget[] = [];
  for (const stage of stages) targets.push(await targetOf(run, stage, session));
  return targets;
}

async function targetOf(run: RunContext, stage: NodeStage, session: Session): Promise<SourceTarget> {
  const { node } = stage;
  const { names, plan } = run;
  const source = node.declaration as Source;
  const target = { source, table: names.candidate(node) };
  const files = plan.files.get(node.name);
  if (!files) return { ...target, files: [] };
  const isKnown = holdsItsFiles(run, stage, files);
  if (isKnown && !isAskedAnew(run, stage)) {
    const again = filesToUncover(files);
    const toLoad = [...files.added, ...files.changed, ...again];
    const kept = [...files.kept.filter((file) => !again.includes(file)), ...files.gone];
    const isSmall = sizeOf(toLoad) <= sizeOf([...files.delivered, ...files.gone]) * MAX_SHARE;
    if (isSmall && (await takesFiles(run, node, session)))
      return { ...target, files: toLoad, standing: standingTable(run, node, files, kept, true) };
  }
  if (files.gone.length === 0) return { ...target, files: files.delivered };
  if (!isKnown) throw cannotKeep(source, files.gone);
  return {
    ...target,
    files: files.delivered,
    standing: standingTable(run, node, files, files.gone, false),
  };
}

/** Whether the published table holds the rows of its files, all of them, as the source's code of now reads them. */
function holdsItsFiles({ plan, state, names }: RunContext, stage: NodeStage, files: SourceFiles): boolean {
  const published = plan.published.of(stage.node);
  return (
    storedKind(state, names, stage.node) === 'table' &&
    published?.version === sourceVersion(stage.fingerprint, files.standing, undefined)
  );
}

function isAskedAnew({ plan }: RunContext, { causes }: NodeStage): boolean {
  return plan.limit !== undefined || causes.some(({ type }) => type === 'full_refresh');
}

/** Files some of whose rows are hidden by others: once one of these changes or goes, they have to come to light. */
function filesToUncover({ changed, dropped, kept }: SourceFiles): SourceFiles['kept'] {
  return changed.length + dropped.length === 0 ? [] : kept.filter(({ hiddenRows }) => hiddenRows > 0);
}

/** Whether the published table can take rows of other files: where it has one file and load, these are no real columns. */
async function takesFiles(
  { names }: RunContext,
  node: ProjectNode<Relation>,
  session: Session,
): Promise<boolean> {
  if (names.dialect !== 'duckdb') return true;
  const { file, load } = provenanceColumns;
  const columns = await session.describe(`select ${file}, ${load} from ${names.published(node)}`);
  return columns.every(({ type }) => type.startsWith('ENUM'));
}

function standingTable(
  { names }: RunContext,
  node: ProjectNode<Relation>,
  { standing }: SourceFiles,
  kept: StandingTable['kept'],
  inPlace: boolean,
): StandingTable {
  return {
    table: names.published(node),
    files: standing,
    kept,
    inPlace,
    helper: (what) => names.helper(node, what),
  };
}

function sizeOf(files: readonly DeliveredFile[]): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}

function cannotKeep(source: Source, gone: SourceFiles['gone']): LoadError {
  const paths = gone.map(({ path }) => path);
  return new LoadError(
    'LOAD_FILE_GONE',
    `${source.name}: ${paths.join(', ')} ${paths.length === 1 ? 'is' : 'are'} gone, and the source has to be loaded anew: its code has changed, or rows had been left out.`,
    {
      ...(source.location && { location: source.location }),
      hint: 'Put the files back, or let go of their rows with --prune.',
    },
  );
}
