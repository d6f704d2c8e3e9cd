#!/bin/sh
# pyconnectwise 0.6.1.2: `fields`, a parameter that the API documents and the library passes on, makes a read fail where
# the library's model requires a field that was not asked for. Members asked for as `id,officeEmail` raise pydantic's
# ValidationError though the server answered 200 with what was asked for.
# Seen by: a local server that answers those two fields. Fails when this changes.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check pyconnectwise==0.6.1.2 pydantic==2.14.4 requests==2.34.2
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import requests

asked = []


def answer(method, url, params=None, **_):
    asked.append((method, url, params))
    made = requests.Response()
    made.status_code = 200
    found = b'{"Codebase": "v2025_1/"}' if "companyinfo" in url else b'[{"id": 14, "officeEmail": "sam@msp.example"}]'
    made._content = found
    return made


requests.request = answer

from pydantic import ValidationError
from pyconnectwise import ConnectWiseManageAPIClient

client = ConnectWiseManageAPIClient("msp", "na.myconnectwise.example", "client", "public", "private")
try:
    client.system.members.get(params={"fields": "id,officeEmail"})
    missing = []
except ValidationError as error:
    missing = sorted(str(one["loc"][-1]) for one in error.errors())
print(asked[-1])
print("required all the same:", ", ".join(missing))
assert asked[-1][2] == {"fields": "id,officeEmail"}, asked
assert "licenseClass" in missing, missing
PYTHON
