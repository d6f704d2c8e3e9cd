import pytest
from botocore.exceptions import NoRegionError

from infra.cloud import Cloud


def test_emulator_is_not_shown_the_developers_credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIAREAL")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "real")

    signed = Cloud("http://localhost:4566").s3().generate_presigned_url("list_buckets")

    assert "AKIAREAL" not in signed


def test_environment_may_name_the_emulator(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://localhost:4599")

    assert Cloud().endpoint_url == "http://localhost:4599"


def test_cloud_without_an_endpoint_is_aws(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)

    assert Cloud().endpoint_url is None


def test_missing_region_is_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_ENDPOINT_URL", "AWS_REGION", "AWS_DEFAULT_REGION", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_CONFIG_FILE", "/nowhere")

    with pytest.raises(NoRegionError, match="You must specify a region"):
        _ = Cloud().region
