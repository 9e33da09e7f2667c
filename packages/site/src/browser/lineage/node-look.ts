import type { NodeDocs } from '../../contract/docs.js';
import type { Palette } from '../theme/palette.js';

/** In pixels. */
export const NODE = { width: 248, head: 46, line: 20, columnGap: 72, rowGap: 16 } as const;

/** How high a node's box is with so many columns in it. */
export function nodeHeight(columns: number): number {
  return NODE.head + (columns === 0 ? 0 : columns * NODE.line + 8);
}

const KINDS = ['model', 'source', 'seed', 'snapshot', 'analysis', 'exposure'];

/** The colour of a kind of node. */
export function kindColor(kind: string, { series }: Pick<Palette, 'series'>): string {
  return series[Math.max(0, KINDS.indexOf(kind)) % series.length] ?? '';
}

/** Under the name: what it is and how many rows it has. */
export function kindText({ kind, materialized, rows }: NodeDocs, format: (rows: number) => string): string {
  const what = kind === 'model' ? (materialized ?? kind) : kind.replace('_', ' ');
  return rows === null ? what : `${what} · ${format(rows)} ${rows === 1 ? 'row' : 'rows'}`;
}

/** Cuts a name that does not fit, in the middle: the end of a name tells as much as its beginning. */
export function fitName(name: string, length: number): string {
  if (name.length <= length) return name;
  const head = Math.ceil((length - 1) / 2);
  return `${name.slice(0, head)}…${name.slice(name.length - (length - 1 - head))}`;
}
