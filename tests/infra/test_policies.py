import re
from collections.abc import Iterator
from typing import Any

import pytest

Template = dict[str, Any]

ROLES = ["ApiHandlerRole", "EnrichRole", "AnnounceRole", "SweepRole"]

#: The only actions allowed on everything, and why.
ON_EVERYTHING = {
    "xray:PutTraceSegments": "X-Ray has no resources to name",
    "xray:PutTelemetryRecords": "X-Ray has no resources to name",
}


def statements(resources: Template, role: str) -> list[dict[str, Any]]:
    policies = resources[role]["Properties"]["Policies"]
    return [statement for policy in policies for statement in policy["PolicyDocument"]["Statement"]]


def targets(statement: dict[str, Any]) -> list[Any]:
    named = statement["Resource"]
    return named if isinstance(named, list) else [named]


def names_in(target: Any) -> Iterator[str]:
    """The resources of the template that a policy's target speaks of; pseudo parameters are none."""
    match target:
        case {"Ref": name}:
            yield name
        case {"Fn::GetAtt": [name, _]}:
            yield name
        case {"Fn::Sub": text}:
            yield from re.findall(r"\$\{(\w+)(?:\.\w+)?\}", text)


def allowed(resources: Template, role: str, table: str) -> set[str]:
    """What `role` may do to `table` itself, its indexes and its stream aside."""
    itself = {"Fn::GetAtt": [table, "Arn"]}
    return {
        action.removeprefix("dynamodb:")
        for statement in statements(resources, role)
        if itself in targets(statement)
        for action in statement["Action"]
    }


def test_every_role_is_one_of_the_four(resources: Template) -> None:
    roles = {name for name, resource in resources.items() if resource["Type"] == "AWS::IAM::Role"}

    assert roles == set(ROLES)


@pytest.mark.parametrize("role", ROLES)
def test_a_role_may_only_act_on_everything_where_there_is_no_other_way(resources: Template, role: str) -> None:
    unbounded = {
        action
        for statement in statements(resources, role)
        if "*" in targets(statement)
        for action in statement["Action"]
    }

    assert unbounded <= set(ON_EVERYTHING)


@pytest.mark.parametrize("role", ROLES)
def test_no_action_is_a_pattern(resources: Template, role: str) -> None:
    patterns = [action for statement in statements(resources, role) for action in statement["Action"] if "*" in action]

    assert patterns == []


@pytest.mark.parametrize("role", ROLES)
def test_a_policy_speaks_of_resources_that_exist(resources: Template, role: str) -> None:
    named = {
        name for statement in statements(resources, role) for target in targets(statement) for name in names_in(target)
    }

    assert named - set(resources) == set()


@pytest.mark.parametrize(
    ("role", "log"),
    [
        ("ApiHandlerRole", "ApiHandlerLogGroup"),
        ("EnrichRole", "EnrichLogGroup"),
        ("AnnounceRole", "AnnounceLogGroup"),
        ("SweepRole", "SweepLogGroup"),
    ],
)
def test_a_function_writes_to_no_log_but_its_own(resources: Template, role: str, log: str) -> None:
    logs = [
        target
        for statement in statements(resources, role)
        if any(action.startswith("logs:") for action in statement["Action"])
        for target in targets(statement)
    ]

    assert logs == [{"Fn::GetAtt": [log, "Arn"]}]


def test_indexes_that_a_policy_names_exist(resources: Template) -> None:
    made = {
        f"${{{name}.Arn}}/index/{index['IndexName']}"
        for name, resource in resources.items()
        if resource["Type"] == "AWS::DynamoDB::Table"
        for index in resource["Properties"].get("GlobalSecondaryIndexes", [])
    }

    named = {
        target["Fn::Sub"]
        for role in ROLES
        for statement in statements(resources, role)
        for target in targets(statement)
        if "/index/" in str(target)
    }

    assert named == made


@pytest.mark.parametrize("role", ROLES)
def test_nobody_deletes_or_scans(resources: Template, role: str) -> None:
    actions = {action for statement in statements(resources, role) for action in statement["Action"]}

    assert not actions & {"dynamodb:DeleteItem", "dynamodb:Scan", "dynamodb:BatchWriteItem", "dynamodb:PartiQLDelete"}


@pytest.mark.parametrize(
    ("role", "table", "actions"),
    [
        ("ApiHandlerRole", "FeedTable", {"Query"}),
        ("EnrichRole", "HandoffsTable", {"GetItem", "UpdateItem"}),
        ("EnrichRole", "SessionsTable", {"UpdateItem"}),
        ("EnrichRole", "FeedTable", set()),
        ("AnnounceRole", "HandoffsTable", set()),
        ("AnnounceRole", "FeedTable", {"PutItem"}),
        ("SweepRole", "HandoffsTable", {"UpdateItem"}),
        ("SweepRole", "SessionsTable", set()),
    ],
)
def test_a_function_does_to_a_table_what_it_is_for(
    resources: Template, role: str, table: str, actions: set[str]
) -> None:
    assert allowed(resources, role, table) == actions


@pytest.mark.parametrize("role", ["AnnounceRole", "SweepRole"])
def test_who_does_not_ask_the_ai_cannot_read_its_key(resources: Template, role: str) -> None:
    readers = [statement for statement in statements(resources, role) if {"Ref": "AiKeySecret"} in targets(statement)]

    assert readers == []
