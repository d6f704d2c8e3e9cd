#!/bin/sh
# ministack 1.5.33: `REMOVE steps[0], steps[2]` deletes the wrong list element. In DynamoDB, and in moto, both indexes
# mean the list as it was before the update. ministack removes one after the other: after the first removal `steps[2]`
# is the former fourth step, or none. A test of an escalation ladder passes on one emulator and fails on the other, and
# what passes on ministack deletes another step in production.
# Seen by: the same update on ministack and on moto. Fails when this changes.
set -eu
folder=$(mktemp -d)
server=
trap '[ -z "$server" ] || { kill "$server"; wait "$server" || true; }; rm -rf "$folder"' EXIT
python3 -m venv "$folder/emulator"
"$folder/emulator/bin/pip" install -q --disable-pip-version-check ministack==1.5.33
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check "moto[dynamodb]==5.2.5" boto3==1.44.5
export AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test AWS_DEFAULT_REGION=us-east-1
port=$("$folder/venv/bin/python" -c 'import socket; print(socket.create_server(("127.0.0.1", 0)).getsockname()[1])')
mkdir "$folder/scratch"
TMPDIR="$folder/scratch" GATEWAY_PORT=$port BIND_HOST=127.0.0.1 PERSIST_STATE=0 IOT_MTLS_ENABLED=0 SFTP_ENABLED=0 \
    "$folder/emulator/bin/ministack" >"$folder/log" 2>&1 &
server=$!
"$folder/venv/bin/python" - "http://127.0.0.1:$port" <<'PYTHON'
import sys

import boto3
from botocore.config import Config
from moto import mock_aws


def kept(steps, **connection):
    dynamodb = boto3.resource("dynamodb", config=Config(retries={"total_max_attempts": 20}), **connection)
    table = dynamodb.Table("ladders")
    table.put_item(Item={"id": "1", "steps": steps})
    table.update_item(Key={"id": "1"}, UpdateExpression="REMOVE steps[0], steps[2]")
    return table.get_item(Key={"id": "1"})["Item"]["steps"]


def both(**connection):
    client = boto3.client("dynamodb", config=Config(retries={"total_max_attempts": 20}), **connection)
    client.create_table(
        TableName="ladders",
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
    )
    three = ["first", "second", "third"]
    return [kept(three, **connection), kept([*three, "fourth"], **connection)]


ministack = both(endpoint_url=sys.argv[1])
with mock_aws():
    moto = both()
print("kept by ministack:", ministack)
print("kept by moto:", moto)
assert ministack == [["second", "third"], ["second", "third"]], ministack
assert moto == [["second"], ["second", "fourth"]], moto
PYTHON
