import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.unit.infra.functions import FUNCTIONS, log_group_of, role_of

Template = dict[str, Any]

ROLES = [role_of(function) for function in FUNCTIONS]

PUSH_KEYS = "flowpilot/${AWS::StackName}/push-keys"
"""The name of the secret that `infra/push_keys.py` makes."""

#: The only actions allowed on everything, and why.
ON_EVERYTHING = {
    "sns:CheckIfPhoneNumberIsOptedOut": "SNS has no resource for a phone number",
    "xray:PutTraceSegments": "X-Ray has no resources to name",
    "xray:PutTelemetryRecords": "X-Ray has no resources to name",
}


def statements(resources: Template, role: str) -> list[dict[str, Any]]:
    policies = resources[role]["Properties"]["Policies"]
    return [statement for policy in policies for statement in policy["PolicyDocument"]["Statement"]]


def targets(statement: dict[str, Any]) -> list[Any]:
    named = statement.get("Resource", [])
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


def test_every_function_has_a_role_of_its_own(resources: Template) -> None:
    roles = {name for name, resource in resources.items() if resource["Type"] == "AWS::IAM::Role"}

    assert roles == set(ROLES)


@pytest.mark.parametrize("role", ROLES)
def test_role_may_only_act_on_everything_where_there_is_no_other_way(resources: Template, role: str) -> None:
    unbounded = {
        action
        for statement in statements(resources, role)
        if "*" in targets(statement)
        for action in statement["Action"]
    }

    assert unbounded <= set(ON_EVERYTHING)


@pytest.mark.parametrize("role", ROLES)
def test_actions_are_no_patterns(resources: Template, role: str) -> None:
    patterns = [action for statement in statements(resources, role) for action in statement["Action"] if "*" in action]

    assert patterns == []


@pytest.mark.parametrize("role", ROLES)
def test_policy_speaks_of_resources_that_exist(resources: Template, role: str) -> None:
    named = {
        name for statement in statements(resources, role) for target in targets(statement) for name in names_in(target)
    }

    assert named - set(resources) <= {"EmailIdentity"}  # a parameter: the identity was verified before


@pytest.mark.parametrize("function", FUNCTIONS)
def test_function_writes_to_no_log_but_its_own(resources: Template, function: str) -> None:
    logs = [
        target
        for statement in statements(resources, role_of(function))
        if any(action.startswith("logs:") for action in statement["Action"])
        for target in targets(statement)
    ]

    assert logs == [{"Fn::GetAtt": [log_group_of(function), "Arn"]}]


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

    assert named <= made
    assert made == named


@pytest.mark.parametrize("role", ROLES)
def test_policies_allow_no_scan(resources: Template, role: str) -> None:
    actions = {action for statement in statements(resources, role) for action in statement["Action"]}

    assert not actions & {"dynamodb:Scan", "dynamodb:PartiQLSelect", "dynamodb:BatchWriteItem"}


#: What it takes to find integrations, to keep that one fails, and to send on what waited for it.
INTEGRATIONS = {"DeleteItem", "GetItem", "PutItem", "Query", "UpdateItem"}

#: What it takes to bring sessions to where their tickets stand, and to renew the plans of their handoffs.
FOLLOW_TICKETS = {
    "SessionsTable": {"ConditionCheckItem", "PutItem", "Query", "UpdateItem"},
    "TurnsTable": {"PutItem", "Query"},
    "HandoffsTable": {"GetItem", "UpdateItem"},
    "HandoffPartsTable": {"Query"},
    "AccountsTable": {"GetItem"},
    "EngineersTable": {"GetItem", "Query"},
    "IntegrationsTable": INTEGRATIONS,
    "FeedTable": {"PutItem"},
}

#: What it takes to know whom a step of the ladder tells.
POLICY_AND_PEOPLE = {"AccountsTable": {"GetItem", "Query"}, "EngineersTable": {"Query"}}

