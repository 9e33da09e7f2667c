import { bindQuery } from '../bind/query.js';
import { type BoundQuery, physicalName } from '../bind/typed.js';
import type { Column, Table } from '../catalog/objects.js';
import { csvFormat } from '../copy/format.js';
import { type FileOutcome, loadFile, type OnError } from '../copy/load-file.js';
import { filesAt, type LocatedFile, locate, type StageLocation } from '../copy/stage-files.js';
import { stagedRelation } from '../copy/staged-rows.js';
import { compilationError, notEmulated } from '../errors.js';
import { type Rows, statusRows } from '../rows.js';
import type { DuckSession } from '../session.js';
import { duckType, number, text } from '../types.js';
import { defaultSql } from './alter-table.js';
import { formatOptions } from './create-stage.js';
import { columnNamed, targetOf } from './dml.js';
import { endStatement } from './end.js';
import { storedRows } from './new-table.js';
import { type Copy, parseCopy } from './parse-copy.js';
import { type Statement, TYPE_IDS } from './statement.js';

/** COPY INTO a table: files that its load history knows with the same ETag are left out, unless FORCE says otherwise. */
export const copyInto: Statement = async (cursor, session) => {
  const copy = parseCopy(cursor);
  endStatement(cursor);
  const target = targetOf(session, copy.into);
  const { table } = target;
  const columns = copy.columns
    ? copy.columns.map((name) => columnNamed(target, name, copy.into))
    : table.columns;
  const location = locate(session, copy.path);
  const given = formatOptions(session, copy.options);
  const format = csvFormat(given.size > 0 ? given : location.stage.format, copy.into);
  const width = copy.query ? Math.max(1, copy.width) : columns.length;
  const select = selectSql(session, copy, columns, width);
  const load = {
    format,
    select,
    width,
    onError: onErrorOf(copy),
    fields: copy.query ? undefined : columns.length,
  };
  if (isTrue(copy, 'PURGE') && location.stage.url !== undefined)
    throw notEmulated('PURGE of an external stage', copy.into);
  const files = (await chosenFiles(session, copy, location)).filter(
    ({ url, etag }) => isTrue(copy, 'FORCE') || table.loads.get(url) !== etag,
  );
  if (files.length === 0)
    return { rows: statusRows('Copy executed with 0 files processed.'), typeId: TYPE_IDS.copy };

  const outcomes: FileOutcome[] = [];
  const values = columns.map(
    ({ type, nullable }, index) => `v${index} ${duckType(type)}${nullable ? '' : ' not null'}`,
  );
  await session.run(`create or replace temporary table copied (${['file varchar', ...values].join(', ')})`);
  for (const file of files) outcomes.push(await loadFile(session, { ...load, file }));
  await session.dml(table.physical, 'shared', async () => {
    await insertCopied(session, table, columns);
    const before = table.loads;
    table.loads = new Map([
      ...before,
      ...outcomes.filter(({ isLoaded }) => isLoaded).map(({ file }) => [file.url, file.etag] as const),
    ]);
    session.onRollback(() => {
      table.loads = before;
    });
  });
  if (isTrue(copy, 'PURGE'))
    for (const { file, isLoaded } of outcomes) if (isLoaded) location.stage.files.delete(file.path);
  return { rows: resultRows(outcomes, load.onError), typeId: TYPE_IDS.copy };
};

async function insertCopied(session: DuckSession, table: Table, columns: readonly Column[]): Promise<void> {
  const defaults = table.columns.filter(
    (column) => !columns.includes(column) && column.default !== undefined,
  );
  const into = [...columns, ...defaults].map(({ physical }) => physical).join(', ');
  const values = [
    ...columns.map((_, index) => `v${index}`),
    ...defaults.map((column) => defaultSql(session, column.default, column.type)),
  ];
  await session.run(`insert into ${table.physical} (${into}) select ${values.join(', ')} from copied`);
}

const isTrue = (copy: Copy, option: string): boolean =>
  String(copy.options.get(option) ?? 'FALSE').toUpperCase() === 'TRUE';

