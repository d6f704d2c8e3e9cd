import io
import json
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from infra.emulator_template import MOST_BATCHES_AT_ONCE, adapted_to_emulator, without_code

Template = dict[str, Any]

ENDPOINT = "http://localhost:4566"


def test_template_for_aws_is_left_alone(local_template: Template) -> None:
    before = json.dumps(local_template, sort_keys=True)

    adapted_to_emulator(local_template, ENDPOINT)

    assert json.dumps(local_template, sort_keys=True) == before


def test_api_is_found_at_the_emulator(local_template: Template) -> None:
    adapted = adapted_to_emulator(local_template, f"{ENDPOINT}/")

    assert adapted["Outputs"]["ApiUrl"]["Value"] == {"Fn::Sub": f"{ENDPOINT}/_aws/execute-api/${{RestAPI}}/api"}


def test_keys_are_fetched_from_the_emulator(local_template: Template) -> None:
    adapted = adapted_to_emulator(local_template, ENDPOINT)

    *_, own = adapted["Globals"]["Function"]["Environment"]["Variables"]["OIDC_JWKS_URL"]["Fn::If"]
    assert own == {"Fn::Sub": f"{ENDPOINT}/${{UserPool}}/.well-known/jwks.json"}


def test_sockets_are_opened_at_the_emulator_and_spoken_to_there(local_template: Template) -> None:
    variables = adapted_to_emulator(local_template, ENDPOINT)["Globals"]["Function"]["Environment"]["Variables"]

    path = "localhost:4566/_aws/execute-api/${WebsocketAPI}/api"
    assert (variables["LIVE_URL"], variables["LIVE_CALLBACK_URL"]) == (
        {"Fn::Sub": f"ws://{path}"},
        {"Fn::Sub": f"http://{path}"},
    )


def test_emulators_sockets_deploy_themselves(local_template: Template) -> None:
    stage = adapted_to_emulator(local_template, ENDPOINT)["Resources"]["WebsocketAPIStage"]["Properties"]

    assert (stage["AutoDeploy"], "DeploymentId" in stage) == (True, False)


def test_tokens_are_still_issued_in_the_name_of_aws(local_template: Template) -> None:
    adapted = adapted_to_emulator(local_template, ENDPOINT)

    before, after = (item["Globals"]["Function"]["Environment"]["Variables"] for item in (local_template, adapted))
    assert after["OIDC_ISSUER"] == before["OIDC_ISSUER"]


def test_emulator_works_few_batches_of_each_queue_at_once(local_template: Template) -> None:
    sources = queue_sources(adapted_to_emulator(local_template, ENDPOINT))

    few = {"ScalingConfig": {"MaximumConcurrency": MOST_BATCHES_AT_ONCE}}
    assert sources == [source | few for source in queue_sources(local_template)]


def queue_sources(template: Template) -> list[Template]:
    """What the functions say of each queue that they work."""
    events = [resource["Properties"].get("Events", {}) for resource in template["Resources"].values()]
    return [source["Properties"] for named in events for source in named.values() if source["Type"] == "SQS"]


def test_emulator_template_drops_only_what_the_emulator_refuses(local_template: Template) -> None:
    adapted = adapted_to_emulator(local_template, ENDPOINT)

    dropped = local_template["Resources"].keys() - adapted["Resources"].keys()
    assert {name for name in dropped if not name.startswith("Page")} == {
        "AssessmentsUnavailableAlarm",
        "MessagesFailingAlarm",
        "WebsocketAPIDeployment",
    }


def test_page_is_left_out_and_nothing_speaks_of_it(local_template: Template) -> None:
    adapted = adapted_to_emulator(local_template, ENDPOINT)

    left = json.dumps([adapted["Resources"], adapted["Outputs"]])
    assert [name for name in local_template["Resources"] if name.startswith("Page") and name in left] == []


def test_sign_in_returns_to_the_addresses_that_are_given(local_template: Template) -> None:
    client = adapted_to_emulator(local_template, ENDPOINT)["Resources"]["UserPoolClient"]["Properties"]

    assert (client["CallbackURLs"], client["LogoutURLs"]) == ({"Ref": "CallbackUrls"}, {"Ref": "LogoutUrls"})


def test_messages_link_to_the_page_that_is_given(local_template: Template) -> None:
    notify = adapted_to_emulator(local_template, ENDPOINT)["Resources"]["Notify"]["Properties"]

    assert notify["Environment"]["Variables"]["PAGE_URL"] == {"Fn::Select": [0, {"Ref": "CallbackUrls"}]}


def test_emulator_template_changes_no_other_resource(local_template: Template) -> None:
    before, after = local_template["Resources"], adapted_to_emulator(local_template, ENDPOINT)["Resources"]

    assert {name for name in after if after[name] != before[name]} == {
        "WebsocketAPIStage",
        "UserPoolClient",
        "Notify",
        "DealWithDue",
        "HandleDelivery",
        "MarkNotesFailed",
        "PushToPsa",
    }


def test_local_functions_start_without_a_snapshot_which_older_pythons_do_not_have(local_template: Template) -> None:
    assert local_template["Resources"]["APIHandler"]["Properties"]["SnapStart"] == {"ApplyOn": "None"}


def test_local_api_is_called_by_its_alias_too(local_template: Template) -> None:
    adapted = adapted_to_emulator(local_template, ENDPOINT)["Resources"]

    assert ":function:${AWS::StackName}-api:live/invocations" in json.dumps(adapted["RestAPI"])


@pytest.mark.parametrize("code_folder", [None, Path("/code")])
def test_functions_import_from_the_folder_that_is_given_and_else_from_their_archive(
    local_template: Template, code_folder: Path | None
) -> None:
    variables = adapted_to_emulator(local_template, ENDPOINT, code_folder)["Globals"]["Function"]["Environment"][
        "Variables"
    ]

    assert variables.get("PYTHONPATH") == (code_folder and "/code")


def test_archive_without_code_names_the_content_it_stands_for() -> None:
    with ZipFile(io.BytesIO(without_code(b"the archive"))) as archive:
        content = {name: archive.read(name) for name in archive.namelist()}

    assert content == {"package.txt": b"c8d18c54d108f4f0237eb4e1c4473cfd3dbd267afe97c2d967003bda0f546e08"}
    assert without_code(b"the archive") == without_code(b"the archive") != without_code(b"another archive")