#: What it takes to do what is due for a handoff.
DEAL_WITH_DUE = {
    "HandoffsTable": {"GetItem", "UpdateItem"},
    "HandoffPartsTable": {"Query", "UpdateItem"},
    "SessionsTable": {"ConditionCheckItem", "Query", "UpdateItem"},
    "TurnsTable": {"Query"},
    **POLICY_AND_PEOPLE,
}

#: All that each function may do to a table itself.
ALLOWED = {
    "APIHandler": {
        "SessionsTable": {"BatchGetItem", "PutItem", "Query", "UpdateItem"},
        "TurnsTable": {"GetItem", "PutItem", "Query", "UpdateItem"},
        "HandoffsTable": {"BatchGetItem", "GetItem", "PutItem", "Query", "UpdateItem"},
        "HandoffPartsTable": {"BatchGetItem", "PutItem", "Query", "UpdateItem"},
        "EngineersTable": {"GetItem", "PutItem", "Query", "UpdateItem"},
        "AccountsTable": {"BatchGetItem", "DeleteItem", "GetItem", "PutItem", "Query", "UpdateItem"},
        "DeliveriesTable": {"BatchGetItem", "GetItem", "PutItem", "Query", "UpdateItem"},
        "FeedTable": {"PutItem", "Query"},
        "ConnectionsTable": {"DeleteItem", "PutItem", "Query"},
        "IntegrationsTable": INTEGRATIONS,
    },
    "Enrich": {
        "HandoffsTable": {"GetItem", "UpdateItem"},
        "HandoffPartsTable": {"Query", "UpdateItem"},
        **{table: {"Query"} for table in ("SessionsTable", "TurnsTable")},
        "AccountsTable": {"GetItem", "UpdateItem"},
    },
    "Announce": {"FeedTable": {"PutItem"}, "HandoffPartsTable": {"PutItem"}, **POLICY_AND_PEOPLE},
    "AnnounceSession": {"FeedTable": {"PutItem"}, "SessionsTable": {"Query"}},
    "RunClock": DEAL_WITH_DUE,
    "DealWithDue": DEAL_WITH_DUE,
    "PushToPsa": {
        "HandoffsTable": {"GetItem", "UpdateItem"},
        "HandoffPartsTable": {"Query", "UpdateItem"},
        "SessionsTable": {"Query"},
        "TurnsTable": {"GetItem", "Query", "UpdateItem"},
        "IntegrationsTable": INTEGRATIONS,
        "EngineersTable": {"GetItem"},
        "FeedTable": {"PutItem"},
    },
    "MarkNotesFailed": {
        "HandoffsTable": {"GetItem", "UpdateItem"},
        "HandoffPartsTable": {"Query", "UpdateItem"},
        "SessionsTable": {"Query"},
        "TurnsTable": {"GetItem", "Query", "UpdateItem"},
        "IntegrationsTable": {"GetItem", "Query"},
    },
    "HandleDelivery": {**FOLLOW_TICKETS, "EngineersTable": {"GetItem", "Query", "UpdateItem"}},
    "Reconcile": FOLLOW_TICKETS,
    "Notify": {
        "AccountsTable": {"BatchGetItem", "GetItem", "PutItem", "Query", "UpdateItem"},
        "EngineersTable": {"GetItem", "Query", "UpdateItem"},
        "SessionsTable": {"Query"},
        "HandoffsTable": {"BatchGetItem", "GetItem"},
        "DeliveriesTable": {"BatchGetItem", "GetItem", "PutItem", "Query", "UpdateItem"},
    },
    "CheckReadiness": {
        "AccountsTable": {"BatchGetItem", "GetItem", "Query"},
        "EngineersTable": {"Query"},
        "DeliveriesTable": {"GetItem", "PutItem"},
    },
    "PushLive": {"ConnectionsTable": {"DeleteItem", "Query"}},
    "WebsocketConnect": {
        "ConnectionsTable": {"DeleteItem", "GetItem", "PutItem"},
        "EngineersTable": {"GetItem"},
    },
    "WebsocketMessage": {"ConnectionsTable": {"DeleteItem"}},
    "WebsocketDisconnect": {"ConnectionsTable": {"DeleteItem"}},
}


