import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from moto import mock_aws

from infra.cloud import Cloud
from infra.page import WEB, PageTrouble, build_page, page_config, publish_page

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

POOL = "eu-west-1_Abc"
ISSUER = f"https://cognito-idp.eu-west-1.amazonaws.com/{POOL}"
DOMAIN = "https://flowpilot-dev-123456789012.auth.eu-west-1.amazoncognito.com"


@pytest.fixture
def cloud(monkeypatch: pytest.MonkeyPatch) -> Iterator[Cloud]:
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    monkeypatch.delenv("AWS_PROFILE", raising=False)
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    with mock_aws():
        yield Cloud()


@pytest.fixture
def outputs(cloud: Cloud) -> dict[str, str]:
    cloud.s3().create_bucket(Bucket="page")
    return {
        "PageBucketName": "page",
        "PageDistributionId": distribution(cloud),
        "Issuer": ISSUER,
        "Audience": "client",
        "UserPoolId": POOL,
        "HostedDomain": DOMAIN,
    }


@pytest.fixture
def dist(tmp_path: Path) -> Path:
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text("<!doctype html>")
    (tmp_path / "favicon.svg").write_text("<svg/>")
    (tmp_path / "assets" / "index-Ck8nPCaw.js").write_text("1")
    (tmp_path / ".built").touch()
    return tmp_path


class WatchedCloud(Cloud):
    """Remembers what is put into S3, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.put: list[str] = []

    def s3(self) -> "S3Client":
        client = super().s3()
        client.meta.events.register("before-call.s3.PutObject", lambda params, **_: self.put.append(params["url_path"]))
        return client


def distribution(cloud: Cloud) -> str:
    origin: Any = {"Id": "page", "DomainName": "page.s3.amazonaws.com", "S3OriginConfig": {"OriginAccessIdentity": ""}}
    made = cloud.cloudfront().create_distribution(
        DistributionConfig={
            "CallerReference": "page",
            "Comment": "",
            "Enabled": True,
            "Origins": {"Quantity": 1, "Items": [origin]},
            "DefaultCacheBehavior": {"TargetOriginId": "page", "ViewerProtocolPolicy": "redirect-to-https"},
        }
    )
    return str(made["Distribution"]["Id"])


def stored(cloud: Cloud) -> list[str]:
    return [item["Key"] for item in cloud.s3().list_objects_v2(Bucket="page").get("Contents", [])]


def test_every_file_of_the_page_is_stored_and_nothing_hidden(cloud: Cloud, outputs: dict[str, str], dist: Path) -> None:
    publish_page(dist, outputs, cloud)

    assert stored(cloud) == ["assets/index-Ck8nPCaw.js", "config.json", "favicon.svg", "index.html"]


@pytest.mark.parametrize(
    ("name", "content_type", "caching"),
    [
        ("assets/index-Ck8nPCaw.js", "text/javascript; charset=utf-8", "public, max-age=31536000, immutable"),
        ("favicon.svg", "image/svg+xml", "no-cache"),
        ("config.json", "application/json", "no-cache"),
        ("index.html", "text/html; charset=utf-8", "no-cache"),
    ],
)
def test_file_says_what_it_is_and_how_long_it_holds(
    cloud: Cloud, outputs: dict[str, str], dist: Path, name: str, content_type: str, caching: str
) -> None:
    publish_page(dist, outputs, cloud)

    served = cloud.s3().head_object(Bucket="page", Key=name)
    assert (served["ContentType"], served["CacheControl"]) == (content_type, caching)


def test_files_are_there_before_the_page_names_them(cloud: Cloud, outputs: dict[str, str], dist: Path) -> None:
    watched = WatchedCloud()

    publish_page(dist, outputs, watched)

    assert watched.put == ["/assets/index-Ck8nPCaw.js", "/config.json", "/favicon.svg", "/index.html"]


def test_asset_of_the_page_before_stays_for_pages_that_are_open(
    cloud: Cloud, outputs: dict[str, str], dist: Path
) -> None:
    publish_page(dist, outputs, cloud)
    (dist / "assets" / "index-Ck8nPCaw.js").rename(dist / "assets" / "index-B2x.js")

    publish_page(dist, outputs, cloud)

    assert [name for name in stored(cloud) if name.startswith("assets/")] == [
        "assets/index-B2x.js",
        "assets/index-Ck8nPCaw.js",
    ]


def test_cached_files_are_invalidated_at_the_edges(cloud: Cloud, outputs: dict[str, str], dist: Path) -> None:
    publish_page(dist, outputs, cloud)

    made = cloud.cloudfront().list_invalidations(DistributionId=outputs["PageDistributionId"])["InvalidationList"]
    assert made["Quantity"] == 1


def test_file_of_an_unknown_kind_is_refused_by_name_before_anything_is_sent(
    cloud: Cloud, outputs: dict[str, str], dist: Path
) -> None:
    (dist / "sound.flac").touch()

    with pytest.raises(PageTrouble, match=r"sound\.flac"):
        publish_page(dist, outputs, cloud)

    assert stored(cloud) == []


def test_directory_without_a_page_is_refused(cloud: Cloud, outputs: dict[str, str], tmp_path: Path) -> None:
    with pytest.raises(PageTrouble, match=r"has no index\.html"):
        publish_page(tmp_path, outputs, cloud)


def test_page_signs_in_at_the_pools_own_address(outputs: dict[str, str]) -> None:
    assert page_config(outputs) == {
        "authority": ISSUER,
        "client_id": "client",
        "api_base": "/api",
        "metadata": {
            "issuer": ISSUER,
            "authorization_endpoint": f"{DOMAIN}/oauth2/authorize",
            "token_endpoint": f"{DOMAIN}/oauth2/token",
            "end_session_endpoint": f"{DOMAIN}/logout",
            "jwks_uri": f"{ISSUER}/.well-known/jwks.json",
        },
    }


def test_page_discovers_the_endpoints_of_another_issuer(outputs: dict[str, str]) -> None:
    other = outputs | {"Issuer": "https://login.example/tenant", "Audience": "flowpilot"}

    assert page_config(other) == {
        "authority": "https://login.example/tenant",
        "client_id": "flowpilot",
        "api_base": "/api",
    }


def test_page_that_does_not_build_is_told_by_the_step_that_failed(tmp_path: Path) -> None:
    with pytest.raises(PageTrouble, match="`npm ci --no-audit --no-fund` failed"):
        build_page(tmp_path)


def test_machine_without_npm_is_told_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")

    with pytest.raises(PageTrouble, match="npm is not installed"):
        build_page()


def test_configuration_has_the_shape_of_the_local_one(outputs: dict[str, str]) -> None:
    ours: Any = page_config(outputs)

    stack = json.dumps(dict.fromkeys(("issuer", "client_id", "endpoint_url", "jwks_url"), ""))
    made = f"import('{WEB}/origin/page-config.js').then(it => it.pageConfigOf({stack}))"
    program = f"{made}.then(config => console.log(JSON.stringify(config)))"
    local = json.loads(subprocess.run(["node", "-e", program], capture_output=True, check=True).stdout)  # noqa: S603, S607
    assert (ours.keys(), ours["metadata"].keys()) == (local.keys(), local["metadata"].keys())
