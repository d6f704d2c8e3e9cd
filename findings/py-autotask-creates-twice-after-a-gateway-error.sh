#!/bin/sh
# py-autotask 2.3.0: creating is not safe when a gateway times out. The client lists POST among the methods that urllib3
# may retry after 502, 503 and 504, three times by default. If the gateway answers 504 while Autotask goes on and saves,
# one `create_note()` leaves two notes on the ticket, and the caller learns of the second one only.
# Seen by: a local server that saves each note, answers 504 once, and counts. Fails when this changes.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check py-autotask==2.3.0 urllib3==2.8.0
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

written = []


class Autotask(BaseHTTPRequestHandler):
    def do_POST(self):
        written.append(json.loads(self.rfile.read(int(self.headers["content-length"])))["Description"])
        body = json.dumps({"itemId": len(written)}).encode()
        self.send_response(504 if len(written) == 1 else 200)
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
told = TicketNotesEntity(client).create_note(7, "Picked up by Sam", publish=2)
print("told of:", told, "| written:", written)
assert told.item_id == 2, told
assert written == ["Picked up by Sam"] * 2, written
PYTHON
