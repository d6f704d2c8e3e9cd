#!/bin/sh
# django-psa 0.34.0, client of HaloPSA: its one retry after a 401 sends the token that was just refused. The retry asks
# for a token again, but is given the cached one, which it keeps for 59 minutes. So after HaloPSA withdraws a token (the
# application's secret was changed and changed back, the server was restarted) every call fails until the cache expires.
# Seen by: a local server that refuses the first token it issued. Fails when this changes.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check django-psa==0.34.0 django==5.2.19 requests==2.34.2
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import urlsplit

issued, seen = [], []


class Halo(BaseHTTPRequestHandler):
    def answer(self):
        self.rfile.read(int(self.headers.get("content-length", 0)))
        if urlsplit(self.path).path == "/auth/token":
            issued.append(f"token-{len(issued) + 1}")
            return self.reply(200, {"access_token": issued[-1]})
        token = self.headers["Authorization"].removeprefix("Bearer ")
        seen.append(token)
        if token == "token-1":
            return self.reply(401, {"error": "invalid_token"})
        return self.reply(200, {"record_count": 1, "tickets": [{"id": 611}]})

    do_GET = do_POST = answer

    def reply(self, status, body):
        body = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


server = HTTPServer(("127.0.0.1", 0), Halo)
threading.Thread(target=server.serve_forever, daemon=True).start()
address = f"http://127.0.0.1:{server.server_port}"

import django
from django.conf import settings

settings.configure(
    CACHES={"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}},
    HALO_AUTHORISATION_SERVER=f"{address}/auth",
    HALO_RESOURCE_SERVER=f"{address}/api",
    HALO_CLIENT_ID="client",
    HALO_CLIENT_SECRET="secret",
)
django.setup()

from djpsa.api.exceptions import APIError
from djpsa.halo.records.ticket.api import TicketAPI

refused = 0
for _ in range(2):
    try:
        TicketAPI(token_locking=False).get_page(page=1, batch_size=10)
    except APIError:
        refused += 1
print("tokens issued:", issued)
print("tokens sent:", seen)
print("calls refused:", refused, "of 2")
assert issued == ["token-1"], issued
assert seen == ["token-1"] * 4, seen
assert refused == 2, refused
PYTHON
