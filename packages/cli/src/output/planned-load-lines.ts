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
  touched: 'dim',
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
  const gone = sources.flatMap(({ files }) => files).filter(({ fate }) => fate === 'gone');
  const letGo = sources.flatMap(({ files }) => files).filter(({ fate }) => fate === 'let go');
  return [
    dim(`${plural(sources.length, 'source')} in ${place}`),
    ...lines,
    '',
    sources.some(({ isLoaded }) => isLoaded)
      ? bold(
          `${plural(loaded.length, 'file')} to load, ${formatBytes(bytesOf(loaded))}${letGo.length > 0 ? `; ${filesAndRows(letGo)} to let go` : ''}. Nothing was written.`,
        )
      : green(
          `Nothing to load: all files that are there are loaded as they are${gone.length > 0 ? `, and the rows of ${plural(gone.length, 'file')} that ${gone.length === 1 ? 'is' : 'are'} gone stay` : ''}.`,
        ),
  ];
}

function filesAndRows(files: readonly PlannedFile[]): string {
  return `${plural(files.length, 'file')} with ${plural(rowsOf(files), 'row')}`;
}

function sourceLines({ source, schema, reason, files }: PlannedSource, colors: Colors): readonly string[] {
  const { dim } = colors;
  const shown = files.filter(({ fate }) => fate !== 'same');
  const same = files.length - shown.length;
  const gone = files.filter(({ fate }) => fate === 'gone');
  const touched = files.some(({ fate }) => fate === 'touched');
  return [
    `${dim(`${schema}.`)}${source}  ${dim(reason)}`,
    ...alignColumns(
      shown.map(({ fate, path, shape, bytes, rows }) => [
        `  ${colors[COLORS[fate]](fate)}`,
        path,
        dim(shape),
        dim(formatBytes(bytes)),
        rows === undefined ? '' : dim(plural(rows, 'row')),
      ]),
      Number.POSITIVE_INFINITY,
    ),
    ...(same > 0 ? [dim(`  ${plural(same, 'file')} the same`)] : []),
    ...(touched ? [dim('  files that were only touched have the content that was loaded')] : []),
    ...(gone.length > 0
      ? [dim(`  ${plural(rowsOf(gone), 'row')} of files that are gone stay; --prune lets them go`)]
      : []),
  ];
}

function rowsOf(files: readonly PlannedFile[]): number {
  return files.reduce((sum, { rows = 0 }) => sum + rows, 0);
}

function bytesOf(files: readonly PlannedFile[]): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}
