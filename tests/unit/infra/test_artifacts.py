import hashlib

from infra.artifacts import ArtifactBucket
from infra.cloud import Cloud


def test_content_is_kept_under_its_hash(cloud: Cloud) -> None:
    key = ArtifactBucket(cloud).store(b"content", ".zip")

    assert key == f"{hashlib.sha256(b'content').hexdigest()}.zip"


def test_stored_artifact_can_be_read(cloud: Cloud) -> None:
    bucket = ArtifactBucket(cloud)
    key = bucket.store(b"content", ".zip")

    assert cloud.s3().get_object(Bucket=bucket.name, Key=key)["Body"].read() == b"content"


def test_content_that_is_there_is_not_sent_again(cloud: Cloud) -> None:
    bucket = ArtifactBucket(cloud)
    key = bucket.store(b"sent once", ".zip")
    cloud.s3().put_object(Bucket=bucket.name, Key=key, Body=b"marked")

    bucket.store(b"sent once", ".zip")

    assert cloud.s3().get_object(Bucket=bucket.name, Key=key)["Body"].read() == b"marked"


def test_bucket_is_closed_to_the_public(cloud: Cloud) -> None:
    bucket = ArtifactBucket(cloud)
    bucket.store(b"content", ".zip")

    access = cloud.s3().get_public_access_block(Bucket=bucket.name)["PublicAccessBlockConfiguration"]
    assert set(access.values()) == {True}


def test_each_account_and_region_has_its_own_bucket(cloud: Cloud) -> None:
    assert ArtifactBucket(cloud).name == f"flowpilot-artifacts-{cloud.account}-{cloud.region}"
