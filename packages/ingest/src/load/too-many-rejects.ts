import { formatLiteral, formatRejectLimit, LoadError, type LoadedSource } from '@matinee/core';
import type { LoadContext } from './context.js';

const SHOWN = 5;

/** The error for a source with too many rejects: how many, the first five, and where to see the others. */
export async function tooManyRejects(
  { request, place, dialect }: LoadContext,
  { source, rejectedRows }: LoadedSource,
  delivered: number,
): Promise<LoadError> {
  const { rejectsTable, loadId, maxRejects, session } = request;
  const mine = `load_id = ${formatLiteral(loadId, dialect)} and source = ${formatLiteral(source, dialect)}`;
  const first = await session.query(
    `select file, line, column_name, reason from ${rejectsTable} where ${mine} order by file, line limit ${SHOWN}`,
  );
  const lines = first.map(
    ({ file, line, column_name, reason }) =>
      `  ${file}:${line}${column_name === null ? '' : ` ${column_name}`}: ${reason}`,
  );
  const [worst] = first;
  const count = (rows: number) => `${rows.toLocaleString('en')} ${rows === 1 ? 'row' : 'rows'}`;
  const more = rejectedRows > SHOWN ? [`  … and ${(rejectedRows - SHOWN).toLocaleString('en')} more`] : [];
  return new LoadError(
    'LOAD_REJECTS',
    [
      `${source}: ${rejectedRows.toLocaleString('en')} of ${count(delivered)} rejected, ${formatRejectLimit(maxRejects)} allowed.`,
      ...lines,
      ...more,
    ].join('\n'),
    {
      location: worst ? { file: place.locate(String(worst.file)), line: Number(worst.line) } : undefined,
      hint: `Correct the file, or allow some with --max-rejects N or N%. All of them: matinee rejects ${source}.`,
    },
  );
}
