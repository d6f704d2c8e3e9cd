"""The access logs of the three ways in: what is written, what never is, and for how long it is kept."""

import json
import re
from typing import Any

import pytest
import yaml

from infra.companion_stacks import GATEWAY_LOG_ROLE, PAGE_LOGS
from infra.package import packaged_template
from infra.target import STAGES, target_of

Template = dict[str, Any]

SAFE = {
    "requestId",
    "requestTimeEpoch",
    "httpMethod",
    "resourcePath",  # as the API has it, without the ids of a request
    "routeKey",
    "eventType",
    "connectionId",
    "status",
    "identity.sourceIp",
    "responseLatency",
    "responseLength",
    "integrationLatency",
    "integration.latency",
    "error.responseType",  # one of API Gateway's own names
}
"""What API Gateway may write: nothing that a caller words, so neither tokens nor quotes that break a line's JSON."""

SECRET_FIELDS = {"cs-uri-query", "cs(Cookie)", "cs(Referer)", "cs(User-Agent)"}
"""What CloudFront must not write: a sign-in returns with its code in the query, a cookie is a secret by its nature."""


def settings_of(resources: Template, name: str) -> dict[str, Any]:
    properties = resources[name]["Properties"]
    settings: dict[str, Any] = properties["AccessLogSetting" if name == "RestAPI" else "AccessLogSettings"]
    return settings


APIS = [("RestAPI", "RestAccessLog"), ("WebsocketAPIStage", "SocketAccessLog")]


@pytest.mark.parametrize(("api", "log"), APIS)
def test_api_writes_to_its_access_log(resources: Template, api: str, log: str) -> None:
    arn = f"arn:${{AWS::Partition}}:logs:${{AWS::Region}}:${{AWS::AccountId}}:log-group:${{{log}}}"

    assert settings_of(resources, api)["DestinationArn"] == {"Fn::Sub": arn}


@pytest.mark.parametrize(("api", "_log"), APIS)
def test_line_of_an_access_log_is_one_json_object(resources: Template, api: str, _log: str) -> None:
    line = re.sub(r"\$context\.[\w.]+", "said", settings_of(resources, api)["Format"])

    assert "\n" not in line
    assert set(json.loads(line).values()) == {"said"}


@pytest.mark.parametrize(("api", "_log"), APIS)
def test_access_log_holds_nothing_that_a_caller_words(resources: Template, api: str, _log: str) -> None:
    written = set(re.findall(r"\$context\.([\w.]+)", settings_of(resources, api)["Format"]))

    assert written - SAFE == set()


@pytest.mark.parametrize(("api", "_log"), APIS)
def test_access_log_is_joined_to_the_functions_logs(resources: Template, api: str, _log: str) -> None:
    assert json.loads(settings_of(resources, api)["Format"])["correlation_id"] == "$context.requestId"


@pytest.mark.parametrize("stage", STAGES)
def test_access_logs_are_kept_as_long_as_the_functions_logs(stage: str) -> None:
    made = packaged_template(target_of(stage))["Resources"]

    kept = {item["Properties"]["RetentionInDays"] for item in made.values() if item["Type"] == "AWS::Logs::LogGroup"}
    assert kept == {{"local": 1, "dev": 14, "prod": 365}[stage]}


@pytest.fixture(scope="module")
def page_logs() -> Template:
    """The resources of the stack that logs the page's requests."""
    resources: Template = yaml.load(PAGE_LOGS.read_text(), _CloudFormation)["Resources"]  # noqa: S506  ours, see below
    return resources


class _CloudFormation(yaml.SafeLoader):
    """Reads CloudFormation's short forms as their long ones; otherwise as safe as its base."""


def _long_form(loader: yaml.SafeLoader, suffix: str, node: yaml.Node) -> dict[str, str]:
    assert isinstance(node, yaml.ScalarNode)
    return {"Ref" if suffix == "Ref" else f"Fn::{suffix}": str(loader.construct_scalar(node))}


_CloudFormation.add_multi_constructor("!", _long_form)


def test_pages_log_has_json_lines_without_what_may_be_secret(page_logs: Template) -> None:
    fields = set(page_logs["PageLogDelivery"]["Properties"]["RecordFields"])

    assert page_logs["PageLogDestination"]["Properties"]["OutputFormat"] == "json"
    assert {"date", "time", "c-ip", "cs-method", "cs-uri-stem", "sc-status"} <= fields
    assert fields.isdisjoint(SECRET_FIELDS)


def test_distribution_itself_writes_no_log_with_query_strings(resources: Template) -> None:
    assert "Logging" not in resources["PageDistribution"]["Properties"]["DistributionConfig"]


def test_accounts_log_role_outlives_the_stack_that_brings_it() -> None:
    brought = yaml.load(GATEWAY_LOG_ROLE.read_text(), _CloudFormation)["Resources"]  # noqa: S506  as above

    assert {name: item["DeletionPolicy"] for name, item in brought.items()} == {
        "GatewayLogRole": "Retain",
        "GatewayAccount": "Retain",
    }


@pytest.mark.parametrize(
    ("parameter", "condition", "resource"),
    [("PageWebAclArn", "HasPageWebAcl", "PageDistribution"), ("ApiWebAclArn", "HasApiWebAcl", "ApiWebAcl")],
)
def test_web_acl_stands_before_a_way_in_once_it_is_named(
    template: Template, parameter: str, condition: str, resource: str
) -> None:
    assert template["Parameters"][parameter]["Default"] == ""
    assert template["Conditions"][condition] == {"Fn::Not": [{"Fn::Equals": [{"Ref": parameter}, ""]}]}
    assert {"Ref": parameter} in _references(template["Resources"][resource])


def _references(item: Any) -> list[Any]:
    """Each object inside of `item`, itself included."""
    match item:
        case dict():
            return [item, *(found for value in item.values() for found in _references(value))]
        case list():
            return [found for value in item for found in _references(value)]
    return []
