import { type Dag, selectNodes, UsageError } from '@matinee/core';

/**
 * The names of the selected sources; undefined if nothing is selected, which means all.
 *
 * @throws UsageError SELECTOR if there is no source among what is selected.
 */
export function selectedSources(
  dag: Dag,
  select: readonly string[],
  exclude: readonly string[] = [],
): readonly string[] | undefined {
  if (select.length === 0 && exclude.length === 0) return undefined;
  const selected = [...selectNodes(dag, select, exclude)];
  const sources = selected.filter((name) => dag.project.get(name).kind === 'source');
  if (sources.length > 0) return sources;
  throw new UsageError('SELECTOR', `There is no source among what is selected: ${select.join(' ')}.`, {
    hint: `Select sources, or what they feed with a plus before it: '+${select.at(-1) ?? 'NODE'}'.`,
  });
}
