#!/bin/sh
# py-autotask 2.3.0: TicketNotesEntity.create_note(ticket_id, text) without further arguments sends `Publish: 1`, which
# Autotask calls "All Autotask Users" and shows in the client portal. Internal is 2. Who writes "a note" for colleagues
# by the shortest call writes to the customer.
# Seen by: a local server that keeps what is sent. Fails when this changes.
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
        calls.append((self.path, json.loads(self.rfile.read(int(self.headers["content-length"])))))
        body = b'{"itemId": 1}'
        self.send_response(200)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


server = HTTPServer(("127.0.0.1", 0), Autotask)
threading.Thread(target=server.serve_forever, daemon=True).start()

from py_autotask import AutotaskClient
from py_autotask.entities.ticket_notes import TicketNotesEntity

url = f"http://127.0.0.1:{server.server_address[1]}/"
client = AutotaskClient.create(username="u@msp.example", integration_code="c", secret="s", api_url=url)
TicketNotesEntity(client).create_note(7, "For colleagues only")
[(path, sent)] = calls
print(path, sent)
assert sent["Publish"] == 1, sent
PYTHON
