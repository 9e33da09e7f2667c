create transient table "RAW"."LINKS__CANDIDATE" ("MOVIEID" number(38, 0), "TITLE" varchar, "GENRES" varchar, "_FILE" varchar, "_LOAD" varchar);

select files.path, count(*) as n
from "_MATINEE"."MATINEE_LINES" as lines join "_MATINEE"."MATINEE_FILES" as files on files.file = lines.file
where line > 1 and content not in ('', chr(13)) and files.shape = 'kaggle'
group by files.path;

insert into "RAW"."LINKS__CANDIDATE" ("MOVIEID", "TITLE", "GENRES", "_FILE", "_LOAD")
with lines as (
  select staged.file, files.path, line, case when right(content, 1) = chr(13) then left(content, length(content) - 1) else content end as text,
    octet_length(case when right(content, 1) = chr(13) then left(content, length(content) - 1) else content end) > 1048576 as is_long, coalesce(is_garbled, false) as is_garbled
  from "_MATINEE"."MATINEE_LINES" as staged join "_MATINEE"."MATINEE_FILES" as files on files.file = staged.file
  where line > 1 and content not in ('', chr(13)) and files.shape = 'kaggle'
), framed as (
  select lines.*, contains(text, '"') as has_quotes,
    case when is_long then false when contains(text, '"') then regexp_like(text, '(("([^"\\\\]|\\\\"|\\\\[^"])*"|[^",]*),)*("([^"\\\\]|\\\\"|\\\\[^"])*"|[^",]*)') else not contains(text, chr(13)) end as is_sound,
    case when is_long then '' when contains(text, '"') then regexp_replace(text, '"([^"\\\\]|\\\\"|\\\\[^"])*"', '') else text end as frame
  from lines
), counted as (
  select framed.*, length(frame) - length(replace(frame, ',', '')) + 1 as field_count from framed
), cut as (
  select counted.*, is_sound and field_count = 3 as is_whole,
    case when not has_quotes then split_part(text, ',', 1) when not is_long then coalesce(regexp_substr(text, '^("([^"\\\\]|\\\\"|\\\\[^"])*"|[^",]*)'), '') end as c1,
    case when not has_quotes then split_part(text, ',', 2) when not is_long then coalesce(regexp_substr(regexp_replace(text, '^(("([^"\\\\]|\\\\"|\\\\[^"])*"|[^",]*),){1}', ''), '^("([^"\\\\]|\\\\"|\\\\[^"])*"|[^",]*)'), '') end as c2,
    case when not has_quotes then split_part(text, ',', 3) when not is_long then coalesce(regexp_substr(regexp_replace(text, '^(("([^"\\\\]|\\\\"|\\\\[^"])*"|[^",]*),){2}', ''), '^("([^"\\\\]|\\\\"|\\\\[^"])*"|[^",]*)'), '') end as c3
  from counted
), valued as (
  select file, path, line, text, is_long, is_garbled, is_sound, field_count,
    case when not is_whole then null when left(c1, 1) = '"' then regexp_replace(substr(c1, 2, length(c1) - 2), '\\\\(["\\\\])', '\\1') else c1 end as v1,
    case when not is_whole then null when left(c2, 1) = '"' then regexp_replace(substr(c2, 2, length(c2) - 2), '\\\\(["\\\\])', '\\1') else c2 end as v2,
    case when not is_whole then null when left(c3, 1) = '"' then regexp_replace(substr(c3, 2, length(c3) - 2), '\\\\(["\\\\])', '\\1') else c3 end as v3
  from cut
), records as (
  select valued.*,
    case when is_long then 0 when not is_sound then -1 when field_count <> 3 then -2
      when not (regexp_like(v1, '[-+]?[0-9]+') and coalesce(try_to_number(case when length(v1) <= 38 then v1 else case when left(v1, 1) = '-' then '-' else '' end || coalesce(nullif(ltrim(v1, '-+0'), ''), '0') end, 38, 0) between -9223372036854775808 and 9223372036854775807, false)) then 1
      when (contains(v2, chr(0)) or (is_garbled and contains(v2, '�'))) then 2
      when (contains(v3, chr(0)) or (is_garbled and contains(v3, '�'))) then 3
    end as fault
  from valued
)
select try_to_number(case when length(v1) <= 38 then v1 else case when left(v1, 1) = '-' then '-' else '' end || coalesce(nullif(ltrim(v1, '-+0'), ''), '0') end, 38, 0),
  replace(v2, '""', '"'),
  replace(v3, '""', '"'),
  path,
  'load-1'
