"""Serves the built page with the API behind the same origin, as CloudFront does on AWS.

`python -m infra.local.web --port 8080 --api-url http://… [--page web/dist]`
"""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from werkzeug.middleware.http_proxy import ProxyMiddleware
from werkzeug.serving import run_simple
from werkzeug.utils import send_from_directory
from werkzeug.wrappers import Request, Response

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

API_TIMEOUT_S = 35  # longer than API Gateway's 29 s, so it is the API's own answer that arrives


def same_origin(api_url: str, page: Path) -> "WSGIApplication":
    """`/api/…` from the API, every file of the page, and the page itself for its own routes."""
    target = {"target": api_url, "remove_prefix": True, "host": urlsplit(api_url).netloc}
    return ProxyMiddleware(_page(page.resolve()), {"/api/": target}, timeout=API_TIMEOUT_S)


def _page(folder: Path) -> "WSGIApplication":
    @Request.application
    def serve(request: Request) -> Response:
        wanted = request.path.lstrip("/")
        is_route = "." not in wanted.rpartition("/")[2]  # a file has a suffix; a route of the page has none
        return send_from_directory(folder, "index.html" if is_route else wanted, request.environ)

    return serve


def main() -> None:
    """Serve until stopped."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--port", type=int, required=True)
    arguments.add_argument("--api-url", required=True)
    arguments.add_argument("--page", type=Path, default=Path("web/dist"))
    chosen = arguments.parse_args()
    run_simple("localhost", chosen.port, same_origin(chosen.api_url, chosen.page), threaded=True)


if __name__ == "__main__":
    main()
