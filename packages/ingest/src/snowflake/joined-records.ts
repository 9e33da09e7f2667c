import { MAX_RECORD_BYTES } from '../scan/bytes.js';
import { createLines, LINE_TEXT, type StagedTables } from './lines-table.js';
import { patternsOf } from './patterns.js';
import { recordsSql, type ShapeReading } from './records.js';
import { literal } from './text.js';

/** Counts the lines that begin a record and end inside quotes. */
export function countOpenLines(tables: StagedTables, { shape, reading }: ShapeReading): string {
  return `select count(*) as n from ${tables.lines} where ${isOpen(reading.escape)} and line > 1 and ${tables.isOf(shape)}`;
}

/**
 * Statements that put the lines of records together in which line breaks stand inside quotes, under the number of the
 * first. As in a scan, a record counts only if it is sound, has the right number of fields and line breaks in text alone;
 * otherwise each of its lines is taken for itself.
 *
 * Where two such records share a line, which ends the one and could begin the other, the first has it. Inside of a record
 * no other can begin: the quotes of a line that begins one are odd in number, those of a line inside are even.
 */
export function joinRecords(tables: StagedTables, files: ShapeReading): readonly string[] {
  const { shape, reading } = files;
  const { lines, spans, joined } = tables;
  const { staysInside, closes } = patternsOf(reading.escape);
  const text = reading.fields.map((field, index) => ({ field, sql: `v${index + 1}` }));
  const odd = text.filter(({ field }) => field.kind !== 'text').map(({ sql }) => `contains(${sql}, chr(10))`);
  const isText = odd.length > 0 ? ` and not (${odd.join(' or ')})` : '';
  return [
    `create or replace temporary table ${spans} as
with states as (
  select file, line, octet_length(content) + 1 as bytes, ${isOpen(reading.escape)} as is_open,
    case when regexp_like(content, ${literal(staysInside)}) then null else line end as decides,
    regexp_like(${LINE_TEXT}, ${literal(closes)}) as is_end
  from ${lines}
  where line > 1 and ${tables.isOf(shape)}
), ahead as (
  select states.*, min(decides) over (partition by file order by line rows between 1 following and unbounded following) as last_line,
    sum(bytes) over (partition by file order by line rows unbounded preceding) as bytes_so_far
  from states
)
select opening.file, opening.line, opening.last_line
from ahead as opening join ahead as ending on ending.file = opening.file and ending.line = opening.last_line
where opening.is_open and ending.is_end and ending.bytes_so_far - opening.bytes_so_far + opening.bytes <= ${MAX_RECORD_BYTES}`,
    createLines(joined),
    `insert into ${joined} (file, line, content, is_garbled)
select spans.file, spans.line, listagg(lines.content, chr(10)) within group (order by lines.line), max(case when lines.is_garbled then 1 else 0 end) = 1
from ${spans} as spans
join ${lines} as lines on lines.file = spans.file and lines.line between spans.line and spans.last_line
group by spans.file, spans.line, spans.last_line
having count(*) = spans.last_line - spans.line + 1`,
    `delete from ${joined} where (file, line) not in (
${recordsSql(tables, joined, files)}
select file, line from records where is_sound and field_count = ${reading.fields.length}${isText})`,
    // Of records that share lines every other one counts, beginning with the first.
    `create or replace temporary table ${spans} as
with kept as (
  select spans.file, spans.line, spans.last_line from ${spans} as spans
  join ${joined} as joined on joined.file = spans.file and joined.line = spans.line
), linked as (
  select kept.*, case when lag(last_line) over (partition by file order by line) = line then 0 else 1 end as begins from kept
), chained as (
  select linked.*, sum(begins) over (partition by file order by line rows unbounded preceding) as chain from linked
), placed as (
  select chained.*, row_number() over (partition by file, chain order by line) as place from chained
)
select file, line, last_line from placed where mod(place, 2) = 1`,
    `delete from ${joined} where (file, line) not in (select file, line from ${spans})`,
    `delete from ${lines} where (file, line) in (
  select lines.file, lines.line from ${lines} as lines
  join ${spans} as spans on spans.file = lines.file and lines.line between spans.line and spans.last_line)`,
    `insert into ${lines} (file, line, content, is_garbled) select file, line, content, is_garbled from ${joined}`,
  ];
}

function isOpen(quoteEscape: '"' | '\\'): string {
  return `(contains(content, '"') and regexp_like(content, ${literal(patternsOf(quoteEscape).opens)}))`;
}
