"""Serves the built page with the API behind the same origin and the page's security headers, as CloudFront does on AWS.

`python -m infra.local.web --port 8080 --api-url URL --connect-source URL …`
"""

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from werkzeug.middleware.http_proxy import ProxyMiddleware
from werkzeug.serving import run_simple
from werkzeug.utils import send_from_directory
from werkzeug.wrappers import Request, Response

from infra.local.site import ROOT

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

PAGE = ROOT / "web" / "dist"
SECURITY_HEADERS = ROOT / "web" / "security-headers.json"
API_TIMEOUT_S = 35  # longer than API Gateway's 29 s, so it is the API's own answer that arrives


def same_origin(api_url: str, page: Path, headers: Mapping[str, str]) -> "WSGIApplication":
    """`/api/…` from the API, every file of the page, and the page itself for its own routes."""
    target = {"target": api_url, "remove_prefix": True, "host": urlsplit(api_url).netloc}
    return ProxyMiddleware(_page(page.resolve(), headers), {"/api/": target}, timeout=API_TIMEOUT_S)


def security_headers(connect_sources: Sequence[str]) -> dict[str, str]:
    """The headers that the page gets on AWS, with `connect_sources` as the origins it may speak to beside its own."""
    template = SECURITY_HEADERS.read_text() if SECURITY_HEADERS.exists() else "{}"
    filled: dict[str, str] = json.loads(template.replace("${ConnectSources}", " ".join(connect_sources)))
    return filled


def _page(folder: Path, headers: Mapping[str, str]) -> "WSGIApplication":
    @Request.application
    def serve(request: Request) -> Response:
        wanted = request.path.lstrip("/")
        is_route = "." not in wanted.rpartition("/")[2]  # a file has a suffix; a route of the page has none
        response = send_from_directory(folder, "index.html" if is_route else wanted, request.environ)
        response.headers.update(headers)
        return response

    return serve


def main() -> None:
    """Serve until stopped."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--port", type=int, required=True)
    arguments.add_argument("--api-url", required=True)
    arguments.add_argument("--connect-source", action="append", default=[])
    chosen = arguments.parse_args()
    app = same_origin(chosen.api_url, PAGE, security_headers(chosen.connect_source))
    run_simple("localhost", chosen.port, app, threaded=True)


if __name__ == "__main__":
    main()