function onErrorOf(copy: Copy): OnError {
  const word = String(copy.options.get('ON_ERROR') ?? 'ABORT_STATEMENT').toUpperCase();
  if (word === 'CONTINUE') return { type: 'continue' };
  if (word === 'ABORT_STATEMENT') return { type: 'abort' };
  const skip = /^SKIP_FILE(?:_(\d+))?$/.exec(word);
  if (!skip) throw notEmulated(`ON_ERROR = ${word}`, copy.into);
  return { type: 'skip', from: Number(skip[1] ?? 1) };
}

/** The rows of `staged` as the table's columns store them: the file's fields, or what a query makes of them. */
function selectSql(session: DuckSession, copy: Copy, columns: readonly Column[], width: number): string {
  const staged = stagedRelation(RANGE, width);
  const fields = staged.columns.slice(0, width);
  const context = { ...session.bindContext(), stage: () => staged };
  const names = fields.map(
    ({ physical, name }, index) => `staged.${physical} as ${physicalName(index + 1, name)}`,
  );
  const bound: BoundQuery = copy.query
    ? bindQuery(copy.query, undefined, context)
    : { sql: `select ${names.join(', ')} from ${RANGE} as staged`, columns: fields };
  if (bound.columns.length !== columns.length)
    throw compilationError(
      '002020',
      '21S01',
      `Insert value list does not match column list expecting ${columns.length} but got ${bound.columns.length}`,
      copy.into,
    );
  return `select (select any_value(filename) from staged), * from (${storedRows(bound, columns)}) as stored`;
}

/** Stands for the rows of `staged` that are looked at. */
const RANGE = `(select * from staged where row_at between getvariable('copy_from') and getvariable('copy_to'))`;

async function chosenFiles(
  session: DuckSession,
  { options, into }: Copy,
  location: StageLocation,
): Promise<readonly LocatedFile[]> {
  const all = await filesAt(session, location);
  const listed = options.get('FILES');
  const pattern = options.get('PATTERN');
  const matching =
    pattern === undefined ? all : all.filter(({ name }) => new RegExp(`^(?:${String(pattern)})$`).test(name));
  if (listed === undefined) return matching;
  const names = (typeof listed === 'string' ? [listed] : (listed as readonly string[])).map((name) =>
    joined(location.prefix, name),
  );
  const missing = names.find((name) => !all.some(({ path }) => path === name));
  if (missing !== undefined)
    throw compilationError('091016', '22000', `Remote file '${missing}' was not found`, into);
  return matching.filter(({ path }) => names.includes(path));
}

function joined(prefix: string, name: string): string {
  return prefix === '' || prefix.endsWith('/') ? prefix + name : `${prefix}/${name}`;
}

function resultRows(outcomes: readonly FileOutcome[], onError: OnError): Rows {
  const T = text();
  const N = number(18);
  return {
    columns: [
      { name: 'file', type: T },
      { name: 'status', type: T },
      { name: 'rows_parsed', type: N },
      { name: 'rows_loaded', type: N },
      { name: 'error_limit', type: N },
      { name: 'errors_seen', type: N },
      { name: 'first_error', type: T },
      { name: 'first_error_line', type: N },
      { name: 'first_error_character', type: N },
      { name: 'first_error_column_name', type: T },
    ],
    rows: outcomes.map(({ file, parsed, loaded, errors, isLoaded }) => {
      const [first] = errors;
      const limit = onError.type === 'continue' ? parsed : onError.type === 'skip' ? onError.from : 1;
      const status = !isLoaded ? 'LOAD_FAILED' : first ? 'PARTIALLY_LOADED' : 'LOADED';
      return [
        file.url,
        status,
        BigInt(parsed),
        BigInt(loaded),
        BigInt(limit),
        BigInt(errors.length),
        first?.error.message ?? null,
        first ? BigInt(first.line) : null,
        first ? 1n : null,
        null,
      ];
    }),
  };
}
