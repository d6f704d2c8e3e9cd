"""The bucket that holds what CloudFormation reads: code archives and templates, named by their content."""

import hashlib
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from infra.cloud import Cloud

if TYPE_CHECKING:
    from mypy_boto3_s3.type_defs import CreateBucketRequestTypeDef


class ArtifactBucket:
    """One bucket per account and region, made when it is not there."""

    def __init__(self, cloud: Cloud) -> None:
        """Name the bucket of `cloud`; nothing is asked of S3 but the account number."""
        self._s3 = cloud.s3()
        self._region = cloud.region
        self._account = cloud.account
        self.name = f"flowpilot-artifacts-{self._account}-{cloud.region}"

    def store(self, content: bytes, suffix: str) -> str:
        """Keep `content` under its SHA-256 and return the key; content that is there already is not sent again."""
        self._ensure_bucket()
        key = hashlib.sha256(content).hexdigest() + suffix
        if not self._has(key):
            self._s3.put_object(Bucket=self.name, Key=key, Body=content, ExpectedBucketOwner=self._account)
        return key

    def url_of(self, key: str) -> str:
        """The address by which CloudFormation reads a template."""
        return f"{self._s3.meta.endpoint_url.rstrip('/')}/{self.name}/{key}"

    def _has(self, key: str) -> bool:
        try:
            self._s3.head_object(Bucket=self.name, Key=key, ExpectedBucketOwner=self._account)
        except ClientError as refusal:
            if refusal.response["ResponseMetadata"]["HTTPStatusCode"] == 404:
                return False
            raise
        return True

    def _ensure_bucket(self) -> None:
        try:
            self._s3.head_bucket(Bucket=self.name, ExpectedBucketOwner=self._account)
        except ClientError as refusal:
            if refusal.response["ResponseMetadata"]["HTTPStatusCode"] != 404:
                raise
            self._create_bucket()

    def _create_bucket(self) -> None:
        wanted: CreateBucketRequestTypeDef = {"Bucket": self.name}
        if self._region != "us-east-1":  # S3 refuses the name of its first region as a location
            wanted["CreateBucketConfiguration"] = {"LocationConstraint": self._region}  # type: ignore[typeddict-item]
        self._s3.create_bucket(**wanted)
        self._s3.put_public_access_block(
            Bucket=self.name,
            PublicAccessBlockConfiguration={
                "BlockPublicAcls": True,
                "IgnorePublicAcls": True,
                "BlockPublicPolicy": True,
                "RestrictPublicBuckets": True,
            },
        )
