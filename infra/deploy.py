"""Deploys a package: `python -m infra.deploy --stage dev [--endpoint-url URL]`.

The same code deploys to AWS and, given an endpoint address, to an emulator. To AWS it brings the page as well, after
it has checked that everything it needs is there.
"""

import argparse
import hashlib
import json
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from infra.artifacts import ArtifactBucket
from infra.cloud import Cloud
from infra.companion_stacks import deploy_gateway_log_role, deploy_page_logs
from infra.dependencies import ROOT
from infra.emulator_template import adapted_to_emulator, without_code
from infra.function_versions import with_fingerprint
from infra.package import package
from infra.page import PageTrouble, build_page, publish_page
from infra.preflight import NotReady, check_readiness
from infra.push_keys import PushKeysUnreadable, push_public_key
from infra.stack import DeploymentFailed, Stack
from infra.target import add_target_arguments, target_in


def deploy(
    stage: str,
    package_dir: Path,
    endpoint_url: str | None = None,
    parameters: Mapping[str, str] | None = None,
    code_folder: Path | None = None,
) -> dict[str, str]:
    """Bring the stack `flowpilot-<stage>` to the package in `package_dir`, wait for it and return its outputs.

    With `endpoint_url` (or `AWS_ENDPOINT_URL`) the stack goes to an emulator. `parameters` are the template's; one that
    is not given keeps the value it has in the stack. An emulator on this machine may be given a `code_folder`, which
    holds the files of the package's archive for all its functions.

    Raises DeploymentFailed, which says why, when CloudFormation refuses the change or rolls it back, and
    PushKeysUnreadable when the secret with the keys of push messages holds something else.
    """
    cloud = Cloud(endpoint_url)
    bucket = ArtifactBucket(cloud)
    archive = (package_dir / "deployment.zip").read_bytes()
    code = without_code(archive) if code_folder else archive
    template = _with_code(_template_in(package_dir), bucket, code)
    if cloud.endpoint_url:
        template = adapted_to_emulator(template, cloud.endpoint_url, code_folder)
    stack = Stack(cloud.cloudformation(), f"flowpilot-{stage}", tags={"app": "flowpilot", "stage": stage})
    public_key = push_public_key(cloud, stack.name)
    given = {"Stage": stage, "AppVersion": _version(archive), "PushPublicKey": public_key, **(parameters or {})}
    template = with_fingerprint(template, _defaults(template) | stack.parameters() | given)
    template_url = bucket.url_of(bucket.store(json.dumps(template).encode(), ".json"))
    stack.apply(template_url, given, declared=frozenset(template["Parameters"]))
    return stack.outputs()


def _template_in(package_dir: Path) -> dict[str, Any]:
    template: dict[str, Any] = json.loads((package_dir / "template.json").read_text())
    return template


def _with_code(template: dict[str, Any], bucket: ArtifactBucket, archive: bytes) -> dict[str, Any]:
    key = bucket.store(archive, ".zip")
    for resource in template["Resources"].values():
        if resource["Type"] == "AWS::Serverless::Function":
            resource["Properties"]["CodeUri"] = {"Bucket": bucket.name, "Key": key}
    return template


def _defaults(template: dict[str, Any]) -> dict[str, str]:
    return {name: item["Default"] for name, item in template["Parameters"].items() if "Default" in item}


def _version(archive: bytes) -> str:
    """The release and, since a release may be packaged more than once, the content."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    return f"{project['version']}+{hashlib.sha256(archive).hexdigest()[:12]}"


def main() -> None:
    """Deploy from the command line; packages first unless a package is named."""
    parser = argparse.ArgumentParser(description="Package the app and deploy it to a stage.")
    add_target_arguments(parser)
    parser.add_argument("--package", type=Path, help="a directory that infra.package has written")
    parser.add_argument("--endpoint-url", help="an emulator in place of AWS")
    parser.add_argument("--parameter", type=_parameter, action="append", default=[], metavar="NAME=VALUE")
    parser.add_argument("--account", help="the account number that the credentials have to be of")
    parser.add_argument(
        "--bring-log-role", action="store_true", help="let API Gateway write logs in this account and region"
    )
    arguments = parser.parse_args()
    try:
        outputs = _run(arguments)
    except (NotReady, DeploymentFailed, PushKeysUnreadable, PageTrouble, BotoCoreError, ClientError) as failure:
        sys.exit(str(failure))
    print(json.dumps(outputs, indent=2, sort_keys=True))


def _run(arguments: argparse.Namespace) -> dict[str, str]:
    cloud = Cloud(arguments.endpoint_url)
    if not cloud.endpoint_url:
        identity = check_readiness(cloud, expected_account=arguments.account, brings_log_role=arguments.bring_log_role)
        print(f"deploying to account {identity.account} in {identity.region} as {identity.arn}", file=sys.stderr)
    with TemporaryDirectory() as scratch:
        packaged = arguments.package or package(target_in(arguments), Path(scratch))
        parameters = dict(arguments.parameter)
        if cloud.endpoint_url:
            return deploy(arguments.stage, packaged, cloud.endpoint_url, parameters)
        return _deploy_to_aws(arguments, packaged, cloud, parameters)


def _deploy_to_aws(
    arguments: argparse.Namespace, packaged: Path, cloud: Cloud, parameters: Mapping[str, str]
) -> dict[str, str]:
    dist = build_page()  # what cannot be built is known before anything is changed
    if arguments.bring_log_role:
        deploy_gateway_log_role(cloud)
    outputs = deploy(arguments.stage, packaged, None, parameters)
    publish_page(dist, outputs, cloud)
    deploy_page_logs(arguments.stage, outputs["PageDistributionId"], _template_in(packaged))
    return outputs


def _parameter(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not (name and equals):
        raise argparse.ArgumentTypeError(f"{text!r} is not NAME=VALUE")
    return name, value


if __name__ == "__main__":
    main()
