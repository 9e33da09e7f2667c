create or replace temporary table "_MATINEE"."MATINEE_SPANS" as
with states as (
  select file, line, octet_length(content) + 1 as bytes, (contains(content, '"') and regexp_like(content, '(("([^"]|"")*"|[^",]*),)*"([^"]|"")*')) as is_open,
    case when regexp_like(content, '([^"]|"")*(|"(,("([^"]|"")*"|[^",]*))*,"([^"]|"")*)') then null else line end as decides,
    regexp_like(case when right(content, 1) = chr(13) then left(content, length(content) - 1) else content end, '([^"]|"")*"(,("([^"]|"")*"|[^",]*))*') as is_end
  from "_MATINEE"."MATINEE_LINES"
  where line > 1 and file in (select file from "_MATINEE"."MATINEE_FILES" where shape = 'grouplens')
), ahead as (
  select states.*, min(decides) over (partition by file order by line rows between 1 following and unbounded following) as last_line,
    sum(bytes) over (partition by file order by line rows unbounded preceding) as bytes_so_far
  from states
)
select opening.file, opening.line, opening.last_line
from ahead as opening join ahead as ending on ending.file = opening.file and ending.line = opening.last_line
where opening.is_open and ending.is_end and ending.bytes_so_far - opening.bytes_so_far + opening.bytes <= 1048576;

create or replace temporary table "_MATINEE"."MATINEE_JOINED_LINES" (file varchar, line number(38, 0), content varchar, is_garbled boolean);

insert into "_MATINEE"."MATINEE_JOINED_LINES" (file, line, content, is_garbled)
select spans.file, spans.line, listagg(lines.content, chr(10)) within group (order by lines.line), max(case when lines.is_garbled then 1 else 0 end) = 1
from "_MATINEE"."MATINEE_SPANS" as spans
join "_MATINEE"."MATINEE_LINES" as lines on lines.file = spans.file and lines.line between spans.line and spans.last_line
group by spans.file, spans.line, spans.last_line
having count(*) = spans.last_line - spans.line + 1;

delete from "_MATINEE"."MATINEE_JOINED_LINES" where (file, line) not in (
with lines as (
  select staged.file, files.path, line, case when right(content, 1) = chr(13) then left(content, length(content) - 1) else content end as text,
    octet_length(case when right(content, 1) = chr(13) then left(content, length(content) - 1) else content end) > 1048576 as is_long, coalesce(is_garbled, false) as is_garbled
  from "_MATINEE"."MATINEE_JOINED_LINES" as staged join "_MATINEE"."MATINEE_FILES" as files on files.file = staged.file
  where line > 1 and content not in ('', chr(13)) and files.shape = 'grouplens'
), framed as (
  select lines.*, contains(text, '"') as has_quotes,
    case when is_long then false when contains(text, '"') then regexp_like(text, '(("([^"]|"")*"|[^",]*),)*("([^"]|"")*"|[^",]*)') else not contains(text, chr(13)) end as is_sound,
    case when is_long then '' when contains(text, '"') then regexp_replace(text, '"([^"]|"")*"', '') else text end as frame
  from lines
), counted as (
  select framed.*, length(frame) - length(replace(frame, ',', '')) + 1 as field_count from framed
), cut as (
  select counted.*, is_sound and field_count = 3 as is_whole,
    case when not has_quotes then split_part(text, ',', 1) when not is_long then coalesce(regexp_substr(text, '^("([^"]|"")*"|[^",]*)'), '') end as c1,
    case when not has_quotes then split_part(text, ',', 2) when not is_long then coalesce(regexp_substr(regexp_replace(text, '^(("([^"]|"")*"|[^",]*),){1}', ''), '^("([^"]|"")*"|[^",]*)'), '') end as c2,
    case when not has_quotes then split_part(text, ',', 3) when not is_long then coalesce(regexp_substr(regexp_replace(text, '^(("([^"]|"")*"|[^",]*),){2}', ''), '^("([^"]|"")*"|[^",]*)'), '') end as c3
  from counted
), valued as (
  select file, path, line, text, is_long, is_garbled, is_sound, field_count,
    case when not is_whole then null when left(c1, 1) = '"' then replace(substr(c1, 2, length(c1) - 2), '""', '"') else c1 end as v1,
    case when not is_whole then null when left(c2, 1) = '"' then replace(substr(c2, 2, length(c2) - 2), '""', '"') else c2 end as v2,
    case when not is_whole then null when left(c3, 1) = '"' then replace(substr(c3, 2, length(c3) - 2), '""', '"') else c3 end as v3
  from cut
), records as (
  select valued.*,
    case when is_long then 0 when not is_sound then -1 when field_count <> 3 then -2
      when not (regexp_like(v1, '[-+]?[0-9]+') and coalesce(try_to_number(case when length(v1) <= 38 then v1 else case when left(v1, 1) = '-' then '-' else '' end || coalesce(nullif(ltrim(v1, '-+0'), ''), '0') end, 38, 0) between -9223372036854775808 and 9223372036854775807, false)) then 1
      when (contains(v2, chr(0)) or (is_garbled and contains(v2, '�'))) then 2
      when (v3 <> '' and not (regexp_like(v3, '[-+]?[0-9]+') and coalesce(try_to_number(case when length(v3) <= 38 then v3 else case when left(v3, 1) = '-' then '-' else '' end || coalesce(nullif(ltrim(v3, '-+0'), ''), '0') end, 38, 0) between -9223372036854775808 and 9223372036854775807, false))) then 3
    end as fault
  from valued
)
select file, line from records where is_sound and field_count = 3 and not (contains(v1, chr(10)) or contains(v3, chr(10))));

create or replace temporary table "_MATINEE"."MATINEE_SPANS" as
with kept as (
  select spans.file, spans.line, spans.last_line from "_MATINEE"."MATINEE_SPANS" as spans
  join "_MATINEE"."MATINEE_JOINED_LINES" as joined on joined.file = spans.file and joined.line = spans.line
), linked as (
  select kept.*, case when lag(last_line) over (partition by file order by line) = line then 0 else 1 end as begins from kept
), chained as (
  select linked.*, sum(begins) over (partition by file order by line rows unbounded preceding) as chain from linked
), placed as (
  select chained.*, row_number() over (partition by file, chain order by line) as place from chained
)
select file, line, last_line from placed where mod(place, 2) = 1;

delete from "_MATINEE"."MATINEE_JOINED_LINES" where (file, line) not in (select file, line from "_MATINEE"."MATINEE_SPANS");

delete from "_MATINEE"."MATINEE_LINES" where (file, line) in (
  select lines.file, lines.line from "_MATINEE"."MATINEE_LINES" as lines
  join "_MATINEE"."MATINEE_SPANS" as spans on spans.file = lines.file and lines.line between spans.line and spans.last_line);

insert into "_MATINEE"."MATINEE_LINES" (file, line, content, is_garbled) select file, line, content, is_garbled from "_MATINEE"."MATINEE_JOINED_LINES";
