#!/bin/sh
# pynamodb 6.1.0 with botocore 1.44.5: after a request that timed out, `cause_response_code` of the error raises
# `AttributeError: 'NoneType' object has no attribute 'get'`. It reads `getattr(cause, "response", {})`, and botocore's
# HTTPClientError has that attribute, set to None. So code that asks "was it a failed condition?" as pynamodb's
# documentation shows hides the timeout, and code that retries timeouts no longer sees one.
# Seen by: a local server that takes a request and never answers. Fails when this changes.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check pynamodb==6.1.0 botocore==1.44.5
AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test "$folder/venv/bin/python" - <<'PYTHON'
import socket

from pynamodb.attributes import UnicodeAttribute
from pynamodb.exceptions import UpdateError
from pynamodb.models import Model

silent = socket.create_server(("127.0.0.1", 0))


class Item(Model):
    class Meta:
        table_name = "items"
        region = "us-east-1"
        host = f"http://127.0.0.1:{silent.getsockname()[1]}"
        read_timeout_seconds = 1
        max_retry_attempts = 0

    id = UnicodeAttribute(hash_key=True)
    name = UnicodeAttribute(null=True)


try:
    Item("1").update(actions=[Item.name.set("new")], condition=Item.id.exists())
    raise SystemExit("the update was answered")
except UpdateError as error:
    print(type(error.cause).__name__, "response =", error.cause.response)
    try:
        said = f"code {error.cause_response_code}"
    except AttributeError as failure:
        said = f"AttributeError: {failure}"
print(said)
assert said == "AttributeError: 'NoneType' object has no attribute 'get'", said
PYTHON