from records where fault is null;

insert into "_MATINEE"."REJECTED_ROWS" (load_id, source, file, line, column_name, reason, raw)
with lines as (
  select staged.file, files.path, line, case when right(content, 1) = chr(13) then left(content, length(content) - 1) else content end as text,
    octet_length(case when right(content, 1) = chr(13) then left(content, length(content) - 1) else content end) > 1048576 as is_long, coalesce(is_garbled, false) as is_garbled
  from "_MATINEE"."MATINEE_LINES" as staged join "_MATINEE"."MATINEE_FILES" as files on files.file = staged.file
  where line > 1 and content not in ('', chr(13)) and files.shape = 'kaggle'
), framed as (
  select lines.*, contains(text, '"') as has_quotes,
    case when is_long then false when contains(text, '"') then regexp_like(text, '(("([^"\\\\]|\\\\"|\\\\[^"])*"|[^",]*),)*("([^"\\\\]|\\\\"|\\\\[^"])*"|[^",]*)') else not contains(text, chr(13)) end as is_sound,
    case when is_long then '' when contains(text, '"') then regexp_replace(text, '"([^"\\\\]|\\\\"|\\\\[^"])*"', '') else text end as frame
  from lines
), counted as (
  select framed.*, length(frame) - length(replace(frame, ',', '')) + 1 as field_count from framed
), cut as (
  select counted.*, is_sound and field_count = 3 as is_whole,
    case when not has_quotes then split_part(text, ',', 1) when not is_long then coalesce(regexp_substr(text, '^("([^"\\\\]|\\\\"|\\\\[^"])*"|[^",]*)'), '') end as c1,
    case when not has_quotes then split_part(text, ',', 2) when not is_long then coalesce(regexp_substr(regexp_replace(text, '^(("([^"\\\\]|\\\\"|\\\\[^"])*"|[^",]*),){1}', ''), '^("([^"\\\\]|\\\\"|\\\\[^"])*"|[^",]*)'), '') end as c2,
    case when not has_quotes then split_part(text, ',', 3) when not is_long then coalesce(regexp_substr(regexp_replace(text, '^(("([^"\\\\]|\\\\"|\\\\[^"])*"|[^",]*),){2}', ''), '^("([^"\\\\]|\\\\"|\\\\[^"])*"|[^",]*)'), '') end as c3
  from counted
), valued as (
  select file, path, line, text, is_long, is_garbled, is_sound, field_count,
    case when not is_whole then null when left(c1, 1) = '"' then regexp_replace(substr(c1, 2, length(c1) - 2), '\\\\(["\\\\])', '\\1') else c1 end as v1,
    case when not is_whole then null when left(c2, 1) = '"' then regexp_replace(substr(c2, 2, length(c2) - 2), '\\\\(["\\\\])', '\\1') else c2 end as v2,
    case when not is_whole then null when left(c3, 1) = '"' then regexp_replace(substr(c3, 2, length(c3) - 2), '\\\\(["\\\\])', '\\1') else c3 end as v3
  from cut
), records as (
  select valued.*,
    case when is_long then 0 when not is_sound then -1 when field_count <> 3 then -2
      when not (regexp_like(v1, '[-+]?[0-9]+') and coalesce(try_to_number(case when length(v1) <= 38 then v1 else case when left(v1, 1) = '-' then '-' else '' end || coalesce(nullif(ltrim(v1, '-+0'), ''), '0') end, 38, 0) between -9223372036854775808 and 9223372036854775807, false)) then 1
      when (contains(v2, chr(0)) or (is_garbled and contains(v2, '�'))) then 2
      when (contains(v3, chr(0)) or (is_garbled and contains(v3, '�'))) then 3
    end as fault
  from valued
)
select 'load-1', 'movies', path, line,
  case fault when -1 then case length(regexp_replace(coalesce(regexp_substr(text, '^(("([^"\\\\]|\\\\"|\\\\[^"])*"|[^",]*),)*'), ''), '"([^"\\\\]|\\\\"|\\\\[^"])*"', '')) - length(replace(regexp_replace(coalesce(regexp_substr(text, '^(("([^"\\\\]|\\\\"|\\\\[^"])*"|[^",]*),)*'), ''), '"([^"\\\\]|\\\\"|\\\\[^"])*"', ''), ',', '')) when 0 then 'movieId' when 1 then 'title' when 2 then 'genres' end
    when 1 then 'movieId' when 2 then 'title' when 3 then 'genres' end,
  case fault when 0 then 'The line is longer than 1,048,576 bytes.'
    when -1 then case
      when left(substr(text, length(coalesce(regexp_substr(text, '^(("([^"\\\\]|\\\\"|\\\\[^"])*"|[^",]*),)*'), '')) + 1), 1) = '"' then case when regexp_like(substr(text, length(coalesce(regexp_substr(text, '^(("([^"\\\\]|\\\\"|\\\\[^"])*"|[^",]*),)*'), '')) + 1), '"([^"\\\\]|\\\\"|\\\\[^"])*\\\\?') then 'A quoted value is not closed.' else 'Something other than a comma follows a closing quote.' end
      when left(regexp_replace(substr(text, length(coalesce(regexp_substr(text, '^(("([^"\\\\]|\\\\"|\\\\[^"])*"|[^",]*),)*'), '')) + 1), '^[^",]*', ''), 1) = '"' then 'A quote stands inside a value without quotes.'
      else 'A carriage return stands outside quotes.' end
    when -2 then 'The row has ' || cast(field_count as varchar) || case when field_count = 1 then ' value' else ' values' end || ', the header has 3.'
    when 1 then case when contains(v1, chr(0)) then 'The value holds a NUL character.' when (is_garbled and contains(v1, '�')) then 'The value is not valid UTF-8.' when v1 = '' then 'The value is empty, but the column is not nullable.' when regexp_like(v1, '[-+]?[0-9]+') then '"' || regexp_replace(replace(replace(replace(replace(replace(case when length(v1) > 60 then left(v1, 60) || '…' else v1 end, '\\', '\\\\'), '"', '\\"'), chr(10), '\\n'), chr(13), '\\r'), chr(9), '\\t'), '[[:cntrl:]]', '�') || '"' || ' does not fit into 64 bits.' else '"' || regexp_replace(replace(replace(replace(replace(replace(case when length(v1) > 60 then left(v1, 60) || '…' else v1 end, '\\', '\\\\'), '"', '\\"'), chr(10), '\\n'), chr(13), '\\r'), chr(9), '\\t'), '[[:cntrl:]]', '�') || '"' || ' is not a whole number.' end
    when 2 then case when contains(v2, chr(0)) then 'The value holds a NUL character.' when (is_garbled and contains(v2, '�')) then 'The value is not valid UTF-8.' end
    when 3 then case when contains(v3, chr(0)) then 'The value holds a NUL character.' when (is_garbled and contains(v3, '�')) then 'The value is not valid UTF-8.' end end,
  left(replace(text, chr(0), '�'), 10000)
