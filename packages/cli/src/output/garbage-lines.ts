import { describeHolder, type Garbage, type LockHolder, type Orphan, type StaleFeed } from '@matinee/core';
import type { Colors } from './colors.js';
import { alignColumns } from './columns.js';
import { plural } from './numbers.js';

/** What was found, and what became of it. */
export interface CollectedGarbage extends Garbage {
  readonly dropped: readonly Orphan[];
  /** Who has left a note that it holds the file, and is gone. */
  readonly holder: LockHolder | undefined;
}

/** What stands for the kind of a table that the ledger speaks of, and that is gone. */
const NOTED = 'only in the ledger';

/** What was found, for people. */
export function garbageLines(garbage: CollectedGarbage, colors: Colors): readonly string[] {
  const { candidates, orphans, feeds, killedRuns, dropped, holder } = garbage;
  const { bold, dim, yellow } = colors;
  const left = orphans.filter((orphan) => orphan.isOurs && !dropped.includes(orphan));
  const foreign = orphans.filter(({ isOurs }) => !isOurs);
  const blocks = [
    ...(holder ? [[`Removed the note of ${describeHolder(holder)}, which is gone.`]] : []),
    ...(killedRuns.length > 0 ? [[`${plural(killedRuns.length, 'run')} never ended: noted as killed.`]] : []),
    block(bold('Dropped: unfinished tables of killed runs'), candidates, colors),
    block(bold('Dropped: changes of rows that nothing maps any more'), feeds, colors),
    block(bold('Dropped: no node owns these any more'), dropped, colors),
    block(yellow('No node owns these any more; matinee gc --drop drops them'), left, colors),
    block(dim('Not made by Matinee, and left alone'), foreign, colors),
  ].filter((lines) => lines.length > 0);
  if (blocks.length === 0) return ['Nothing to clear away.'];
  return blocks.flatMap((lines, index) => (index === 0 ? lines : ['', ...lines]));
}

type Stored = Pick<StaleFeed, 'schema' | 'name' | 'kind'>;

function block(title: string, relations: readonly Stored[], { dim }: Colors): readonly string[] {
  if (relations.length === 0) return [];
  const rows = relations.map(({ schema, name, kind }) => [`${dim(`${schema}.`)}${name}`, dim(kind ?? NOTED)]);
  return [title, ...alignColumns(rows, Number.POSITIVE_INFINITY).map((line) => `  ${line}`)];
}

/** What was found, one object each, and the sum. */
export function garbageEvents(garbage: CollectedGarbage): readonly object[] {
  const { candidates, orphans, feeds, killedRuns, dropped, holder } = garbage;
  return [
    ...(holder ? [{ type: 'stale_note', ...holder, removed: true }] : []),
    ...killedRuns.map((runId) => ({ type: 'killed_run', runId })),
    ...candidates.map(({ schema, name, kind }) => ({ type: 'candidate', schema, name, kind, dropped: true })),
    ...feeds.map(({ node, schema, name, kind = null, steps }) => {
      return { type: 'change_feed', node, schema, name, kind, steps: steps.length, dropped: true };
    }),
    ...orphans.map((orphan) => {
      const { schema, name, kind, isOurs } = orphan;
      return { type: 'orphan', schema, name, kind, isOurs, dropped: dropped.includes(orphan) };
    }),
    {
      type: 'gc_finished',
      candidates: candidates.length,
      changeFeeds: feeds.length,
      killedRuns: killedRuns.length,
      orphans: orphans.filter(({ isOurs }) => isOurs).length,
      foreign: orphans.filter(({ isOurs }) => !isOurs).length,
      dropped: dropped.length,
    },
  ];
}
