"""Routes about the API itself, open to everybody."""

from importlib.resources import files
from typing import Any

from chalice.app import Response

from chalicelib.contracts.health_view import HealthView
from chalicelib.entry.api import Api
from chalicelib.entry.responses import Document, respond
from chalicelib.settings import settings

meta = Api("service")


@meta.open_operation("GET", "/health", answers=HealthView)
def get_health(_request: Any) -> Response:
    """Report that the API answers, in which version, and with which time zone data."""
    from chalicelib.domain.clock.zones import zone_data_version  # lazy: cold start (ADR 0015)

    view = HealthView(status="ok", version=settings().app_version, zone_data_version=zone_data_version())
    return respond(view)


@meta.open_operation("GET", "/openapi.json", answers=None, media_types=("application/json",))
def get_openapi(_request: Any) -> Response:
    """Return the OpenAPI document that was packaged with the API."""
    text = files("chalicelib").joinpath("openapi.json").read_text(encoding="utf-8")
    return respond(Document(text, "application/json"))
