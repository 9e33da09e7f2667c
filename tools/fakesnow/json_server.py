"""`python json_server.py PORT [--complete]`: fakesnow behind a server that answers in JSON, as the Node driver needs it.

fakesnow answers queries in Arrow, and says with HTTP 500 what it does not know; the driver would try that again and again. Nothing
else is changed: what fakesnow does not know stays unknown. With --complete it gets what completion.py names.
"""

import base64
import datetime
import importlib
import json
import sys

import uvicorn
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.responses import JSONResponse, Response

import completion

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


if __name__ == "__main__":
    if "--complete" in sys.argv:
        completion.complete(server)
        IGNORED.extend(completion.IGNORED)
    uvicorn.run(server.app, host="127.0.0.1", port=int(sys.argv[1]), log_level="error")
