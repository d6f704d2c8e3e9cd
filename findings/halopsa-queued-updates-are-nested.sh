#!/bin/sh
# HaloPSA (PyPI) 2.0.2: actions that were queued are sent as a list inside a list. HaloPSA's API takes a list of objects;
# `update(queue_mode="queue")` followed by `update(queue_mode="update")` posts `[[{…}, {…}]]`, while one that is
# sent at once posts `[{…}]`. The helper wraps whatever it is given in a list, the collected list too.
# Seen by: the body of the request, taken from the library's own `requests` session. Fails when this changes.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check HaloPSA==2.0.2 requests==2.34.2
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import json

import requests

bodies = []


def answer(self, method, url, params=None, data=None, **_):
    made = requests.Response()
    made.status_code = 200
    if url.endswith("/auth/token"):
        made._content = b'{"access_token": "token"}'
    else:
        bodies.append(json.loads(data))
        made._content = b"[]"
    return made


requests.Session.request = answer

from HaloPSA.Halo import Halo

halo = Halo("msp", "client", "secret")
halo.Actions.update(ticket_id=611, note="Looked at the logs")
halo.Actions.update(ticket_id=611, note="Looked at the logs", queue_mode="queue")
halo.Actions.update(ticket_id=612, note="Looked at the logs", queue_mode="update")
print("at once:", bodies[0])
print("queued:", bodies[1])
note = {"note": "Looked at the logs"}
assert bodies[0] == [{"ticket_id": 611, **note}], bodies[0]
assert bodies[1] == [[{"ticket_id": 611, **note}, {"ticket_id": 612, **note}]], bodies[1]
PYTHON
