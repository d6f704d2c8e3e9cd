"""The tables of `infra/template.yaml`, made on moto from the template's own words, so that a divergence shows."""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from functools import cache
from typing import Any

from moto import mock_aws
from moto.core.model_instances import reset_model_data
from moto.core.models import DEFAULT_ACCOUNT_ID
from moto.dynamodb.models import dynamodb_backends

from chalicelib.store import accounts, limits, policies
from chalicelib.store.connection import dynamodb
from tests.support.dynamodb.moto_speed import SESSION_STAYS, copy_items, speed_up
from tests.support.environment import configured
from tests.support.template import template_resources

PREFIX = "flowpilot-test-"
NOTIFICATIONS_QUEUE = "flowpilot-test-notifications"
NOTIFICATIONS_QUEUE_URL = f"https://sqs.us-east-1.amazonaws.com/123456789012/{NOTIFICATIONS_QUEUE}"
"""As moto calls the queue of that name, once a test has made it."""

ELSEWHERE = ("AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_DYNAMODB", "AWS_ENDPOINT_URL_SNS", "AWS_PROFILE")
AS_IS = {"AttributeDefinitions", "KeySchema", "GlobalSecondaryIndexes", "BillingMode"}

Definition = dict[str, Any]
SavedTables = dict[str, dict[Any, Any]]


@contextmanager
def empty_tables() -> Iterator[None]:
    """Put the template's tables, empty, on moto, and have the settings name them."""
    here = {
        "AWS_DEFAULT_REGION": "us-east-1",
        "TABLE_PREFIX": PREFIX,
        "NOTIFICATIONS_QUEUE_URL": NOTIFICATIONS_QUEUE_URL,
    }
    with configured(**dict.fromkeys(ELSEWHERE), **here) as environment:
        accounts.forget()
        limits.forget()
        policies.forget()
        speed_up(environment)
        with mock_aws(config=SESSION_STAYS):
            _create_tables()
            yield


def _create_tables() -> None:
    """Create the template's tables as any client would, once per process; later ones are copies of those."""
    if not _created:
        for suffix, definition in defined_tables().items():
            dynamodb().dispatch("CreateTable", {"TableName": PREFIX + suffix, **_taken_by_create_table(definition)})
        _created.update(deepcopy(moto_tables()))
    moto_tables().update(deepcopy(_created))


_created: dict[str, Any] = {}


def moto_tables() -> dict[str, Any]:
    """The tables as moto has them, by name."""
    tables: dict[str, Any] = dynamodb_backends[DEFAULT_ACCOUNT_ID]["us-east-1"].tables
    return tables


def save_tables() -> SavedTables:
    """Return what the tables hold."""
    return {name: copy_items(table, table.items) for name, table in moto_tables().items()}


def restore_tables(saved: SavedTables) -> None:
    """Put back what the tables held."""
    for name, table in moto_tables().items():
        table.items = copy_items(table, saved[name])
    forget_history()


def forget_history() -> None:
    """Have moto forget the changes so far: it copies its streams with every transaction, and keeps all copies."""
    for table in moto_tables().values():
        if table.stream_shard:
            table.stream_shard.items.clear()
    reset_model_data()


@cache
def defined_tables() -> dict[str, Definition]:
    """The properties of every table of the template, by the part of its name after the stage's prefix."""
    resources = template_resources().values()
    tables = [resource["Properties"] for resource in resources if resource.get("Type") == "AWS::DynamoDB::Table"]
    return {table["TableName"]["Fn::Sub"].removeprefix("${AWS::StackName}-"): table for table in tables}


def _taken_by_create_table(definition: Definition) -> Definition:
    taken = {name: content for name, content in definition.items() if name in AS_IS}
    if stream := definition.get("StreamSpecification"):
        taken["StreamSpecification"] = {"StreamEnabled": True, **stream}
    return taken
