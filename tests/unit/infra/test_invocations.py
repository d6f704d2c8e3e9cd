"""What each route, event source, schedule, subscription and permission of the AWS template really invokes."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.unit.infra.functions import FUNCTIONS

Template = dict[str, Any]

#: The functions with an alias. Whatever invokes one of them by another name calls its unpublished code.
ALIASES = {"APIHandler": "APIHandlerAliaslive"}

#: The logical id of what has to be invoked, by function: its alias where it has one.
TARGETS = {function: ALIASES.get(function, function) for function in FUNCTIONS}


@pytest.fixture(scope="module")
def made(translated: Template) -> Template:
    """What CloudFormation makes, by logical id."""
    resources: Template = translated["Resources"]
    return resources


def of_type(made: Template, kind: str) -> dict[str, dict[str, Any]]:
    return {name: item["Properties"] for name, item in made.items() if item["Type"] == kind}


def invoked(made: Template, reference: Any) -> str:
    """The logical id of the function or alias that a reference, an ARN or an invocation address leads to."""
    match reference:
        case {"Ref": name} | {"Fn::GetAtt": [name, "Arn"]}:
            return str(name)
        case {"Fn::Sub": [text, names]}:
            for placeholder, value in names.items():
                text = text.replace(f"${{{placeholder}}}", f"${{{invoked(made, value)}.Arn}}")
            return invoked(made, {"Fn::Sub": text})
        case {"Fn::Sub": text}:
            return _named_in(made, str(text))
    raise AssertionError(f"nothing is known to be invoked by {reference}")


def _named_in(made: Template, text: str) -> str:
    if attribute := re.search(r"\$\{(\w+)\.Arn\}(?:/invocations)?$", text):
        return attribute[1]
    by_name = re.search(r":function:(\$\{AWS::StackName\}-[\w-]+)(?::(\w+))?(?:/invocations)?$", text)
    assert by_name, text
    names = of_type(made, "AWS::Lambda::Function")
    (function,) = [name for name, item in names.items() if item["FunctionName"] == {"Fn::Sub": by_name[1]}]
    if by_name[2] is None:
        return function
    (alias,) = [
        name
        for name, item in of_type(made, "AWS::Lambda::Alias").items()
        if item["Name"] == by_name[2] and item["FunctionName"] == {"Ref": function}
    ]
    return alias


def test_alias_leads_to_a_version_of_its_function(made: Template) -> None:
    versions = of_type(made, "AWS::Lambda::Version")

    led_to = {
        invoked(made, versions[alias["FunctionVersion"]["Fn::GetAtt"][0]]["FunctionName"]): name
        for name, alias in of_type(made, "AWS::Lambda::Alias").items()
    }
    assert led_to == ALIASES


def integrations(made: Template) -> Iterator[tuple[str, str]]:
    """Each route of the REST API, and what its integration invokes."""
    (api,) = of_type(made, "AWS::ApiGateway::RestApi").values()
    for path, methods in api["Body"]["paths"].items():
        for method, operation in methods.items():
            integration = operation["x-amazon-apigateway-integration"]
            if integration["type"] != "mock":
                yield f"{method} {path}", invoked(made, integration["uri"])


def test_each_route_of_the_rest_api_invokes_the_alias(made: Template) -> None:
    routes = dict(integrations(made))

    assert len(routes) > 30
    assert {route: target for route, target in routes.items() if target != TARGETS["APIHandler"]} == {}


def test_each_route_of_the_socket_api_invokes_its_function(made: Template) -> None:
    uris = {name: item["IntegrationUri"] for name, item in of_type(made, "AWS::ApiGatewayV2::Integration").items()}

    routes = {
        item["RouteKey"]: invoked(made, uris[_integration_of(item["Target"])])
        for item in of_type(made, "AWS::ApiGatewayV2::Route").values()
    }
    assert routes == {
        "$connect": TARGETS["WebsocketConnect"],
        "$default": TARGETS["WebsocketMessage"],
        "$disconnect": TARGETS["WebsocketDisconnect"],
    }


def _integration_of(target: dict[str, Any]) -> str:
    (name,) = {item["Ref"] for item in target["Fn::Join"][1] if isinstance(item, dict)}
    return str(name)


def test_each_event_source_invokes_its_function(made: Template) -> None:
    mappings = of_type(made, "AWS::Lambda::EventSourceMapping")

    assert sorted(invoked(made, mapping["FunctionName"]) for mapping in mappings.values()) == sorted(
        TARGETS[name]
        for name in (
            "Enrich",
            "Announce",
            "AnnounceSession",
            "DealWithDue",
            "PushToPsa",
            "PushToPsa",
            "MarkNotesFailed",
            "HandleDelivery",
            "Notify",
        )
    )


def test_each_schedule_invokes_its_function(made: Template) -> None:
    rules = of_type(made, "AWS::Events::Rule").values()

    assert sorted(invoked(made, target["Arn"]) for rule in rules for target in rule["Targets"]) == sorted(
        TARGETS[name] for name in ("RunClock", "Reconcile", "CheckReadiness")
    )


def test_each_subscription_of_a_function_invokes_it(made: Template) -> None:
    subscriptions = of_type(made, "AWS::SNS::Subscription").values()

    by_lambda = [invoked(made, item["Endpoint"]) for item in subscriptions if item["Protocol"] == "lambda"]
    assert by_lambda == [TARGETS["PushLive"]]


def test_each_permission_is_on_what_is_invoked(made: Template) -> None:
    permissions = of_type(made, "AWS::Lambda::Permission").values()

    permitted = sorted((invoked(made, item["FunctionName"]), item["Principal"]) for item in permissions)
    assert permitted == sorted(
        [
            (TARGETS["APIHandler"], "apigateway.amazonaws.com"),
            *(
                (TARGETS[f"Websocket{name}"], "apigateway.amazonaws.com")
                for name in ("Connect", "Message", "Disconnect")
            ),
            *((TARGETS[name], "events.amazonaws.com") for name in ("RunClock", "Reconcile", "CheckReadiness")),
            (TARGETS["PushLive"], "sns.amazonaws.com"),
        ]
    )


def test_unpublished_code_of_an_aliased_function_is_named_nowhere_else(made: Template) -> None:
    allowed = {"AWS::Lambda::Version", "AWS::Lambda::Alias", "AWS::CloudWatch::Alarm"}  # metrics are by function

    naming = {
        (name, item["Type"])
        for name, item in made.items()
        for function in ALIASES
        if re.search(rf'"{function}"|\$\{{{function}[.}}]', json.dumps(item["Properties"]))
        and item["Type"] not in allowed
    }
    assert naming == set()
