import { allStages, type Plan } from '../plan/plan.js';
import { incrementalOf } from '../project/render-query.js';
import { spaceWarning } from './free-space.js';
import type { BuildOptions } from './run-options.js';
import { standingRejects } from './standing-rejects.js';

export interface PlanWarning {
  readonly code:
    | 'LOAD_FILE_GONE'
    | 'LOAD_REJECTS_STAND'
    | 'BACKFILL_UNUSED'
    | 'WAREHOUSE_DISK_LOW'
    | 'PUBLICATION_FINISHED'
    | 'DESCRIPTION_FAILED';
  readonly message: string;
}

/** What people should know before a plan is carried out. */
export function planWarnings(
  { warehouse, window, maxRejects = { rows: 0 } }: BuildOptions,
  plan: Plan,
): readonly PlanWarning[] {
  const low = spaceWarning(warehouse, plan);
  return [
    ...goneFiles(plan).map((message) => ({ code: 'LOAD_FILE_GONE' as const, message })),
    ...standingRejects(plan, maxRejects).map((message) => ({
      code: 'LOAD_REJECTS_STAND' as const,
      message,
    })),
    ...(window && !hasMicrobatch(plan)
      ? [
          {
            code: 'BACKFILL_UNUSED' as const,
            message: 'No model in microbatches is built: --from changes nothing.',
          },
        ]
      : []),
    ...(low ? [{ code: 'WAREHOUSE_DISK_LOW' as const, message: low }] : []),
  ];
}

function hasMicrobatch(plan: Plan): boolean {
  return allStages(plan).some(({ node }) => incrementalOf(node)?.strategy === 'microbatch');
}

/** A sentence for each source that keeps rows of files which are gone. */
function goneFiles({ loads }: Plan): readonly string[] {
  return [...loads].flatMap(([source, { files }]) => {
    const [first, ...more] = files.gone;
    if (!first) return [];
    const others = `${more.length.toLocaleString('en')} more ${more.length === 1 ? 'file' : 'files'}`;
    const which = more.length === 0 ? `${first.path} is` : `${first.path} and ${others} are`;
    return [`${source}: ${which} gone from ${first.place}; the rows stay until --prune lets them go.`];
  });
}
