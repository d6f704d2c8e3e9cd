"""What a deployment needs, checked before anything is packaged: region, credentials, account, Node, log role."""

import re
import shutil
import subprocess
from typing import NamedTuple

from botocore.exceptions import BotoCoreError, ClientError, NoRegionError

from infra.cloud import Cloud

#: The oldest Node that builds the page: `engines` of web/package.json.
NODE = (20, 19)

NO_REGION = (
    "No AWS region is set. Export AWS_REGION, or set `region` in your profile: aws configure set region eu-west-1"
)
NO_CREDENTIALS = (
    "AWS does not accept your credentials ({reason}). Sign in (aws sso login) or export AWS_PROFILE, then try "
    "`aws sts get-caller-identity`."
)
OTHER_ACCOUNT = "These credentials are of account {account} ({arn}), and --account names {expected}."
NO_NODE = "The page is built with Node {wanted} or later and npm; {found}. Install it, or put it first on the PATH."
NO_LOG_ROLE = (
    "API Gateway has no role to write access logs with in account {account}, region {region}. Run the command again "
    "with --bring-log-role, which makes one for the whole account and region, or set one of your own: "
    "aws apigateway update-account --patch-operations op=replace,path=/cloudwatchRoleArn,value=ROLE_ARN"
)


class NotReady(Exception):
    """The deployment lacks something; the text lists everything that is missing, and what to do."""


class Identity(NamedTuple):
    """Who deploys, and where to."""

    account: str
    arn: str
    region: str


def check_readiness(cloud: Cloud, *, expected_account: str | None, brings_log_role: bool) -> Identity:
    """Return who deploys to AWS and where. Raises NotReady with everything that is missing."""
    try:
        identity = _identity(cloud)
    except NotReady as problem:
        raise NotReady(_listed([str(problem), _node_problem()])) from problem
    log_role_problem = "" if brings_log_role else _log_role_problem(cloud, identity)
    if problems := _listed([_account_problem(identity, expected_account), log_role_problem, _node_problem()]):
        raise NotReady(problems)
    return identity


def _listed(problems: list[str]) -> str:
    return "\n".join(problem for problem in problems if problem)


def _identity(cloud: Cloud) -> Identity:
    try:
        region = cloud.region
        account, arn = cloud.identity()
    except NoRegionError as missing:
        raise NotReady(NO_REGION) from missing
    except ClientError as refusal:
        raise NotReady(NO_CREDENTIALS.format(reason=refusal.response["Error"]["Code"])) from refusal
    except BotoCoreError as failure:
        raise NotReady(NO_CREDENTIALS.format(reason=failure)) from failure
    return Identity(account, arn, region)


def _account_problem(identity: Identity, expected: str | None) -> str:
    if expected in (None, identity.account):
        return ""
    return OTHER_ACCOUNT.format(account=identity.account, arn=identity.arn, expected=expected)


def _log_role_problem(cloud: Cloud, identity: Identity) -> str:
    try:
        has_role = bool(cloud.api_gateway().get_account().get("cloudwatchRoleArn"))
    except ClientError as refusal:
        return f"API Gateway does not say whether it has a log role: {refusal}"
    return "" if has_role else NO_LOG_ROLE.format(account=identity.account, region=identity.region)


def _node_problem() -> str:
    wanted = ".".join(map(str, NODE))
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        return NO_NODE.format(wanted=wanted, found=f"{'npm' if node else 'node'} is not on the PATH")
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout.strip()
    version = re.match(r"v(\d+)\.(\d+)", said)
    if version is None or (int(version[1]), int(version[2])) < NODE:
        return NO_NODE.format(wanted=wanted, found=f"{node} is {said or 'of an unknown version'}")
    return ""
