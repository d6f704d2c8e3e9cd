import json
from typing import Any

import pytest

Template = dict[str, Any]


def api(resources: Template) -> dict[str, Any]:
    properties: dict[str, Any] = resources["RestAPI"]["Properties"]
    return properties


def test_endpoint_is_regional(resources: Template) -> None:
    assert api(resources)["EndpointConfiguration"] == "REGIONAL"


def test_stage_is_the_path_under_which_the_page_finds_the_api(resources: Template) -> None:
    assert api(resources)["StageName"] == "api"


def test_rest_api_deploys_that_stage_alone(translated: Template) -> None:
    deployments = [item for item in translated["Resources"].values() if item["Type"] == "AWS::ApiGateway::Deployment"]

    assert [deployment["Properties"].get("StageName") for deployment in deployments] == [None]


def test_callers_are_throttled(resources: Template) -> None:
    (settings,) = api(resources)["MethodSettings"]

    assert (settings["ResourcePath"], settings["ThrottlingRateLimit"], settings["ThrottlingBurstLimit"]) == (
        "/*",
        200,
        400,
    )


def test_requests_are_traced(resources: Template) -> None:
    assert api(resources)["TracingEnabled"] is True


@pytest.mark.parametrize(
    ("refusal", "status", "code"),
    [
        ("THROTTLED", 429, "too_many_requests"),
        ("REQUEST_TOO_LARGE", 413, "payload_too_large"),
        ("MISSING_AUTHENTICATION_TOKEN", 404, "not_found"),
        ("DEFAULT_5XX", 503, "unavailable"),
    ],
)
def test_gateways_own_refusal_is_a_problem_document(resources: Template, refusal: str, status: int, code: str) -> None:
    answer = api(resources)["DefinitionBody"]["x-amazon-apigateway-gateway-responses"][refusal]

    problem = json.loads(answer["responseTemplates"]["application/json"])
    assert (answer["statusCode"], problem["status"], problem["code"]) == (str(status), status, code)


def test_routes_have_no_authorizer_because_the_function_verifies_tokens_itself(resources: Template) -> None:
    paths = api(resources)["DefinitionBody"]["paths"]

    guarded = [path for path, methods in paths.items() for method in methods.values() if "security" in method]
    assert guarded == []
