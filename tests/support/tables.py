"""The tables of `infra/template.yaml`, made on moto from the template's own words, so that a divergence shows."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import pytest
from moto import mock_aws
from moto.core.model import StructureShape
from moto.core.model_instances import reset_model_data
from moto.core.models import DEFAULT_ACCOUNT_ID
from moto.core.serialize import JSONSerializer
from moto.dynamodb.models import dynamodb_backends
from samtranslator.yaml_helper import yaml_parse

from chalicelib.settings import settings
from chalicelib.store import limits
from chalicelib.store.connection import dynamodb
from infra.package import TEMPLATE

PREFIX = "flowpilot-test-"
ELSEWHERE = ("AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_DYNAMODB", "AWS_ENDPOINT_URL_SNS", "AWS_PROFILE")
AS_IS = {"AttributeDefinitions", "KeySchema", "GlobalSecondaryIndexes", "BillingMode"}

Definition = dict[str, Any]


@contextmanager
def empty_tables() -> Iterator[None]:
    """Put the template's tables, empty, on moto, and have the settings name them."""
    with pytest.MonkeyPatch.context() as environment:
        for name in ELSEWHERE:
            environment.delenv(name, raising=False)
        environment.setenv("AWS_DEFAULT_REGION", "us-east-1")
        environment.setenv("TABLE_PREFIX", PREFIX)
        settings.cache_clear()
        limits.forget()
        environment.setattr(JSONSerializer, "_serialize_type_structure", _with_attributes_as_they_are)
        with mock_aws(config={"core": {"reset_boto3_session": False}}):  # a session reads a service from disk again
            for suffix, definition in defined_tables().items():
                dynamodb().dispatch("CreateTable", {"TableName": PREFIX + suffix, **_taken_by_create_table(definition)})
            yield
    settings.cache_clear()


def _with_attributes_as_they_are(self: Any, answer: Any, value: Any, shape: StructureShape, key: str) -> None:
    """Write a structure into moto's answer, but an attribute as it is stored: as DynamoDB's JSON, `{"S": "text"}`.

    For each attribute, moto tries every type there is under each of its spellings, which was most of a request's time.
    """
    if shape.name == "AttributeValue" and key:
        answer[key] = value
    else:
        _structure(self, answer, value, shape, key)


_structure = JSONSerializer._serialize_type_structure


def moto_tables() -> dict[str, Any]:
    """The tables as moto has them, by name."""
    tables: dict[str, Any] = dynamodb_backends[DEFAULT_ACCOUNT_ID]["us-east-1"].tables
    return tables


def forget_history() -> None:
    """Have moto forget the changes so far: it copies its streams with every transaction, and keeps all copies."""
    for table in moto_tables().values():
        if table.stream_shard:
            table.stream_shard.items.clear()
    reset_model_data()


@cache
def defined_tables() -> dict[str, Definition]:
    """The properties of every table of the template, by the part of its name after the stage's prefix."""
    resources = yaml_parse(TEMPLATE.read_text())["Resources"].values()
    tables = [resource["Properties"] for resource in resources if resource.get("Type") == "AWS::DynamoDB::Table"]
    return {table["TableName"]["Fn::Sub"].removeprefix("${AWS::StackName}-"): table for table in tables}


def _taken_by_create_table(definition: Definition) -> Definition:
    taken = {name: content for name, content in definition.items() if name in AS_IS}
    if stream := definition.get("StreamSpecification"):
        taken["StreamSpecification"] = {"StreamEnabled": True, **stream}
    return taken
