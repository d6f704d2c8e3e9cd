import json
from typing import Any

from infra.emulator_template import adapted_to_emulator

Template = dict[str, Any]

ENDPOINT = "http://localhost:4566"


def test_the_template_for_aws_is_left_alone(template: Template) -> None:
    before = json.dumps(template, sort_keys=True)

    adapted_to_emulator(template, ENDPOINT)

    assert json.dumps(template, sort_keys=True) == before


def test_the_api_is_found_at_the_emulator(template: Template) -> None:
    adapted = adapted_to_emulator(template, f"{ENDPOINT}/")

    assert adapted["Outputs"]["ApiUrl"]["Value"] == {"Fn::Sub": f"{ENDPOINT}/_aws/execute-api/${{RestAPI}}/api"}


def test_keys_are_fetched_from_the_emulator(template: Template) -> None:
    adapted = adapted_to_emulator(template, ENDPOINT)

    *_, own = adapted["Globals"]["Function"]["Environment"]["Variables"]["OIDC_JWKS_URL"]["Fn::If"]
    assert own == {"Fn::Sub": f"{ENDPOINT}/${{UserPool}}/.well-known/jwks.json"}


def test_sockets_are_opened_at_the_emulator_and_spoken_to_there(template: Template) -> None:
    variables = adapted_to_emulator(template, ENDPOINT)["Globals"]["Function"]["Environment"]["Variables"]

    path = "localhost:4566/_aws/execute-api/${WebsocketAPI}/api"
    assert (variables["LIVE_URL"], variables["LIVE_CALLBACK_URL"]) == (
        {"Fn::Sub": f"ws://{path}"},
        {"Fn::Sub": f"http://{path}"},
    )


def test_the_emulators_sockets_deploy_themselves(template: Template) -> None:
    stage = adapted_to_emulator(template, ENDPOINT)["Resources"]["WebsocketAPIStage"]["Properties"]

    assert (stage["AutoDeploy"], "DeploymentId" in stage) == (True, False)


def test_tokens_are_still_issued_in_the_name_of_aws(template: Template) -> None:
    issuer = adapted_to_emulator(template, ENDPOINT)["Globals"]["Function"]["Environment"]["Variables"]["OIDC_ISSUER"]

    assert issuer == template["Globals"]["Function"]["Environment"]["Variables"]["OIDC_ISSUER"]


def test_only_what_the_emulator_refuses_is_dropped(template: Template) -> None:
    adapted = adapted_to_emulator(template, ENDPOINT)

    dropped = template["Resources"].keys() - adapted["Resources"].keys()
    assert {name for name in dropped if not name.startswith("Page")} == {
        "AssessmentsUnavailableAlarm",
        "WebsocketAPIDeployment",
    }


def test_the_page_is_left_out_and_nothing_speaks_of_it(template: Template) -> None:
    adapted = adapted_to_emulator(template, ENDPOINT)

    left = json.dumps([adapted["Resources"], adapted["Outputs"]])
    assert [name for name in template["Resources"] if name.startswith("Page") and name in left] == []


def test_sign_in_returns_to_the_addresses_that_are_given(template: Template) -> None:
    client = adapted_to_emulator(template, ENDPOINT)["Resources"]["UserPoolClient"]["Properties"]

    assert (client["CallbackURLs"], client["LogoutURLs"]) == ({"Ref": "CallbackUrls"}, {"Ref": "LogoutUrls"})


def test_no_other_resource_is_changed(template: Template) -> None:
    before, after = template["Resources"], adapted_to_emulator(template, ENDPOINT)["Resources"]

    assert {name for name in after if after[name] != before[name]} == {
        "WebsocketAPIStage",
        "UserPoolClient",
    }
