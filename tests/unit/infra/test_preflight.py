"""What is checked before a deployment packages anything, and what is said to do."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from botocore.exceptions import ClientError, NoCredentialsError, NoRegionError

from infra import preflight
from infra.cloud import Cloud
from infra.dependencies import ROOT
from infra.preflight import Identity, NotReady, check_readiness

ACCOUNT = "123456789012"
ARN = f"arn:aws:iam::{ACCOUNT}:user/deployer"


class Aws(Cloud):
    """AWS as it answers a deployer: who they are, and what role API Gateway logs as."""

    def __init__(self, trouble: Exception | None = None, log_role: str = "arn:aws:iam::123456789012:role/logs") -> None:
        super().__init__()
        self.trouble = trouble
        self.log_role = log_role

    @property
    def region(self) -> str:
        if isinstance(self.trouble, NoRegionError):
            raise self.trouble
        return "eu-west-1"

    def identity(self) -> tuple[str, str]:
        if self.trouble:
            raise self.trouble
        return ACCOUNT, ARN

    def api_gateway(self) -> "Aws":
        return self

    def get_account(self) -> dict[str, str]:
        return {"cloudwatchRoleArn": self.log_role} if self.log_role else {}


@pytest.fixture(autouse=True)
def node(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """A Node that builds the page; called with a version, another one, and with none, no Node."""
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))

    def install(version: str) -> None:
        for name in ("node", "npm"):
            command = tmp_path / name
            command.unlink(missing_ok=True)
            if version:
                command.write_text(f"#!/bin/sh\necho {version}\n")
                command.chmod(0o755)

    install("v20.19.0")
    return install


def problems(aws: Aws, expected_account: str | None = None, *, brings_log_role: bool = False) -> list[str]:
    with pytest.raises(NotReady) as refusal:
        check_readiness(aws, expected_account=expected_account, brings_log_role=brings_log_role)
    return str(refusal.value).splitlines()


def test_deployer_who_has_everything_is_ready() -> None:
    ready = check_readiness(Aws(), expected_account=ACCOUNT, brings_log_role=False)

    assert ready == Identity(ACCOUNT, ARN, "eu-west-1")


def test_missing_region_is_told_with_what_to_do() -> None:
    assert problems(Aws(NoRegionError())) == [preflight.NO_REGION]


def refused(code: str) -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": "no"}}, "GetCallerIdentity")


@pytest.mark.parametrize(
    ("trouble", "reason"),
    [
        (NoCredentialsError(), "Unable to locate credentials"),
        (refused("ExpiredToken"), "ExpiredToken"),
        (refused("InvalidClientTokenId"), "InvalidClientTokenId"),
    ],
)
def test_credentials_that_are_not_accepted_are_told_with_what_to_do(trouble: Exception, reason: str) -> None:
    assert problems(Aws(trouble)) == [preflight.NO_CREDENTIALS.format(reason=reason)]


def test_another_account_than_the_expected_one_is_refused() -> None:
    (problem,) = problems(Aws(), expected_account="999999999999")

    assert problem == f"These credentials are of account {ACCOUNT} ({ARN}), and --account names 999999999999."


@pytest.mark.parametrize(
    ("version", "found"), [("v18.20.4", "v18.20.4"), ("v20.18.9", "v20.18.9"), ("", "node is not on the PATH")]
)
def test_node_that_cannot_build_the_page_is_told(node: Callable[[str], None], version: str, found: str) -> None:
    node(version)

    (problem,) = problems(Aws())
    assert "Node 20.19 or later" in problem
    assert found in problem


@pytest.mark.parametrize("version", ["v20.19.0", "v22.3.1", "v100.0.0"])
def test_newer_node_is_enough(node: Callable[[str], None], version: str) -> None:
    node(version)

    assert check_readiness(Aws(), expected_account=None, brings_log_role=False).account == ACCOUNT


def test_account_without_a_log_role_is_told_how_to_get_one() -> None:
    (problem,) = problems(Aws(log_role=""))

    assert "--bring-log-role" in problem


def test_log_role_that_is_brought_need_not_be_there() -> None:
    assert check_readiness(Aws(log_role=""), expected_account=None, brings_log_role=True).account == ACCOUNT


def test_preflight_reports_everything_that_is_missing(node: Callable[[str], None]) -> None:
    node("")

    assert len(problems(Aws(log_role=""), expected_account="999999999999")) == 3


def test_command_stops_before_it_packages(tmp_path: Path) -> None:
    # Chalice would print a line for each step, and pip run for seconds.
    environment = {"PATH": os.environ["PATH"], "AWS_CONFIG_FILE": "/nowhere", "PYTHONPATH": str(ROOT)}

    command = subprocess.run(
        [sys.executable, "-m", "infra.deploy", "--stage", "prod"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (command.returncode, command.stdout, command.stderr) == (1, "", f"{preflight.NO_REGION}\n")
