"""Routes about the API itself, open to everybody."""

from importlib.resources import files

from chalice.app import Blueprint, Response

from chalicelib.contracts.views import HealthView
from chalicelib.settings import settings

meta = Blueprint(__name__)


@meta.route("/health", methods=["GET"])
def get_health() -> Response:
    """Say that the API answers, and in which version."""
    health = HealthView(status="ok", version=settings().app_version)
    return Response(health.model_dump_json(), headers={"Content-Type": "application/json", "Cache-Control": "no-store"})


@meta.route("/openapi.json", methods=["GET"])
def get_openapi() -> Response:
    """Hand out the OpenAPI document that was made when the API was packaged."""
    document = files("chalicelib").joinpath("openapi.json").read_text(encoding="utf-8")
    return Response(document, headers={"Content-Type": "application/json"})
