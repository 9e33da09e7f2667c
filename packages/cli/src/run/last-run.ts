import {
  type BuildOptions,
  checkVariables,
  History,
  type UnfinishedRun,
  type VariableValues,
  type Warehouse,
  withSession,
} from '@matinee/core';
import { collectVariables } from '../options/variables.js';
import type { OpenProject } from '../workspace/open-project.js';
import { historyEmpty } from './history-empty.js';

/**
 * The last run of a target that this process holds, and what of the project it left undone.
 *
 * @throws WarehouseError HISTORY_EMPTY if nothing ever ran.
 */
export function lastRun(warehouse: Warehouse, { names, project }: OpenProject): Promise<UnfinishedRun> {
  return withSession(warehouse, async (session) => {
    const history = new History(session, names);
    const last = (await history.exists()) ? await history.lastRun() : undefined;
    if (!last) throw historyEmpty(warehouse.place);
    return {
      ...last,
      // Nobody else holds the target, so who has not ended it never will.
      status: last.status === 'running' ? 'killed' : last.status,
      unfinished: last.unfinished.filter((name) => project.nodes.has(name)),
    };
  });
}

/** The values of variables that a run had, those of `--vars` in their place. @throws UsageError VARS_JSON, VARIABLE_UNKNOWN. */
export function retriedVariables(
  { variables }: UnfinishedRun,
  vars: string | undefined,
  { project }: OpenProject,
): VariableValues {
  const known = Object.entries(variables).filter(([name]) => project.variables.has(name));
  return checkVariables(project, {
    ...Object.fromEntries(known),
    ...collectVariables(vars, {}, { targets: {} }),
  });
}

/** How a run built what it built, as the ledger has it. */
export function recordedMode({ options }: UnfinishedRun): Partial<BuildOptions> {
  const { kinds, fullRefresh, withoutTests, atomic, limit, window, prune } = options as Partial<BuildOptions>;
  return {
    ...(kinds && { kinds }),
    ...(fullRefresh !== undefined && { fullRefresh }),
    ...(withoutTests !== undefined && { withoutTests }),
    ...(atomic !== undefined && { atomic }),
    ...(prune !== undefined && { prune }),
    ...(limit && { limit }),
    ...(window && { window }),
  };
}
