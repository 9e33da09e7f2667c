import { isDifferent, type ProjectNode, type VerifiedNode } from '@matinee/core';
import type { Context } from '../context.js';
import { LiveLine } from '../output/live-line.js';
import { plural } from '../output/numbers.js';
import { relativeTo, toJson } from '../output/to-json.js';
import {
  detailLines,
  type Verification,
  verifiedLines,
  verifySummary,
  wrongOnes,
} from '../output/verify-lines.js';
import type { OpenProject } from '../workspace/open-project.js';

/** Shows a verification as it goes. */
export interface VerifyReporter {
  verified(node: VerifiedNode): void;
  finish(verification: Verification): Promise<void>;
  /** Nothing more comes, not even after an error. */
  close(): void;
}

/** One JSON object for each model, or lines for people. */
export function verifyReporter(
  context: Context,
  project: OpenProject,
  selected: readonly ProjectNode[],
): VerifyReporter {
  return context.terminal.json ? jsonReporter(context, project) : humanReporter(context, project, selected);
}

function jsonReporter({ terminal }: Context, { root }: OpenProject): VerifyReporter {
  return {
    verified: (node) => {
      const { difference } = node;
      const isKnown = difference && { isDifferent: isDifferent(difference) };
      terminal.out(toJson({ type: 'verified', ...node, ...isKnown }, root));
    },
    finish: async ({ nodes, unpublished, seconds }) => {
      const { different, failed } = wrongOnes(nodes);
      const verified = nodes.length - failed.length;
      terminal.out(toJson({ type: 'verify_finished', verified, different, failed, unpublished, seconds }));
    },
    close: () => undefined,
  };
}

function humanReporter(
  { terminal }: Context,
  { names, dag, settings, root }: OpenProject,
  selected: readonly ProjectNode[],
): VerifyReporter {
  const { colors, out } = terminal;
  const nameOf = (name: string) => `${names.schema(dag.project.get(name).schema)}.${name}`;
  const style = {
    colors,
    nameOf,
    nameWidth: Math.max(0, ...selected.map(({ name }) => nameOf(name).length)),
    root,
  };
  let done = 0;
  const live = new LiveLine({
    terminal,
    describe: () => `${done}/${selected.length} compared`,
    heartbeat: (text) => out(colors.dim(`… ${text}`)),
  });
  const place = relativeTo(root, settings.place);
  // Of none there is nothing to say but the error that follows.
  if (selected.length > 0) out(colors.dim(`${plural(selected.length, 'incremental model')} in ${place}`));
  live.start();
  return {
    verified: (node) => {
      done++;
      for (const line of verifiedLines(node, style)) live.print(line);
    },
    finish: async (verification) => {
      live.stop();
      for (const node of verification.nodes)
        for (const line of await detailLines(node, dag, style)) out(line);
      for (const line of verifySummary(verification, colors)) out(line);
    },
    close: () => live.stop(),
  };
}
