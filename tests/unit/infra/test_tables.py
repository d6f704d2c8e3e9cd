from typing import Any

import pytest

Template = dict[str, Any]

TABLES = [
    "SessionsTable",
    "TurnsTable",
    "HandoffsTable",
    "HandoffPartsTable",
    "AccountsTable",
    "FeedTable",
    "EngineersTable",
    "DeliveriesTable",
    "ConnectionsTable",
    "IntegrationsTable",
]


def test_tables_are_exactly_those_of_the_design(resources: Template) -> None:
    tables = {name for name, resource in resources.items() if resource["Type"] == "AWS::DynamoDB::Table"}

    assert tables == set(TABLES)


@pytest.mark.parametrize("table", TABLES)
def test_table_is_paid_by_request(resources: Template, table: str) -> None:
    assert resources[table]["Properties"]["BillingMode"] == "PAY_PER_REQUEST"


@pytest.mark.parametrize("table", TABLES)
def test_table_can_be_restored_to_any_second(resources: Template, table: str) -> None:
    backup = resources[table]["Properties"]["PointInTimeRecoverySpecification"]

    assert backup == {"PointInTimeRecoveryEnabled": True}


@pytest.mark.parametrize("table", TABLES)
def test_table_is_encrypted(resources: Template, table: str) -> None:
    assert resources[table]["Properties"]["SSESpecification"] == {"SSEEnabled": True}


@pytest.mark.parametrize("kept", [*TABLES, "UserPool", "AiKeySecret"])
def test_tables_in_prod_outlive_the_stack_where_they_cannot_be_rebuilt(resources: Template, kept: str) -> None:
    policy = {"Fn::If": ["IsProd", "Retain", "Delete"]}

    assert (resources[kept]["DeletionPolicy"], resources[kept]["UpdateReplacePolicy"]) == (policy, policy)


@pytest.mark.parametrize("table", TABLES)
def test_tables_in_prod_are_protected_from_deletion(resources: Template, table: str) -> None:
    assert resources[table]["Properties"]["DeletionProtectionEnabled"] == {"Fn::If": ["IsProd", True, False]}


def test_stream_of_handoffs_has_both_images(resources: Template) -> None:
    stream = resources["HandoffsTable"]["Properties"]["StreamSpecification"]

    assert stream == {"StreamViewType": "NEW_AND_OLD_IMAGES"}


@pytest.mark.parametrize("table", ["FeedTable", "ConnectionsTable", "IntegrationsTable", "AccountsTable"])
def test_short_lived_items_expire(resources: Template, table: str) -> None:
    expiry = resources[table]["Properties"]["TimeToLiveSpecification"]

    assert expiry == {"AttributeName": "expires_at", "Enabled": True}
