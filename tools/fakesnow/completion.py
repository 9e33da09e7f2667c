"""What a build of the warehouse needs beyond fakesnow, and fakesnow does not know:

- SWAP WITH, by three renames; HASH_AGG; MD5_NUMBER_LOWER64; HASH with a sign; OCTET_LENGTH of a text;
- NUMBER(38, 0) with more than 64 bits, and sums of whole numbers that stay whole;
- temporary tables within a schema, which become plain ones;
- PUT's answer names a region, which the Node driver asks for, and every PUT overwrites;
- COPY of lines: see copy_lines.py.

Comments on columns and DROP STAGE are passed over.
"""

import importlib
import re

from sqlglot import exp

import copy_lines

SWAP = re.compile(r'\s*alter table (\S+)\."([^"]+)" swap with (\S+)\."([^"]+)"\s*$', re.IGNORECASE)
TEMPORARY = re.compile(r"^create or replace temporary table (?=\S+\.)", re.IGNORECASE)
IGNORED = [r"(?i)^\s*alter table \S+ alter column \S+ comment ", r"(?i)^\s*drop stage "]
MACROS = (
    "create or replace macro {catalog}.m_d5_number_lower64(x) as cast(cast('0x' || substr(md5(x), 17) as ubigint) as decimal(38, 0));"
    "create or replace macro {catalog}._signed_hash(x) as cast(hash(x)::hugeint - 9223372036854775808 as bigint);"
)


def with_functions(expression):
    if isinstance(expression, (exp.BitwiseAnd, exp.BitwiseXor)):
        for side in ("this", "expression"):
            expression.set(side, exp.cast(expression.args[side], "HUGEINT"))
    elif isinstance(expression, exp.ByteLength):
        # DuckDB's takes no text.
        return exp.Anonymous(this="strlen", expressions=[expression.this.transform(with_functions)])
    elif isinstance(expression, exp.HashAgg):
        values = [value.transform(with_functions) for value in (expression.this, *expression.expressions)]
        return exp.Sum(this=signed_hash(values))
    elif isinstance(expression, exp.Anonymous) and expression.name.upper() == "HASH":
        return signed_hash([value.transform(with_functions) for value in expression.expressions])
    return expression


def signed_hash(values):
    """DuckDB's has no sign; a row hashes as a whole."""
    return exp.Anonymous(this="_signed_hash", expressions=[exp.Anonymous(this="row", expressions=values)])


def with_many_digits(before, after):
    """fakesnow takes 64 bits for NUMBER(38, 0)."""
    is_whole = isinstance(before, exp.DataType) and before.this == exp.DataType.Type.DECIMAL and after is not before
    return exp.DataType.build("HUGEINT") if is_whole else after


def complete(server):
    """Gives fakesnow and its server the above."""
    transforms = importlib.import_module("fakesnow.transforms")
    integer_precision = transforms.integer_precision
    transforms.numeric_agg_implicit_cast = with_functions
    transforms.integer_precision = lambda expression: with_many_digits(expression, integer_precision(expression))
    macros = importlib.import_module("fakesnow.macros")
    creation_sql = macros.creation_sql
    macros.creation_sql = lambda catalog: creation_sql(catalog) + MACROS.format(catalog=catalog)
    complete_statements(importlib.import_module("fakesnow.cursor").FakeSnowflakeCursor)
    complete_put(server)


def complete_statements(cursor):
    execute = cursor.execute

    def execute_more(self, command, *args, **options):
        command = TEMPORARY.sub("create or replace table ", command)
        copy = copy_lines.COPY.match(command)
        if copy:
            return execute(self, copy_lines.run(self, copy), **options)
        swap = SWAP.match(command)
        if not swap:
            return execute(self, command, *args, **options)
        schema, one, other_schema, other = swap.groups()
        for old, new in ((one, f"{one}__SWAP"), (other, one), (f"{one}__SWAP", other)):
            place = other_schema if old == other else schema
            execute(self, f'alter table {place}."{old}" rename to {place}."{new}"', **options)
        return self

    cursor.execute = execute_more


def complete_put(server):
    stage_info = server.gcs_stage_info

    def writable_stage(request, expression, put):
        put["overwrite"] = True
        return {**stage_info(request, expression, put), "region": ""}

    server.gcs_stage_info = writable_stage
