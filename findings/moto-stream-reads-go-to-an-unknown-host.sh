#!/bin/sh
# moto 5.2.5 with botocore 1.44.5: a DynamoDB stream cannot be read. botocore takes the account from the stream's ARN
# and sends DescribeStream to `<account>.streams-ddb.<region>.amazonaws.com`, a host that moto does not route to its
# stream service: 404 "Not yet implemented". ListStreams names no ARN and works, so moto seems to lack the operation.
# With `Config(account_id_endpoint_mode="disabled")` the same call succeeds.
# Seen by: one stream, described both ways. Fails when this changes.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check "moto[dynamodb]==5.2.5" boto3==1.44.5 botocore==1.44.5
AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test AWS_DEFAULT_REGION=us-east-1 "$folder/venv/bin/python" - <<'PYTHON'
from urllib.parse import urlsplit

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError
from moto import mock_aws

hosts = []


def described(arn, config=None):
    streams = boto3.client("dynamodbstreams", config=config)
    streams.meta.events.register("before-send", lambda request, **_: hosts.append(urlsplit(request.url).hostname))
    listed = len(streams.list_streams(TableName="sessions")["Streams"])
    try:
        said = streams.describe_stream(StreamArn=arn)["StreamDescription"]["StreamStatus"]
    except ClientError as error:
        said = f"{error.response['Error']['Code']} {error.response['Error']['Message']}"
    print(f"streams listed: {listed} | DescribeStream at {hosts[-1]}: {said}")
    return said


with mock_aws():
    table = boto3.client("dynamodb").create_table(
        TableName="sessions",
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_IMAGE"},
    )["TableDescription"]
    by_default = described(table["LatestStreamArn"])
    without_account = described(table["LatestStreamArn"], Config(account_id_endpoint_mode="disabled"))
assert by_default == "404 Not yet implemented", by_default
assert hosts[1] == "123456789012.streams-ddb.us-east-1.amazonaws.com", hosts
assert without_account == "ENABLED", without_account
PYTHON
