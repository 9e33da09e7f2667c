"""`python json_server.py PORT [--complete]`: fakesnow behind a server that answers in JSON, as the Node driver needs it.

fakesnow answers queries in Arrow, and says with HTTP 500 what it does not know; the driver would try that again and again. Nothing
else is changed: what fakesnow does not know stays unknown. With --complete it gets the few things that it lacks and a build of the
warehouse needs: see the end.
"""

import base64
import datetime
import importlib
import json
import re
import sys

import uvicorn
from sqlglot import exp
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.responses import JSONResponse, Response

# The package has a function of the same name.
server = importlib.import_module("fakesnow.server")

EPOCH = datetime.date(1970, 1, 1)
EPOCH_UTC = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)


def seconds_text(microseconds):
    """Seconds with nine digits behind the point; the sign stands for both."""
    sign = "-" if microseconds < 0 else ""
    seconds, rest = divmod(abs(microseconds), 1_000_000)
    return f"{sign}{seconds}.{rest * 1000:09d}"


def wire_text(value, column):
    """A value as Snowflake writes it in JSON results."""
    if value is None:
        return None
    kind = column["type"]
    if kind == "boolean":
        return "1" if value else "0"
    if kind == "date":
        return str((value - EPOCH).days)
    if kind.startswith("timestamp"):
        moment = value if value.tzinfo else value.replace(tzinfo=datetime.timezone.utc)
        text = seconds_text((moment - EPOCH_UTC) // datetime.timedelta(microseconds=1))
        return f"{text} 1440" if kind == "timestamp_tz" else text
    if kind == "time":
        return seconds_text(((value.hour * 60 + value.minute) * 60 + value.second) * 1_000_000 + value.microsecond)
    if kind == "binary":
        return value.hex().upper()
    if kind == "real":
        return repr(value)
    return str(value)


def rows_as_json(pair):
    table, rowtype = pair
    columns = [column.to_pylist() for column in table.columns]
    rows = [[wire_text(value, column) for value, column in zip(row, rowtype)] for row in zip(*columns)]
    return json.dumps(rows).encode()


# The server packs `to_ipc(to_sf(table, rowtype))` into base64: here rows as JSON.
server.to_sf = lambda table, rowtype: (table, rowtype)
server.to_ipc = rows_as_json


class JsonResults(BaseHTTPMiddleware):
    async def dispatch(self, request, call_next):
        response = await call_next(request)
        body = b"".join([part async for part in response.body_iterator])
        if "application/json" not in response.headers.get("content-type", ""):
            return Response(body, response.status_code, dict(response.headers))
        answer = json.loads(body)
        data = answer.get("data")
        if isinstance(data, dict) and data.get("queryResultFormat"):
            if data["queryResultFormat"] == "arrow":
                packed = data.pop("rowsetBase64")
                data["rowset"] = json.loads(base64.b64decode(packed)) if packed else []
                data["queryResultFormat"] = "json"
            data["returned"] = len(data["rowset"])
        if response.status_code == 500:
            answer["data"] = {"errorCode": answer["code"], "sqlState": "0A000"}
            return JSONResponse(answer)
        return JSONResponse(answer, response.status_code)


server.app.add_middleware(JsonResults)

# It has no session settings; its session is in UTC as ours are.
IGNORED = [r"(?i)^\s*alter session set "]
connect = server.shared_fs.connect
server.shared_fs.connect = lambda *args, **options: connect(*args, **{**options, "nop_regexes": IGNORED})

SWAP = re.compile(r'\s*alter table (\S+)\."([^"]+)" swap with (\S+)\."([^"]+)"\s*$', re.IGNORECASE)
MD5_NUMBER = "create or replace macro {catalog}.m_d5_number_lower64(x) as cast(cast('0x' || substr(md5(x), 17) as ubigint) as decimal(38, 0));"


SIGNED_HASH = "create or replace macro {catalog}._signed_hash(x) as cast(hash(x)::hugeint - 9223372036854775808 as bigint);"


def with_bits_of_numbers(expression):
    if isinstance(expression, (exp.BitwiseAnd, exp.BitwiseXor)):
        for side in ("this", "expression"):
            expression.set(side, exp.cast(expression.args[side], "HUGEINT"))
    if isinstance(expression, exp.Anonymous) and expression.name.upper() == "HASH":
        # DuckDB's has no sign; a row hashes as a whole.
        expression.set("this", "_signed_hash")
        expression.set("expressions", [exp.func("row", *expression.expressions)])
    return expression


def with_many_digits(before, after):
    """fakesnow takes 64 bits for NUMBER(38, 0)."""
    is_whole = isinstance(before, exp.DataType) and before.this == exp.DataType.Type.DECIMAL and after is not before
    return exp.DataType.build("HUGEINT") if is_whole else after


def complete():
    """What a build of the warehouse needs beyond fakesnow: SWAP WITH by three renames, MD5_NUMBER_LOWER64, sums of whole numbers that
    stay whole, more than 64 bits for NUMBER(38, 0), HASH with a sign, and comments on columns, which are not kept."""
    transforms = importlib.import_module("fakesnow.transforms")
    integer_precision = transforms.integer_precision
    transforms.numeric_agg_implicit_cast = with_bits_of_numbers
    transforms.integer_precision = lambda expression: with_many_digits(expression, integer_precision(expression))
    macros = importlib.import_module("fakesnow.macros")
    cursor = importlib.import_module("fakesnow.cursor").FakeSnowflakeCursor
    creation_sql, execute = macros.creation_sql, cursor.execute
    macros.creation_sql = lambda catalog: creation_sql(catalog) + (MD5_NUMBER + SIGNED_HASH).format(catalog=catalog)
    IGNORED.append(r"(?i)^\s*alter table \S+ alter column \S+ comment ")

    def execute_with_swap(self, command, *args, **options):
        swap = SWAP.match(command)
        if not swap:
            return execute(self, command, *args, **options)
        schema, one, other_schema, other = swap.groups()
        for old, new in ((one, f"{one}__SWAP"), (other, one), (f"{one}__SWAP", other)):
            place = other_schema if old == other else schema
            execute(self, f'alter table {place}."{old}" rename to {place}."{new}"', **options)
        return self

    cursor.execute = execute_with_swap


if __name__ == "__main__":
    if "--complete" in sys.argv:
        complete()
    uvicorn.run(server.app, host="127.0.0.1", port=int(sys.argv[1]), log_level="error")
