import type { Session, Warehouse } from '../adapters/adapter.js';
import { StatementError } from '../errors.js';
import { commentTable } from '../materialize/comment.js';
import { createDescribedView } from '../materialize/move.js';
import type { Namer } from '../materialize/names.js';
import { allStages, type NodeStage, type Plan } from '../plan/plan.js';
import type { Project } from '../project/project.js';
import { isEphemeral, isView } from '../project/render-query.js';
import type { VariableValues } from '../project/variables.js';
import type { Ledger } from './ledger.js';
import type { PlanWarning } from './plan-warnings.js';
import { publishedViewSelect } from './published-view.js';

/**
 * The nodes whose descriptions are others than those beside what is published, on engines that keep them there. Where the
 * columns, or a view's definition, are others too, the publication writes them.
 */
export function staleDescriptions({ capabilities }: Warehouse, plan: Plan): readonly NodeStage[] {
  if (capabilities.transactionalDdl) return [];
  return allStages(plan).filter(({ node, definition, fingerprint }) => {
    const before = plan.published.of(node);
    if (!before || isEphemeral(node) || before.definition.comments === definition.comments) return false;
    if (isView(node)) return before.fingerprint === fingerprint;
    return before.definition.contract === definition.contract;
  });
}

export interface DescriptionSite {
  readonly runId: string;
  readonly plan: Plan;
  readonly project: Project;
  readonly variables: VariableValues;
  readonly warehouse: Warehouse;
  readonly session: Session;
  readonly names: Namer;
  readonly ledger: Ledger;
}

/**
 * Writes descriptions beside what is published; nothing is built for it.
 *
 * @returns those that the engine refused. They are tried again with the next build.
 */
export async function describeAnew(
  stages: readonly NodeStage[],
  site: DescriptionSite,
): Promise<readonly PlanWarning[]> {
  const warnings: PlanWarning[] = [];
  for (const stage of stages) {
    try {
      await describe(stage, site);
    } catch (error) {
      if (!(error instanceof StatementError)) throw error;
      const message = `${stage.node.name}: its description could not be written: ${error.message}`;
      warnings.push({ code: 'DESCRIPTION_FAILED', message });
    }
  }
  return warnings;
}

async function describe({ node, definition }: NodeStage, site: DescriptionSite): Promise<void> {
  const { runId, plan, project, variables, warehouse, session, names, ledger } = site;
  const before = plan.published.of(node);
  if (!before) return;
  const statements = isView(node)
    ? [createDescribedView(node, publishedViewSelect(node, project, names, variables), names)]
    : commentTable(names.published(node), node.declaration, `${runId} ${node.name}`, names.dialect);
  await warehouse.requireWriter?.(session);
  for (const statement of statements) await session.execute(statement);
  const described = { ...before.definition, comments: definition.comments ?? '' };
  await session.transaction(async () => {
    await warehouse.requireWriter?.(session);
    await ledger.recordDefinition(node.name, described);
  });
}
