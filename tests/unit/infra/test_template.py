import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from infra.companion_stacks import GATEWAY_LOG_ROLE, PAGE_LOGS
from infra.dependencies import ROOT

Template = dict[str, Any]

OUTPUTS = {
    "ApiUrl",
    "WebSocketUrl",
    "RestAPIId",
    "TablePrefix",
    "TopicArn",
    "AiKeySecretArn",
    "UserPoolId",
    "UserPoolClientId",
    "HostedDomain",
    "Issuer",
    "Audience",
    "PageUrl",
    "PageBucketName",
    "PageDistributionId",
}

NOT_FOR_OPERATORS = {"Stage", "AppVersion", "AiBaseUrl", "CallbackUrls", "LogoutUrls"}
"""Parameters that the deploy tool sets, or that only the local stage uses."""


def findings(template: Path) -> str:
    """What cfn-lint has to say."""
    linted = subprocess.run(  # noqa: S603  a tool of ours on a file of ours
        [Path(sys.executable).with_name("cfn-lint"), "--format", "parseable", "--template", template],
        capture_output=True,
        text=True,
        check=False,
    )
    return linted.stdout + linted.stderr


def test_cfn_lint_finds_nothing_in_the_packaged_template(template: Template, tmp_path: Path) -> None:
    path = tmp_path / "template.json"
    path.write_text(json.dumps(template))

    assert findings(path) == ""


@pytest.mark.parametrize("path", [GATEWAY_LOG_ROLE, PAGE_LOGS], ids=lambda path: path.name)
def test_cfn_lint_finds_nothing_in_the_template_of_a_companion_stack(path: Path) -> None:
    assert findings(path) == ""


def test_cfn_lint_finds_nothing_in_the_template_that_sam_makes_of_it(translated: Template, tmp_path: Path) -> None:
    path = tmp_path / "translated.json"
    path.write_text(json.dumps(translated))

    assert findings(path) == ""


def test_outputs_that_others_read_are_there(template: Template) -> None:
    assert set(template["Outputs"]) >= OUTPUTS


def test_every_parameter_for_operators_is_documented(template: Template) -> None:
    page = (ROOT / "docs" / "operations.md").read_text("utf-8")

    parameters = template["Parameters"].keys() - NOT_FOR_OPERATORS
    assert {name for name in parameters if f"`{name}`" not in page} == set()


def test_topic_of_events_is_encrypted(resources: Template) -> None:
    assert resources["HandoffEvents"]["Properties"]["KmsMasterKeyId"] == "alias/aws/sns"


def test_key_of_the_ai_is_not_in_the_template(resources: Template) -> None:
    assert set(resources["AiKeySecret"]["Properties"]) == {"Description"}


def test_rehearsal_model_cannot_be_deployed_but_locally(template: Template) -> None:
    rule = template["Rules"]["RehearsalStaysLocal"]

    assert rule["Assertions"][0]["Assert"] == {"Fn::Equals": [{"Ref": "Stage"}, "local"]}
