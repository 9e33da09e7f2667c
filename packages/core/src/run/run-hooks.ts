import type { Session, Warehouse } from '../adapters/adapter.js';
import { MatineeError, messageOf } from '../errors.js';
import type { Namer } from '../materialize/names.js';
import type { Hook, HookRun } from '../project/hooks.js';
import type { Project } from '../project/project.js';
import { renderQuery } from '../project/render-query.js';
import type { VariableValues } from '../project/variables.js';
import { Sql } from '../sql/fragment.js';

export interface HookContext {
  readonly project: Project;
  readonly names: Namer;
  readonly variables: VariableValues;
  readonly session: Session;
  readonly warehouse: Pick<Warehouse, 'requireWriter'>;
}

/** Runs the hooks of a run's beginning or end, one after the other. @throws MatineeError HOOK_FAILED at the first that fails. */
export async function runHooks(
  name: 'onRunStart' | 'onRunEnd',
  hooks: readonly Hook[],
  run: HookRun,
  { project, names, variables, session, warehouse }: HookContext,
): Promise<void> {
  for (const hook of hooks) {
    try {
      if (!(hook instanceof Sql)) {
        await hook(run);
        continue;
      }
      const { text } = renderQuery(project, hook, {
        dialect: names.dialect,
        variables,
        relationName: (node) => names.published(node),
      });
      // A process that has lost its target to another one writes nothing there, not even by hooks.
      await warehouse.requireWriter?.(session);
      await session.execute(text);
    } catch (error) {
      throw new MatineeError('HOOK_FAILED', `A hook of ${name} failed: ${messageOf(error)}`, {
        location: hook instanceof Sql ? hook.location : undefined,
        hint: 'The hooks stand in matinee.config.ts.',
        cause: error,
      });
    }
  }
}
