"""The stacks beside a stage's, made on the emulator."""

import re
from typing import Any

import pytest

from infra.cloud import Cloud
from infra.companion_stacks import PAGE_LOGS, deploy_gateway_log_role, page_log_values

Template = dict[str, Any]


@pytest.fixture(autouse=True)
def _deploys_to_the_emulator(cloud: Cloud, monkeypatch: pytest.MonkeyPatch) -> None:
    assert cloud.endpoint_url
    monkeypatch.setenv("AWS_ENDPOINT_URL", cloud.endpoint_url)


def test_log_role_that_is_brought_is_the_accounts(cloud: Cloud) -> None:
    before = cloud.api_gateway().get_account().get("cloudwatchRoleArn")

    deploy_gateway_log_role(cloud)

    assert not before
    assert ":role/" in cloud.api_gateway().get_account()["cloudwatchRoleArn"]


def test_log_role_is_brought_twice_without_harm(cloud: Cloud) -> None:
    deploy_gateway_log_role(cloud)
    role = cloud.api_gateway().get_account()["cloudwatchRoleArn"]

    deploy_gateway_log_role(cloud)

    assert cloud.api_gateway().get_account()["cloudwatchRoleArn"] == role


# The emulator does not know deliveries of logs, so the page's stack is held to its template and to cfn-lint alone.


def test_page_logs_are_of_the_stages_distribution_and_kept_as_its_other_logs(template: Template) -> None:
    deployer = ("123456789012", "arn:aws-cn:iam::123456789012:user/deployer")

    assert page_log_values(deployer, "E2EXAMPLE", template) == {
        "DistributionArn": "arn:aws-cn:cloudfront::123456789012:distribution/E2EXAMPLE",
        "RetentionInDays": "365",
    }


def test_page_log_stack_takes_the_parameters_that_it_is_given(template: Template) -> None:
    declared = re.search(r"^Parameters:\n(.*?)^Resources:", PAGE_LOGS.read_text(), re.MULTILINE | re.DOTALL)
    assert declared

    given = page_log_values(("1", "arn:aws:iam::1:user/x"), "E2EXAMPLE", template)
    assert re.findall(r"^  (\w+):$", declared[1], re.MULTILINE) == list(given)
