"""COPY of lines as they are, in the one form that Matinee's loads have. fakesnow's COPY has no metadata columns, stops at the first
error and knows few options; so here files of fakesnow's stages are cut into lines in Python. Any other COPY is left to fakesnow.
"""

import gzip
import importlib
import os
import re

import pyarrow

COPY = re.compile(
    r"copy into (?P<table>\S+) \(file, line, content\)\s+"
    r"from \(select metadata\$filename, metadata\$file_row_number, \$1 from @(?P<stage>\S+?)/\)\s+"
    r"files = \((?P<files>.*)\)\s+"
    r"file_format = \(type = csv compression = (?P<compression>none|gzip) record_delimiter = '\\n' field_delimiter = none "
    r"field_optionally_enclosed_by = none escape = none escape_unenclosed_field = none trim_space = false null_if = \(\) "
    r"empty_field_as_null = false skip_header = 0 skip_blank_lines = false skip_byte_order_mark = true encoding = 'UTF8' "
    r"replace_invalid_characters = (?P<lenient>true|false)\)\s+"
    r"on_error = continue\s*$"
)
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def decoded(line, errors):
    """A line's text, or None if it is no UTF-8 and nothing may be replaced."""
    try:
        return line.decode("utf-8", errors)
    except UnicodeDecodeError:
        return None


def lines_of(path, copy):
    with (gzip.open if copy["compression"] == "gzip" else open)(path, "rb") as file:
        lines = file.read().removeprefix(BYTE_ORDER_MARK).split(b"\n")
    errors = "replace" if copy["lenient"] == "true" else "strict"
    return [decoded(line, errors) for line in (lines if lines[-1] else lines[:-1])]


def result_sql(name, lines):
    errors = lines.count(None)
    status, first, line = ("PARTIALLY_LOADED", "'Invalid UTF-8'", lines.index(None) + 1) if errors else ("LOADED", "null", "null")
    return (
        f"""select '{name}' as "file", '{status}' as "status", {len(lines)} as "rows_parsed", {len(lines) - errors} as "rows_loaded", """
        f"""{errors} as "errors_seen", {first} as "first_error", {line} as "first_error_line\""""
    )


def run(cursor, copy):
    """Runs a COPY that COPY matches. Returns SQL of what it answers: a row for each file."""
    stage = importlib.import_module("fakesnow.transforms.stage")
    parts = stage.parts_from_var(copy["stage"], cursor._conn.database, cursor._conn.schema)
    results = []
    for file in re.findall(r"'([^']*)'", copy["files"]):
        name = f"{parts[-1].lower()}/{file}"
        lines = lines_of(os.path.join(stage.internal_dir(".".join(parts)), file), copy)
        rows = [(name, number, line) for number, line in enumerate(lines, 1) if line is not None]
        columns = zip(*rows) if rows else ([], [], [])
        types = (pyarrow.string(), pyarrow.int64(), pyarrow.string())
        table = pyarrow.table([pyarrow.array(column, kind) for column, kind in zip(columns, types)], ["file", "line", "content"])
        cursor._duck_conn.register("_lines", table)
        cursor._duck_conn.execute(f"insert into {copy['table']} (file, line, content) from _lines")
        cursor._duck_conn.unregister("_lines")
        results.append(result_sql(name, lines))
    return " union all ".join(results)
