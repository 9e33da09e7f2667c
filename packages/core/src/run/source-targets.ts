import type { SourceTarget } from '../adapters/source-loader.js';
import type { Source } from '../nodes/source.js';
import type { NodeStage } from '../plan/plan.js';
import type { RunContext } from './run-context.js';

/** What the loader is to do for each source, as it was planned. */
export function sourceTargets(run: RunContext, stages: readonly NodeStage[]): readonly SourceTarget[] {
  return stages.map((stage) => targetOf(run, stage));
}

function targetOf({ names, plan }: RunContext, { node }: NodeStage): SourceTarget {
  const target = { source: node.declaration as Source, table: names.candidate(node) };
  const planned = plan.loads.get(node.name);
  if (!planned) return { ...target, files: [] };
  const { load, stay, inPlace, files } = planned;
  if (!inPlace && stay.length === 0) return { ...target, files: load };
  return {
    ...target,
    files: load,
    standing: {
      table: names.published(node),
      files: files.standing,
      kept: stay,
      inPlace,
      helper: (what) => names.helper(node, what),
    },
  };
}
