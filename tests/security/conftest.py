"""The API over empty tables, and the people it knows."""

from tests.support.api.fixtures import _gate, api, gate, model, provider

__all__ = ["_gate", "api", "gate", "model", "provider"]
