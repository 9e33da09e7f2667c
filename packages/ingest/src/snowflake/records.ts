import type { FileReading } from '../reading/reading.js';
import { MAX_RECORD_BYTES } from '../scan/bytes.js';
import { AFTER_QUOTE, NOT_CLOSED, STRAY_QUOTE, STRAY_RETURN } from '../scan/record.js';
import { fieldSql } from './field-sql.js';
import { IS_RECORD, LINE_TEXT, type StagedTables } from './lines-table.js';
import { BARE, patternsOf } from './patterns.js';
import { literal, quote, REPLACEMENT } from './text.js';

/** A shape whose files are to be read, and how. */
export interface ShapeReading {
  readonly shape: string;
  readonly reading: FileReading;
}

/** Why a record is rejected: the number of the field whose value does not fit, from 1, or what is wrong with the whole. */
const FAULT = { long: 0, broken: -1, count: -2 } as const;

const RAW_CHARACTERS = 10_000;

/**
 * The records among the lines of a shape's files, as common table expressions of which the last is called `records`: `file`,
 * `path`, `line`, `text`, `is_garbled`, `is_sound`, `field_count`, the delivered values `v1`, `v2` …, and `fault`, null if the
 * record fits.
 *
 * @param table the table of lines to read
 */
export function recordsSql(tables: StagedTables, table: string, { shape, reading }: ShapeReading): string {
  const { fields, escape: quoteEscape } = reading;
  const { quoted, record } = patternsOf(quoteEscape);
  const numbers = fields.map((_, index) => index + 1);
  const cut = numbers.map((number) => `${cutField(quoteEscape, number)} as c${number}`);
  const values = numbers.map((number) => `${fieldValue(quoteEscape, `c${number}`)} as v${number}`);
  const wrong = fields.map(
    (field, index) => `when ${fieldSql(field, `v${index + 1}`).isWrong} then ${index + 1}`,
  );
  return `with lines as (
  select staged.file, files.path, line, ${LINE_TEXT} as text,
    octet_length(${LINE_TEXT}) > ${MAX_RECORD_BYTES} as is_long, coalesce(is_garbled, false) as is_garbled
  from ${table} as staged join ${tables.files} as files on files.file = staged.file
  where ${IS_RECORD} and files.shape = ${literal(shape)}
), framed as (
  select lines.*, contains(text, '"') as has_quotes,
    case when is_long then false when contains(text, '"') then regexp_like(text, ${literal(record)}) else not contains(text, chr(13)) end as is_sound,
    case when is_long then '' when contains(text, '"') then regexp_replace(text, ${literal(quoted)}, '') else text end as frame
  from lines
), counted as (
  select framed.*, length(frame) - length(replace(frame, ',', '')) + 1 as field_count from framed
), cut as (
  select counted.*, is_sound and field_count = ${fields.length} as is_whole,
    ${cut.join(',\n    ')}
  from counted
), valued as (
  select file, path, line, text, is_long, is_garbled, is_sound, field_count,
    ${values.join(',\n    ')}
  from cut
), records as (
  select valued.*,
    case when is_long then ${FAULT.long} when not is_sound then ${FAULT.broken} when field_count <> ${fields.length} then ${FAULT.count}
      ${wrong.join('\n      ')}
    end as fault
  from valued
)`;
}

/** A field as it was delivered, quotes included, of a record that is sound and has as many as it should. */
function cutField(quoteEscape: '"' | '\\', number: number): string {
  const { field } = patternsOf(quoteEscape);
  const from = number === 1 ? 'text' : `regexp_replace(text, ${literal(`^(${field},){${number - 1}}`)}, '')`;
  return `case when not has_quotes then split_part(text, ',', ${number}) when not is_long then coalesce(regexp_substr(${from}, ${literal(`^${field}`)}), '') end`;
}

/** The value of a field, its escapes resolved; null in a record that is not whole. */
function fieldValue(quoteEscape: '"' | '\\', cut: string): string {
  const inner = `substr(${cut}, 2, length(${cut}) - 2)`;
  const plain =
    quoteEscape === '"'
      ? `replace(${inner}, '""', '"')`
      : `regexp_replace(${inner}, ${literal(patternsOf(quoteEscape).escaped)}, ${literal('\\1')})`;
  return `case when not is_whole then null when left(${cut}, 1) = '"' then ${plain} else ${cut} end`;
}

/** SQL of the column and of the reason of each of the faulty `records`. */
export function faultSql({ fields, escape: quoteEscape }: FileReading): {
  readonly column: string;
  readonly reason: string;
} {
  const { soundFields, quoted, unclosed } = patternsOf(quoteEscape);
  const sound = `coalesce(regexp_substr(text, ${literal(soundFields)}), '')`;
  const frame = `regexp_replace(${sound}, ${literal(quoted)}, '')`;
  const position = `length(${frame}) - length(replace(${frame}, ',', ''))`;
  const rest = `substr(text, length(${sound}) + 1)`;
  const names = fields.map(({ name }, index) => `when ${index} then ${literal(name)}`);
  const broken = `case
      when left(${rest}, 1) = '"' then case when regexp_like(${rest}, ${literal(unclosed)}) then ${literal(NOT_CLOSED)} else ${literal(AFTER_QUOTE)} end
      when left(regexp_replace(${rest}, ${literal(`^${BARE}`)}, ''), 1) = '"' then ${literal(STRAY_QUOTE)}
      else ${literal(STRAY_RETURN)} end`;
  const count = `'The row has ' || cast(field_count as varchar) || case when field_count = 1 then ' value' else ' values' end || ', the header has ${fields.length}.'`;
  const reasons = fields.map(
    (field, index) => `when ${index + 1} then ${fieldSql(field, `v${index + 1}`).reason}`,
  );
  return {
    column: `case fault when ${FAULT.broken} then case ${position} ${names.join(' ')} end
    ${fields.map(({ name }, index) => `when ${index + 1} then ${literal(name)}`).join(' ')} end`,
    reason: `case fault when ${FAULT.long} then 'The line is longer than ${MAX_RECORD_BYTES.toLocaleString('en')} bytes.'
    when ${FAULT.broken} then ${broken}
    when ${FAULT.count} then ${count}
    ${reasons.join('\n    ')} end`,
  };
}

/** A record as it is kept with its reject. */
export const RAW_TEXT = `left(replace(text, chr(0), ${literal(REPLACEMENT)}), ${RAW_CHARACTERS})`;

/** The columns that a reading fills, quoted, and the values they get from `records`. */
export function columnValues({ fields }: FileReading): readonly (readonly [column: string, value: string])[] {
  return fields.map((field, index) => [quote(field.name), fieldSql(field, `v${index + 1}`).value] as const);
}
