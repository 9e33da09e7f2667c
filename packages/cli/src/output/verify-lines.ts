import { type Dag, equalsRefresh, type Model, type VerifiedNode } from '@matinee/core';
import type { Colors } from './colors.js';
import { differenceSamples } from './difference-samples.js';
import { differenceText } from './difference-text.js';
import { errorLines } from './errors.js';
import { formatSeconds, plural } from './numbers.js';

/** How a verification came out. */
export interface Verification {
  readonly nodes: readonly VerifiedNode[];
  /** Selected, but never built. */
  readonly unpublished: readonly string[];
  readonly seconds: number;
}

export interface VerifyStyle {
  readonly colors: Colors;
  /** `schema.name` of a node. */
  readonly nameOf: (node: string) => string;
  readonly nameWidth: number;
  /** The project's: files are named relative to it. */
  readonly root: string;
}

const SIDES = { left: 'published', right: 'in the refresh' };
const ROWS_WIDTH = 15;

/** `✓ staging.src_ratings  50,104 rows  equal  0.31s`, and a note if the table is behind its inputs. */
export function verifiedLines(verified: VerifiedNode, style: VerifyStyle): readonly string[] {
  const { node, rows, seconds, isCurrent } = verified;
  const { green, red, yellow, dim } = style.colors;
  const isEqual = equalsRefresh(verified);
  const cells = [
    `${isEqual ? green('✓') : red('✗')} ${style.nameOf(node).padEnd(style.nameWidth)}`,
    plural(rows, 'row').padStart(ROWS_WIDTH),
    isEqual ? 'equal' : red(wrongText(verified)),
    dim(formatSeconds(seconds)),
  ];
  const note = isEqual && isCurrent ? undefined : explanation(verified);
  return [cells.join('  '), ...(note ? [yellow(`  ${note}`)] : [])];
}

/** Why a model differs, or may. */
function explanation({ strategy, isCurrent, difference }: VerifiedNode): string | undefined {
  if (!isCurrent) return 'its inputs or its code have changed since it was built: run matinee build first';
  if (!difference) return undefined;
  switch (strategy) {
    case 'refresh':
      return undefined;
    case 'changes':
      return 'is one of its inputs mapped to the wrong rows, or has somebody changed the table?';
    case 'microbatch':
      return 'microbatch promises nothing about rows that came or changed later: --from computes their time anew';
    default:
      return `${strategy} promises nothing about rows that were changed or deleted`;
  }
}

function wrongText({ difference }: VerifiedNode): string {
  return difference ? differenceText(difference, SIDES) : 'could not be compared';
}

/** Some of the rows in which a model differs, or why it could not be compared, under its name; nothing if it is equal. */
export async function detailLines(
  verified: VerifiedNode,
  dag: Dag,
  { colors, nameOf, root }: VerifyStyle,
): Promise<readonly string[]> {
  const { node, difference, error } = verified;
  if (equalsRefresh(verified)) return [];
  const { key } = dag.project.get(node).declaration as Model;
  const lines = [
    ...(difference ? await differenceSamples(difference, key, SIDES) : []),
    ...(error ? errorLines(error, colors, root) : []),
  ];
  return ['', colors.bold(nameOf(node)), ...lines.map((line) => `  ${line}`)];
}

/** The names of those that differ from their full refresh, and of those that could not be compared with it. */
export function wrongOnes(nodes: readonly VerifiedNode[]): {
  readonly different: readonly string[];
  readonly failed: readonly string[];
} {
  const namesOf = (some: readonly VerifiedNode[]) => some.map(({ node }) => node);
  return {
    different: namesOf(nodes.filter((node) => node.difference && !equalsRefresh(node))),
    failed: namesOf(nodes.filter(({ error }) => error)),
  };
}

/** `4 models equal their full refresh`, or which do not and what mends them. */
export function verifySummary(
  { nodes, unpublished, seconds }: Verification,
  { green, red, bold, yellow, dim }: Colors,
): readonly string[] {
  const { different, failed } = wrongOnes(nodes);
  const color = nodes.every(equalsRefresh) ? green : red;
  const sum = color(sumText(nodes.length, different.length, failed.length));
  const time = dim(`in ${formatSeconds(seconds)}`);
  const stale = nodes.filter(({ node, isCurrent }) => different.includes(node) && !isCurrent);
  const broken = different.filter((name) => !stale.some(({ node }) => node === name));
  const command = (options: string, names: readonly string[]) =>
    bold(`npx matinee build ${options}--select ${quoted(names.join(' '))}`);
  return [
    '',
    ...(unpublished.length > 0 ? [yellow(`Never built, so not compared: ${unpublished.join(', ')}`)] : []),
    `${sum} ${time}${failed.length > 0 ? red(`; ${failed.length} could not be compared`) : ''}`,
    ...(stale.length > 0
      ? [
          `Bring up to date first:   ${command(
            '',
            stale.map(({ node }) => `+${node}`),
          )}`,
        ]
      : []),
    ...(broken.length > 0 ? [`Build anew what differs:  ${command('--full-refresh ', broken)}`] : []),
  ];
}

function sumText(all: number, different: number, failed: number): string {
  const count = plural(all, 'model');
  if (different > 0)
    return `${different} of ${count} ${different === 1 ? 'differs from its' : 'differ from their'} full refresh`;
  const equal = all - failed;
  return `${failed > 0 ? `${equal} of ${count}` : count} ${equal === 1 ? 'equals its' : 'equal their'} full refresh`;
}

function quoted(names: string): string {
  return names.includes(' ') ? `'${names}'` : names;
}