from records where fault is not null;

insert into "_MATINEE"."REJECTED_ROWS" (load_id, source, file, line, column_name, reason, raw)
with lines as (
  select staged.file, files.path, line, case when right(content, 1) = chr(13) then left(content, length(content) - 1) else content end as text,
    octet_length(case when right(content, 1) = chr(13) then left(content, length(content) - 1) else content end) > 1048576 as is_long, coalesce(is_garbled, false) as is_garbled
  from "_MATINEE"."MATINEE_LINES" as staged join "_MATINEE"."MATINEE_FILES" as files on files.file = staged.file
  where line > 1 and content not in ('', chr(13)) and files.shape = 'kaggle'
), framed as (
  select lines.*, contains(text, '"') as has_quotes,
    case when is_long then false when contains(text, '"') then regexp_like(text, '(("([^"\\\\]|\\\\"|\\\\[^"])*"|[^",]*),)*("([^"\\\\]|\\\\"|\\\\[^"])*"|[^",]*)') else not contains(text, chr(13)) end as is_sound,
    case when is_long then '' when contains(text, '"') then regexp_replace(text, '"([^"\\\\]|\\\\"|\\\\[^"])*"', '') else text end as frame
  from lines
), counted as (
  select framed.*, length(frame) - length(replace(frame, ',', '')) + 1 as field_count from framed
), cut as (
  select counted.*, is_sound and field_count = 3 as is_whole,
    case when not has_quotes then split_part(text, ',', 1) when not is_long then coalesce(regexp_substr(text, '^("([^"\\\\]|\\\\"|\\\\[^"])*"|[^",]*)'), '') end as c1,
    case when not has_quotes then split_part(text, ',', 2) when not is_long then coalesce(regexp_substr(regexp_replace(text, '^(("([^"\\\\]|\\\\"|\\\\[^"])*"|[^",]*),){1}', ''), '^("([^"\\\\]|\\\\"|\\\\[^"])*"|[^",]*)'), '') end as c2,
    case when not has_quotes then split_part(text, ',', 3) when not is_long then coalesce(regexp_substr(regexp_replace(text, '^(("([^"\\\\]|\\\\"|\\\\[^"])*"|[^",]*),){2}', ''), '^("([^"\\\\]|\\\\"|\\\\[^"])*"|[^",]*)'), '') end as c3
  from counted
), valued as (
  select file, path, line, text, is_long, is_garbled, is_sound, field_count,
    case when not is_whole then null when left(c1, 1) = '"' then regexp_replace(substr(c1, 2, length(c1) - 2), '\\\\(["\\\\])', '\\1') else c1 end as v1,
    case when not is_whole then null when left(c2, 1) = '"' then regexp_replace(substr(c2, 2, length(c2) - 2), '\\\\(["\\\\])', '\\1') else c2 end as v2,
    case when not is_whole then null when left(c3, 1) = '"' then regexp_replace(substr(c3, 2, length(c3) - 2), '\\\\(["\\\\])', '\\1') else c3 end as v3
  from cut
), records as (
  select valued.*,
    case when is_long then 0 when not is_sound then -1 when field_count <> 3 then -2
      when not (regexp_like(v1, '[-+]?[0-9]+') and coalesce(try_to_number(case when length(v1) <= 38 then v1 else case when left(v1, 1) = '-' then '-' else '' end || coalesce(nullif(ltrim(v1, '-+0'), ''), '0') end, 38, 0) between -9223372036854775808 and 9223372036854775807, false)) then 1
      when (contains(v2, chr(0)) or (is_garbled and contains(v2, '�'))) then 2
      when (contains(v3, chr(0)) or (is_garbled and contains(v3, '�'))) then 3
    end as fault
  from valued
), keyed as (
  select path, line, text, try_to_number(case when length(v1) <= 38 then v1 else case when left(v1, 1) = '-' then '-' else '' end || coalesce(nullif(ltrim(v1, '-+0'), ''), '0') end, 38, 0) as "MOVIEID"
  from records where fault is null
)
select 'load-1', 'movies', path, line, 'movieId',
  'The key movieId = ' || cast("MOVIEID" as varchar) || ' comes with other values in the same file.',
  left(replace(text, chr(0), '�'), 10000)
from keyed
where (path, "MOVIEID") in (select "_FILE", "MOVIEID" from "RAW"."MATINEE_CONFLICTS");
