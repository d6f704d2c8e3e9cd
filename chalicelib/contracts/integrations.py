"""Requests and answers about integrations. Secrets go in and never come out."""

from typing import Annotated

from pydantic import Field, StringConstraints

from chalicelib.contracts.shape import Line, OneLine, StrictModel
from chalicelib.contracts.views import ListView
from chalicelib.domain.credentials import names_of
from chalicelib.domain.instants import Instant
from chalicelib.domain.integration import Integration, PsaKind, PsaSettings, TicketMapping

SecretName = Annotated[str, StringConstraints(max_length=60, pattern=r"^[a-z_]+$")]
SecretText = Annotated[str, StringConstraints(min_length=1, max_length=1_000)]
Version = Annotated[int, Field(ge=1, le=10**9, description="The version that was read; null saves over any.")]


class IntegrationRequest(StrictModel):
    """The settings to save. `secrets` names only those that change; null removes one."""

    name: Line
    base_url: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)] | None = None
    settings: PsaSettings
    ticket_mapping: TicketMapping = TicketMapping()
    secrets: Annotated[dict[SecretName, SecretText | None], Field(max_length=10, default_factory=dict)]
    version: Version | None = None


class IntegrationView(StrictModel):
    """An integration. Each of its secrets is represented by the time at which it was set, or null."""

    id: str
    name: OneLine
    base_url: str | None
    settings: PsaSettings
    ticket_mapping: TicketMapping
    secrets_set_at: dict[str, Instant | None]
    webhook_path: str
    """Where the PSA sends its webhooks, below the address of the API.

    ConnectWise appends the record's id to the address, so its path ends in a query parameter without a value. Source:
    the vendor's developer guide, "Configuring callbacks".
    """
    version: int
    reconciled_until: Instant
    created_at: Instant
    updated_at: Instant

    @classmethod
    def of(cls, integration: Integration) -> "IntegrationView":
        """Show `integration`."""
        shown = {name: value for name, value in integration if name in cls.model_fields}
        set_at = {name: integration.secrets_set_at.get(name) for name in names_of(integration.kind)}
        record = "?recordId=" if integration.kind is PsaKind.CONNECTWISE else ""
        path = f"/webhooks/{integration.account_id}/{integration.id}{record}"
        return cls.model_construct(**{**shown, "secrets_set_at": set_at, "webhook_path": path})


class IntegrationListView(ListView):
    """The account's integrations."""

    items: list[IntegrationView]


class TicketSystemView(StrictModel):
    """A ticket system that a session's ticket may be in; its settings are for admins."""

    id: str
    name: OneLine
    kind: PsaKind


class TicketSystemListView(ListView):
    """The account's ticket systems."""

    items: list[TicketSystemView]


class ConnectionCheckView(StrictModel):
    """Whether the connection to the PSA works; where not, `detail` says what to correct."""

    works: bool
    detail: OneLine

    @classmethod
    def of(cls, trouble: str | None) -> "ConnectionCheckView":
        """Show the result of a connection test; `trouble` is None where it works."""
        return cls(works=trouble is None, detail=trouble or "The connection works.")
