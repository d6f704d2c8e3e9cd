#!/bin/sh
# pyconnectwise 0.6.1.2: 429, 502 and 503 are not treated as errors. Only 400, 401, 403, 404, 405, 409 and 500 raise;
# every other answer is parsed as the result. A note refused by the rate limit comes back as a ServiceNote with no field
# set, a count as `None`, and `delete()` returns as it does after success. Notes are lost, and neither the library's
# exceptions nor the return value of `delete()` say so.
# Seen by: the library's own `requests` call, answered 429 and 503. Fails when this changes.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check pyconnectwise==0.6.1.2 pydantic==2.14.4 requests==2.34.2
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import requests

answers = {429: b'{"code": "RateLimit", "message": "Too many requests", "errors": []}', 503: b"Service Unavailable"}
status = 429


def answer(method, url, **_):
    made = requests.Response()
    made.status_code = 200 if "companyinfo" in url else status
    made._content = b'{"Codebase": "v2025_1/"}' if "companyinfo" in url else answers[status]
    return made


requests.request = answer

from pyconnectwise import ConnectWiseManageAPIClient

client = ConnectWiseManageAPIClient("msp", "na.myconnectwise.example", "client", "public", "private")
ticket = client.service.tickets.id(611)
note = ticket.notes.post({"text": "Picked up by Sam", "internalAnalysisFlag": True})
kept = {name for name, value in note.model_dump().items() if value is not None}
print("post, 429:", type(note).__name__, "with", sorted(kept) or "no field set")
count = client.service.tickets.count.get()
print("count, 429:", count)
assert (type(note).__name__, kept, count.count) == ("ServiceNote", set(), None), (note, count)
for status in answers:
    deleted = ticket.notes.id(3).delete()
    print(f"delete, {status}:", deleted)
    assert deleted is None, deleted
PYTHON
