"""The page on AWS: built, configured, put into the stack's bucket, and refreshed in CloudFront."""

import json
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from uuid import uuid4

from infra.cloud import Cloud
from infra.dependencies import ROOT

WEB = ROOT / "web"

#: Said to browsers, which are told not to guess.
CONTENT_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/vnd.microsoft.icon",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
}

#: Vite names a file in `assets` after its content; every other name stays when the content changes.
IMMUTABLE = "public, max-age=31536000, immutable"
ASK_ALWAYS = "no-cache"


class PageTrouble(Exception):
    """The page cannot be built or served; the text says why."""


def build_page(web: Path = WEB) -> Path:
    """Build the page from its locked packages and return the directory it is in. Raises PageTrouble."""
    npm = shutil.which("npm")
    if npm is None:
        raise PageTrouble("npm is not installed; the page is built with Node 20.19 or later")
    for step in (["ci", "--no-audit", "--no-fund"], ["run", "build"]):
        if subprocess.run([npm, "--prefix", str(web), *step], check=False, stdout=sys.stderr).returncode:
            raise PageTrouble(f"`npm {' '.join(step)}` failed; its message is above")
    return web / "dist"


def publish_page(dist: Path, outputs: Mapping[str, str], cloud: Cloud) -> None:
    """Put the page in `dist` where the stack with these `outputs` serves it.

    What names other files goes last, and old assets stay, so that no reader is pointed at a file that is not there.
    Raises PageTrouble, before anything is sent, when there is no page or a file of a kind without a content type here.
    """
    if not (dist / "index.html").exists():
        raise PageTrouble(f"{dist} has no index.html")
    files = {path.relative_to(dist).as_posix(): path.read_bytes() for path in dist.rglob("*") if _is_public(path)}
    files["config.json"] = json.dumps(page_config(outputs), indent=2).encode()
    types = {name: _content_type(name) for name in files}
    for name in sorted(files, key=_readers_order):
        cloud.s3().put_object(
            Bucket=outputs["PageBucketName"],
            Key=name,
            Body=files[name],
            ContentType=types[name],
            CacheControl=IMMUTABLE if _is_asset(name) else ASK_ALWAYS,
        )
    _invalidate_cache(outputs["PageDistributionId"], cloud)


def page_config(outputs: Mapping[str, str]) -> dict[str, object]:
    """What the page reads from `/config.json`.

    The stack's own user pool has its sign-in page at another place than its issuer, so its endpoints are named; another
    issuer's are discovered by the page (OpenID Connect Discovery 1.0).
    """
    issuer, domain = outputs["Issuer"], outputs["HostedDomain"]
    config: dict[str, object] = {"authority": issuer, "client_id": outputs["Audience"], "api_base": "/api"}
    if not issuer.endswith(f"/{outputs['UserPoolId']}"):
        return config
    endpoints = {
        "issuer": issuer,
        "authorization_endpoint": f"{domain}/oauth2/authorize",
        "token_endpoint": f"{domain}/oauth2/token",
        "end_session_endpoint": f"{domain}/logout",
        "jwks_uri": f"{issuer}/.well-known/jwks.json",
    }
    return config | {"metadata": endpoints}


def _is_public(path: Path) -> bool:
    return path.is_file() and not path.name.startswith(".")


def _is_asset(name: str) -> bool:
    return name.startswith("assets/")


def _readers_order(name: str) -> tuple[bool, bool, str]:
    return (not _is_asset(name), name == "index.html", name)


def _content_type(name: str) -> str:
    try:
        return CONTENT_TYPES[Path(name).suffix]
    except KeyError:
        raise PageTrouble(f"no content type is known for {name}; infra/page.py lists them") from None


def _invalidate_cache(distribution: str, cloud: Cloud) -> None:
    cloud.cloudfront().create_invalidation(
        DistributionId=distribution,
        InvalidationBatch={"Paths": {"Quantity": 1, "Items": ["/*"]}, "CallerReference": uuid4().hex},
    )
