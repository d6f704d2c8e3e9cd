#!/bin/sh
# py-autotask 2.3.0: the methods that list notes or tickets never reach the server. They pass the library's own
# QueryFilter objects to client.query(), whose check looks for keys in them as if they were dictionaries:
# `ValueError: Filter missing required field: field`. A filter written as a dictionary is sent.
# Seen by: a local server that answers an empty page and counts the calls. Fails when this changes.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check py-autotask==2.3.0
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

calls = []


class Autotask(BaseHTTPRequestHandler):
    def do_POST(self):
        calls.append(json.loads(self.rfile.read(int(self.headers["content-length"]))))
        page = {"items": [], "pageDetails": {"count": 0, "requestCount": 500, "prevPageUrl": None, "nextPageUrl": None}}
        body = json.dumps(page).encode()
        self.send_response(200)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


server = HTTPServer(("127.0.0.1", 0), Autotask)
threading.Thread(target=server.serve_forever, daemon=True).start()

from py_autotask import AutotaskClient

url = f"http://127.0.0.1:{server.server_address[1]}/"
client = AutotaskClient.create(username="u@msp.example", integration_code="c", secret="s", api_url=url)
try:
    client.tickets.get_ticket_notes(7)
    raised = "nothing"
except ValueError as error:
    raised = str(error)
print("get_ticket_notes(7):", raised, "| calls:", len(calls))
assert raised == "Filter missing required field: field", raised
assert calls == [], calls
client.query("TicketNotes", filters=[{"op": "eq", "field": "ticketID", "value": 7}])
print("query() with a dictionary: calls:", len(calls))
assert len(calls) == 1
PYTHON
