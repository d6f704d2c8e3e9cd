"""The small stacks beside a stage's: the account's log role, and the page's access logs in us-east-1."""

from pathlib import Path
from typing import Any

from infra.artifacts import ArtifactBucket
from infra.cloud import Cloud
from infra.stack import Stack

HERE = Path(__file__).parent
GATEWAY_LOG_ROLE = HERE / "gateway_log_role.yaml"
PAGE_LOGS = HERE / "page_logs.yaml"

#: Where CloudFront's logging is set up, whatever region the stage is in.
CLOUDFRONT_REGION = "us-east-1"


def deploy_gateway_log_role(cloud: Cloud) -> None:
    """Give API Gateway a role to write logs as, in the account and region of `cloud`. Raises DeploymentFailed."""
    _apply(cloud, "flowpilot-gateway-log-role", GATEWAY_LOG_ROLE, {})


def deploy_page_logs(stage: str, distribution_id: str, template: dict[str, Any]) -> None:
    """Have the requests to the page's distribution logged, for as long as the API's. Raises DeploymentFailed."""
    cloud = Cloud(region=CLOUDFRONT_REGION)
    values = page_log_values(cloud.identity(), distribution_id, template)
    _apply(cloud, f"flowpilot-{stage}-page-logs", PAGE_LOGS, values)


def page_log_values(identity: tuple[str, str], distribution_id: str, template: dict[str, Any]) -> dict[str, str]:
    """Return the parameters of the page's log stack, given the account and ARN of the deployer."""
    account, arn = identity
    partition = arn.split(":")[1]
    return {
        "DistributionArn": f"arn:{partition}:cloudfront::{account}:distribution/{distribution_id}",
        "RetentionInDays": str(template["Resources"]["RestAccessLog"]["Properties"]["RetentionInDays"]),
    }


def _apply(cloud: Cloud, name: str, path: Path, values: dict[str, str]) -> None:
    bucket = ArtifactBucket(cloud)
    url = bucket.url_of(bucket.store(path.read_bytes(), path.suffix))
    Stack(cloud.cloudformation(), name, tags={"app": "flowpilot"}).apply(url, values, frozenset(values))
