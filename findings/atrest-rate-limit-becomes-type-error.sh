#!/bin/sh
# atrest 1.0.2: an answer 429 (Autotask's limit of 10,000 calls an hour, or of three at once) is raised as
# `TypeError: exceptions must derive from BaseException`. Its error parser returns None for every status that it has no
# sentence for, and that None is raised; the status and the answer are lost, so nobody can wait and try again.
# Seen by: a local server that answers 429. Fails when this changes.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check atrest==1.0.2 requests==2.34.2
"$folder/venv/bin/python" - <<'PYTHON'
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer


class Autotask(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(429)
        self.send_header("Retry-After", "30")
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


server = HTTPServer(("127.0.0.1", 0), Autotask)
threading.Thread(target=server.serve_forever, daemon=True).start()

from atrest.client import Client

try:
    Client(f"http://127.0.0.1:{server.server_address[1]}", "code", "u@msp.example", "secret").query_tickets("7")
    raised = "nothing"
except Exception as error:
    raised = f"{type(error).__name__}: {error}"
print(raised)
assert raised == "TypeError: exceptions must derive from BaseException", raised
PYTHON
