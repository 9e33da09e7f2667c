import type { FileFate, PlannedFile, PlannedSource } from '../planning/planned-files.js';
import type { Colors } from './colors.js';
import { alignColumns } from './columns.js';
import { formatBytes, plural } from './numbers.js';

const LOADED: readonly FileFate[] = ['new', 'changed', 'again'];
const COLORS = {
  new: 'green',
  changed: 'yellow',
  again: 'cyan',
  same: 'dim',
  gone: 'yellow',
  'let go': 'red',
} as const satisfies Record<FileFate, keyof Colors>;

/** What a load would do, for people: a line a source, one a file that is not the same, and the sum. */
export function plannedLoadLines(
  sources: readonly PlannedSource[],
  place: string,
  colors: Colors,
): readonly string[] {
  const { bold, dim, green } = colors;
  const loaded = sources.flatMap(({ files }) => files).filter(({ fate }) => LOADED.includes(fate));
  const lines = sources.flatMap((source) => ['', ...sourceLines(source, colors)]);
  const isIdle = sources.every(({ isLoaded }) => !isLoaded);
  return [
    dim(`${plural(sources.length, 'source')} in ${place}`),
    ...lines,
    '',
    isIdle
      ? green('Nothing to load: all files are loaded as they are.')
      : bold(
          `${plural(loaded.length, 'file')} to load, ${formatBytes(bytesOf(loaded))}. Nothing was written.`,
        ),
  ];
}

function sourceLines({ source, schema, reason, files }: PlannedSource, colors: Colors): readonly string[] {
  const { dim } = colors;
  const shown = files.filter(({ fate }) => fate !== 'same');
  const same = files.length - shown.length;
  const gone = files.some(({ fate }) => fate === 'gone');
  return [
    `${dim(`${schema}.`)}${source}  ${dim(reason)}`,
    ...alignColumns(
      shown.map(({ fate, path, shape, bytes }) => [
        `  ${colors[COLORS[fate]](fate)}`,
        path,
        dim(shape),
        dim(formatBytes(bytes)),
      ]),
      Number.POSITIVE_INFINITY,
    ),
    ...(same > 0 ? [dim(`  ${plural(same, 'file')} the same`)] : []),
    ...(gone ? [dim('  rows of files that are gone stay; --prune lets them go')] : []),
  ];
}

function bytesOf(files: readonly PlannedFile[]): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}