@pytest.mark.parametrize("function", FUNCTIONS)
def test_function_does_to_a_table_what_it_is_for(resources: Template, function: str) -> None:
    tables = [name for name, resource in resources.items() if resource["Type"] == "AWS::DynamoDB::Table"]

    granted = {table: allowed(resources, role_of(function), table) for table in tables}
    assert {table: actions for table, actions in granted.items() if actions} == ALLOWED[function]


ANNOUNCERS = ("Announce", "AnnounceSession")
OF_TICKETS = ("PushToPsa", "HandleDelivery", "Reconcile")


def functions_that_may(resources: Template, action: str) -> set[str]:
    return {
        function
        for function in FUNCTIONS
        for statement in statements(resources, role_of(function))
        if action in statement["Action"]
    }


@pytest.mark.parametrize(
    ("action", "functions"),
    [
        ("sns:Publish", {"APIHandler", "Notify", *ANNOUNCERS, *OF_TICKETS}),
        ("sqs:SendMessage", {"APIHandler", "CheckReadiness", "Enrich", "RunClock", *ANNOUNCERS, *OF_TICKETS, "Notify"}),
        ("sqs:ReceiveMessage", {"DealWithDue", "PushToPsa", "MarkNotesFailed", "HandleDelivery", "Notify"}),
        ("sqs:ChangeMessageVisibility", {"PushToPsa", "MarkNotesFailed", "HandleDelivery", "Notify"}),
        ("dynamodb:GetRecords", {"Enrich", "Announce", "AnnounceSession"}),
        (
            "secretsmanager:GetSecretValue",
            {"APIHandler", "Enrich", "PushToPsa", "HandleDelivery", "Reconcile", "Notify"},
        ),
        ("secretsmanager:CreateSecret", {"APIHandler"}),
        ("secretsmanager:PutSecretValue", {"APIHandler"}),
        ("secretsmanager:DeleteSecret", {"APIHandler"}),
        ("bedrock:InvokeModel", {"APIHandler", "Enrich"}),
        ("ses:SendEmail", {"Notify"}),
        ("ses:SendRawEmail", {"Notify"}),
        ("execute-api:ManageConnections", {"PushLive", "WebsocketMessage"}),
    ],
)
def test_action_is_granted_only_where_needed(resources: Template, action: str, functions: set[str]) -> None:
    assert functions_that_may(resources, action) == functions


@pytest.mark.parametrize("role", ROLES)
def test_secret_that_a_function_may_use_is_the_ais_an_integrations_or_a_channels(
    resources: Template, template: Template, role: str
) -> None:
    variables = template["Globals"]["Function"]["Environment"]["Variables"]
    prefixes = [variables[f"{kind}_SECRETS_PREFIX"]["Fn::Sub"] for kind in ("INTEGRATION", "CHANNEL")]
    secrets = "arn:${AWS::Partition}:secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:"

    used = [
        target
        for statement in statements(resources, role)
        if any(action.startswith("secretsmanager:") for action in statement["Action"])
        for target in targets(statement)
    ]
    known = [{"Ref": "AiKeySecret"}, *({"Fn::Sub": f"{secrets}{prefix}*"} for prefix in prefixes)]
    if role == role_of("Notify"):
        known.append({"Fn::Sub": f"{secrets}{PUSH_KEYS}-*"})  # the one that signs push messages
    assert [target for target in used if target not in known] == []


def test_key_that_signs_push_messages_is_named_as_the_policy_has_it(resources: Template) -> None:
    variables = resources["Notify"]["Properties"]["Environment"]["Variables"]

    assert variables["PUSH_KEYS_SECRET"] == {"Fn::Sub": PUSH_KEYS}


def test_functions_have_no_action_of_a_service_they_do_not_use(resources: Template) -> None:
    services = {
        action.partition(":")[0]
        for role in ROLES
        for statement in statements(resources, role)
        for action in statement["Action"]
    }

    assert services == {"dynamodb", "sns", "sqs", "secretsmanager", "ses", "bedrock", "execute-api", "logs", "xray"}
