import { randomUUID } from 'node:crypto';
import type { Plan } from '../plan/plan.js';
import { Ledger } from './ledger.js';
import { preparePlan } from './prepare-plan.js';
import type { BuildOptions } from './run-options.js';
import { targetNames } from './target-names.js';
import { withSessions } from './with-sessions.js';

/**
 * What {@link build} would do with the same options, and why. Nothing is written; a read-only warehouse will do.
 *
 * @throws as `build` does before it runs anything.
 */
export function planBuild(options: BuildOptions): Promise<Plan> {
  return withSessions(options.warehouse, options.signal, async ({ session }) => {
    const names = targetNames(options);
    const site = { runId: randomUUID(), names, ledger: new Ledger(session, names) };
    const { plan } = await preparePlan(options, session, site);
    return plan;
  });
}
