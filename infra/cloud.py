"""Where a deployment goes: AWS, or an emulator that is reached at one address."""

import os
from typing import TYPE_CHECKING, Any

import boto3
from botocore.exceptions import NoRegionError

if TYPE_CHECKING:
    from mypy_boto3_cloudformation import CloudFormationClient
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_secretsmanager import SecretsManagerClient


class Cloud:
    """Clients of the services that a deployment speaks to."""

    def __init__(self, endpoint_url: str | None = None, region: str | None = None) -> None:
        """Reach AWS with the caller's own credentials, or the emulator at `endpoint_url` (or `AWS_ENDPOINT_URL`).

        `region` stands in for the one that is configured.
        """
        self.endpoint_url = endpoint_url or os.environ.get("AWS_ENDPOINT_URL") or None
        self._session = _emulator_session() if self.endpoint_url else boto3.Session(region_name=region)

    @property
    def region(self) -> str:
        """The region deployed to. Raises NoRegionError when none is configured."""
        if self._session.region_name is None:
            raise NoRegionError
        return self._session.region_name

    @property
    def account(self) -> str:
        """The AWS account number deployed to."""
        return self.identity()[0]

    def identity(self) -> tuple[str, str]:
        """Return the account number and the ARN of the caller. Raises ClientError and BotoCoreError."""
        client = self._session.client("sts", endpoint_url=self.endpoint_url, region_name=self.region)
        caller = client.get_caller_identity()
        return str(caller["Account"]), str(caller["Arn"])

    def api_gateway(self) -> Any:
        """A client of API Gateway."""
        return self._session.client("apigateway", endpoint_url=self.endpoint_url, region_name=self.region)

    def cloudformation(self) -> "CloudFormationClient":
        """A client of CloudFormation."""
        return self._session.client("cloudformation", endpoint_url=self.endpoint_url, region_name=self.region)

    def cloudfront(self) -> Any:
        """A client of CloudFront."""
        return self._session.client("cloudfront", endpoint_url=self.endpoint_url, region_name=self.region)

    def secrets_manager(self) -> "SecretsManagerClient":
        """A client of Secrets Manager."""
        return self._session.client("secretsmanager", endpoint_url=self.endpoint_url, region_name=self.region)

    def s3(self) -> "S3Client":
        """A client of S3."""
        return self._session.client("s3", endpoint_url=self.endpoint_url, region_name=self.region)


def _emulator_session() -> boto3.Session:
    # Real credentials have no business on an emulator's port.
    region = os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION") or "us-east-1"
    return boto3.Session(aws_access_key_id="test", aws_secret_access_key="test", region_name=region)  # noqa: S106
