#!/bin/sh
# py-autotask 2.3.0: `query_all()`, documented as "automatically handling pagination", returns only the first page (at
# most 500 items) and raises nothing. For the next page it sets `offset` on a pydantic model that has no such field,
# catches and logs its own ValueError, and returns what it has. The next page's address is never called. A sync of open
# tickets built on it misses every ticket after the 500th.
# Seen by: a local server with two pages. Fails when this changes.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check py-autotask==2.3.0 pydantic==2.14.4
"$folder/venv/bin/python" -W ignore - 2>&1 <<'PYTHON'
import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

calls = []


class Autotask(BaseHTTPRequestHandler):
    def answer(self):
        self.rfile.read(int(self.headers.get("content-length", 0)))
        calls.append(f"{self.command} {self.path}")
        is_last = "/next" in self.path
        following = None if is_last else f"{url}ATServicesRest/V1.0/Tickets/query/next?paging=500"
        details = {"count": 500, "requestCount": 500, "prevPageUrl": None, "nextPageUrl": following}
        items = [{"id": number + (500 if is_last else 0)} for number in range(500)]
        body = json.dumps({"items": items, "pageDetails": details}).encode()
        self.send_response(200)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = answer

    def log_message(self, *_):
        pass


server = HTTPServer(("127.0.0.1", 0), Autotask)
threading.Thread(target=server.serve_forever, daemon=True).start()
url = f"http://127.0.0.1:{server.server_address[1]}/"

from py_autotask import AutotaskClient

client = AutotaskClient.create(username="u@msp.example", integration_code="c", secret="s", api_url=url)
found = client.tickets.query_all({"op": "gt", "field": "id", "value": 0})
print("tickets:", len(found), "of 1000 | calls:", calls)
assert len(found) == 500, len(found)
assert calls == ["POST /v1.0/Tickets/query"], calls
PYTHON
