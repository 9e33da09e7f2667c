create or replace temporary table "_MATINEE"."MATINEE_LINES" (file varchar, line number(38, 0), content varchar, is_garbled boolean);

copy into "_MATINEE"."MATINEE_LINES" (file, line, content)
from (select metadata$filename, metadata$file_row_number, $1 from @"_MATINEE"."MATINEE_BUCKET"/)
files = ('links.csv', 'links/o''hara 2020.csv')
file_format = (type = csv compression = none record_delimiter = '\n' field_delimiter = none field_optionally_enclosed_by = none escape = none escape_unenclosed_field = none trim_space = false null_if = () empty_field_as_null = false skip_header = 0 skip_blank_lines = false skip_byte_order_mark = true encoding = 'UTF8' replace_invalid_characters = false)
on_error = continue;

copy into "_MATINEE"."MATINEE_LENIENT_LINES" (file, line, content)
from (select metadata$filename, metadata$file_row_number, $1 from @"_MATINEE"."MATINEE_BUCKET"/)
files = ('links/a.csv.gz')
file_format = (type = csv compression = gzip record_delimiter = '\n' field_delimiter = none field_optionally_enclosed_by = none escape = none escape_unenclosed_field = none trim_space = false null_if = () empty_field_as_null = false skip_header = 0 skip_blank_lines = false skip_byte_order_mark = true encoding = 'UTF8' replace_invalid_characters = true)
on_error = continue;

create or replace temporary table "_MATINEE"."MATINEE_FILES" (file varchar, path varchar, shape varchar);
