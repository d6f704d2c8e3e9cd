"""Requests and answers about integrations. Secrets go in and never come out."""

from collections.abc import Iterable, Mapping
from typing import Annotated

from pydantic import Field, StringConstraints

from chalicelib.contracts.shape import Line, OneLine, PastedLines, StrictModel
from chalicelib.contracts.views import ListView
from chalicelib.domain.credentials import names_of
from chalicelib.domain.instants import Instant, format_instant
from chalicelib.domain.integration import (
    Integration,
    IntegrationFailure,
    IntegrationPart,
    PsaKind,
    PsaSettings,
    TicketMapping,
)
from chalicelib.domain.webhook_delivery import TicketEvent

SecretName = Annotated[str, StringConstraints(max_length=60, pattern=r"^[a-z_]+$")]
SecretText = Annotated[str, StringConstraints(min_length=1, max_length=1_000)]
Version = Annotated[int, Field(ge=1, le=10**9, description="The version that was read; null saves over any.")]


class IntegrationRequest(StrictModel):
    """The settings to save. `secrets` names only those that change; null removes one."""

    name: Line
    base_url: Annotated[str, StringConstraints(min_length=1, max_length=500), PastedLines] | None = None
    settings: Annotated[PsaSettings, PastedLines]
    ticket_mapping: Annotated[TicketMapping, PastedLines] = TicketMapping()
    secrets: Annotated[dict[SecretName, SecretText | None], Field(max_length=10, default_factory=dict), PastedLines]
    version: Version | None = None


class IntegrationFailureView(StrictModel):
    """A part of an integration that fails as a whole; nothing is tried before `next_try_at`, null for the webhook."""

    part: IntegrationPart
    since: Instant
    reason: OneLine
    next_try_at: Instant | None


class WebhookEventView(StrictModel):
    """When a kind of event last arrived; null if it never did."""

    event: TicketEvent
    last_at: Instant | None


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
    failures: list[IntegrationFailureView]

    @classmethod
    def of(cls, integration: Integration) -> "IntegrationView":
        """Show `integration`."""
        shown = {name: value for name, value in integration if name in cls.model_fields}
        set_at = {name: integration.secrets_set_at.get(name) for name in names_of(integration.kind)}
        record = "?recordId=" if integration.kind is PsaKind.CONNECTWISE else ""
        path = integration.webhook_path + record
        failures = [_failure(part, kept) for part in IntegrationPart if (kept := integration.failure_of(part))]
        derived = {"secrets_set_at": set_at, "webhook_path": path, "failures": failures}
        return cls.model_construct(**{**shown, **derived})


def _failure(part: IntegrationPart, kept: IntegrationFailure) -> IntegrationFailureView:
    return IntegrationFailureView(part=part, since=kept.since, reason=kept.reason, next_try_at=kept.next_try_at)


class IntegrationStateView(IntegrationView):
    """An integration, how many handoffs have notes that wait for it, and when each kind of event last arrived."""

    waiting_handoffs: int
    webhook_events: list[WebhookEventView]

    @classmethod
    def of_state(
        cls, integration: Integration, waiting_handoffs: int, last_events: Mapping[TicketEvent, Instant | None]
    ) -> "IntegrationStateView":
        """Show `integration` with how it does."""
        events = [WebhookEventView(event=event, last_at=last_at) for event, last_at in last_events.items()]
        shown = dict(IntegrationView.of(integration))
        return cls.model_construct(**{**shown, "waiting_handoffs": waiting_handoffs, "webhook_events": events})


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
    """What a connection test did: whether the PSA can be worked with and, where not, what to correct (`detail`).

    `ticket_number` is that of the ticket that was read, null when there was none; `webhook_last_at` when a webhook of
    the PSA came last, null when none ever did. Each of `warnings` names a status or owner of the ticket mapping that
    the PSA does not have any more. Nothing is written there.
    """

    works: bool
    detail: OneLine
    ticket_number: OneLine | None
    webhook_last_at: Instant | None
    warnings: list[OneLine]

    @classmethod
    def of(
        cls, trouble: str | None, ticket_number: str | None, webhook_last_at: Instant | None, warnings: Iterable[str]
    ) -> "ConnectionCheckView":
        """Show the result of a connection test; `trouble` is None where it works."""
        read = f"Read ticket #{ticket_number}" if ticket_number else "Read no ticket, as there is none"
        seen = f"webhook last seen {format_instant(webhook_last_at)}" if webhook_last_at else "no webhook seen yet"
        return cls(
            works=trouble is None,
            detail=trouble or f"{read}; wrote nothing; {seen}.",
            ticket_number=ticket_number,
            webhook_last_at=webhook_last_at,
            warnings=list(warnings),
        )
