import { type Dag, isDifferent, type Model, type VerifiedNode } from '@matinee/core';
import type { Colors } from './colors.js';
import { differenceSamples } from './difference-samples.js';
import { differenceText } from './difference-text.js';
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
}

const SIDES = { left: 'published', right: 'in the refresh' };
const ROWS_WIDTH = 15;

/** `✓ staging.src_ratings  50,104 rows  equal  0.31s`, and a note if the table is behind its inputs. */
export function verifiedLines(
  { node, rows, seconds, isCurrent, difference }: VerifiedNode,
  { colors, nameOf, nameWidth }: VerifyStyle,
): readonly string[] {
  const { green, red, yellow, dim } = colors;
  const differs = isDifferent(difference);
  const cells = [
    `${differs ? red('✗') : green('✓')} ${nameOf(node).padEnd(nameWidth)}`,
    plural(rows, 'row').padStart(ROWS_WIDTH),
    differs ? red(differenceText(difference, SIDES)) : 'equal',
    dim(formatSeconds(seconds)),
  ];
  const note = '  its inputs or its code have changed since it was built: run matinee build first';
  return [cells.join('  '), ...(isCurrent ? [] : [yellow(note)])];
}

/** Some of the rows in which a model differs, under its name; nothing if it does not. */
export async function sampleLines(
  { node, difference }: VerifiedNode,
  dag: Dag,
  { colors, nameOf }: VerifyStyle,
): Promise<readonly string[]> {
  if (!isDifferent(difference)) return [];
  const { key } = dag.project.get(node).declaration as Model;
  const table = await differenceSamples(difference, key, SIDES);
  return ['', colors.bold(nameOf(node)), ...table.map((line) => `  ${line}`)];
}

/** `4 models equal their full refresh`, or which do not and what mends them. */
export function verifySummary(
  { nodes, unpublished, seconds }: Verification,
  { green, red, bold, yellow, dim }: Colors,
): readonly string[] {
  const different = nodes.filter(({ difference }) => isDifferent(difference));
  const names = different.map(({ node }) => node).join(' ');
  const time = dim(`in ${formatSeconds(seconds)}`);
  const count = plural(nodes.length, 'model');
  const sum =
    different.length === 0
      ? `${green(`${count} ${nodes.length === 1 ? 'equals its' : 'equal their'} full refresh`)} ${time}`
      : `${red(`${different.length} of ${count} ${different.length === 1 ? 'differs from its' : 'differ from their'} full refresh`)} ${time}`;
  return [
    '',
    ...(unpublished.length > 0 ? [yellow(`Never built, so not compared: ${unpublished.join(', ')}`)] : []),
    sum,
    ...(different.length > 0
      ? [`Build anew what differs:  ${bold(`npx matinee build --full-refresh --select ${quoted(names)}`)}`]
      : []),
  ];
}

function quoted(names: string): string {
  return names.includes(' ') ? `'${names}'` : names;
}
