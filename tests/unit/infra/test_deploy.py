import hashlib
import json
import subprocess
import sys
from pathlib import Path

import boto3
import httpx2
import pytest

from infra.cloud import Cloud
from infra.deploy import deploy
from infra.stack import DeploymentFailed


@pytest.fixture(scope="session")
def outputs(package_dir: Path, emulator_url: str) -> dict[str, str]:
    """The packaged app, deployed."""
    return deploy("local", package_dir, emulator_url)


def test_deployed_api_answers_at_its_address(outputs: dict[str, str]) -> None:
    answer = httpx2.get(f"{outputs['ApiUrl']}/health", timeout=60)

    assert answer.status_code == 200


def test_stack_says_where_everything_is(outputs: dict[str, str]) -> None:
    named = {name: outputs[name] for name in ("TablePrefix", "TopicArn")}

    assert named == {
        "TablePrefix": "flowpilot-local-",
        "TopicArn": "arn:aws:sns:us-east-1:000000000000:flowpilot-local-handoff-events",
    }


def test_functions_know_their_release_and_content(outputs: dict[str, str], package_dir: Path, cloud: Cloud) -> None:
    (stack,) = cloud.cloudformation().describe_stacks(StackName="flowpilot-local")["Stacks"]

    content = hashlib.sha256((package_dir / "deployment.zip").read_bytes()).hexdigest()
    parameters = {item["ParameterKey"]: item["ParameterValue"] for item in stack["Parameters"]}
    assert parameters["AppVersion"].endswith(f"+{content[:12]}")


def test_deploying_the_same_again_changes_nothing(
    outputs: dict[str, str], package_dir: Path, emulator_url: str
) -> None:
    assert deploy("local", package_dir, emulator_url) == outputs


@pytest.mark.usefixtures("outputs")
@pytest.mark.parametrize(
    ("parameter", "value", "reason"),
    [
        ("AiProvider", "rehearsal", "The rehearsal model is for the local stage"),
        ("OidcIssuer", "https://login.example", "OidcIssuer needs OidcJwksUrl"),
        ("PageDomain", "flow.example", "PageDomain needs PageCertificateArn"),
    ],
)
def test_parameters_that_make_no_sense_are_refused(
    package_dir: Path, emulator_url: str, parameter: str, value: str, reason: str
) -> None:
    with pytest.raises(DeploymentFailed, match=reason):
        deploy("dev", package_dir, emulator_url, {parameter: value})


def deploy_by_command(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603  a command of ours
        [sys.executable, "-m", "infra.deploy", "--stage", "local", *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.usefixtures("outputs")
def test_command_prints_the_outputs(package_dir: Path, emulator_url: str, outputs: dict[str, str]) -> None:
    command = deploy_by_command("--package", str(package_dir), "--endpoint-url", emulator_url)

    assert json.loads(command.stdout) == outputs


def test_parameter_without_a_value_is_refused_by_name() -> None:
    command = deploy_by_command("--parameter", "LogLevel")

    assert "'LogLevel' is not NAME=VALUE" in command.stderr


def test_refused_deployment_is_said_in_a_sentence(package_dir: Path, emulator_url: str) -> None:
    command = deploy_by_command(
        "--package", str(package_dir), "--endpoint-url", emulator_url, "--parameter", "Color=red"
    )

    assert command.stderr == "the template has no parameter Color\n"


def live_environment(cloud: Cloud) -> dict[str, str]:
    """The environment of what the API calls: the version to which the alias leads."""
    client = boto3.client(
        "lambda",
        endpoint_url=cloud.endpoint_url,
        region_name=cloud.region,
        aws_access_key_id="test",
        aws_secret_access_key="test",
    )
    live = client.get_function_configuration(FunctionName="flowpilot-local-api", Qualifier="live")
    return live["Environment"]["Variables"]


def test_new_parameter_value_reaches_the_version_that_the_api_calls(
    outputs: dict[str, str], package_dir: Path, emulator_url: str, cloud: Cloud
) -> None:
    before = live_environment(cloud)["LOG_LEVEL"]

    deploy("local", package_dir, emulator_url, {"LogLevel": "WARNING"})

    assert (before, live_environment(cloud)["LOG_LEVEL"]) == ("INFO", "WARNING")
    assert httpx2.get(f"{outputs['ApiUrl']}/health", timeout=60).status_code == 200


def test_parameter_that_is_not_given_keeps_its_value(
    outputs: dict[str, str], package_dir: Path, emulator_url: str, cloud: Cloud
) -> None:
    deploy("local", package_dir, emulator_url, {"LogLevel": "ERROR"})

    deploy("local", package_dir, emulator_url)

    assert live_environment(cloud)["LOG_LEVEL"] == "ERROR"
