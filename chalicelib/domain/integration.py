"""An integration: a PSA of an account, its address, and the mapping of its vocabulary."""

import re
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints

from chalicelib.domain.errors import InvalidState
from chalicelib.domain.frozen_model import FrozenModel
from chalicelib.domain.instants import Instant
from chalicelib.domain.ticket_status import plain_label


def is_integration_id(text: str) -> bool:
    """Tell whether `text` can be an integration's id: 1 to 64 of A-Z, a-z, 0-9, - and _, with no - or _ first.

    `deliveries` cannot: where a PSA's webhooks would go, an outgoing webhook has its log.
    """
    return text != "deliveries" and re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}", text) is not None


class PsaKind(StrEnum):
    """The supported systems. `standard` is any sender of Standard Webhooks: it sends, and cannot be called."""

    CONNECTWISE = "connectwise"
    AUTOTASK = "autotask"
    HALOPSA = "halopsa"
    STANDARD = "standard"

    @property
    def label(self) -> str:
        """What its vendor calls it."""
        return _LABELS[self]


_LABELS = {
    PsaKind.CONNECTWISE: "ConnectWise",
    PsaKind.AUTOTASK: "Autotask",
    PsaKind.HALOPSA: "HaloPSA",
    PsaKind.STANDARD: "The sender of webhooks",
}


def _require_printable(text: str) -> str:
    if not text.isprintable():
        raise ValueError("a name has no control characters, and none that cannot be seen")
    return text


Text = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^[!-~](?:[ -~]*[!-~])?$")]
"""Printable ASCII, as it may stand in a header, without spaces around it."""

StatusName = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100), AfterValidator(_require_printable)
]
"""What a PSA calls a status, in its tenant's own language, or its id there. It goes into bodies, never into headers."""

Number = Annotated[str, StringConstraints(min_length=1, max_length=20, pattern=r"^[0-9]+$")]
Name = Annotated[str, StringConstraints(min_length=1, max_length=100, pattern=r"^[A-Za-z0-9_.-]+$")]


Email = Annotated[str, StringConstraints(max_length=200, pattern=r"^[^@\s]+@[^@\s]+$", to_lower=True)]


class ConnectWiseSettings(FrozenModel):
    """ConnectWise PSA. `company_id` is the login company; `own_member` the identifier of the API member."""

    kind: Literal[PsaKind.CONNECTWISE]
    company_id: Name
    client_id: Text
    own_member: Text | None = None

    @property
    def own_id(self) -> str | None:
        """Who we are there."""
        return self.own_member


class AutotaskSettings(FrozenModel):
    """Autotask. `base_url` is the zone's; `webhook_guids` are those of our webhooks; `own_resource_id` our API user's.

    `owner_role_id` goes with every owner that is set: Autotask takes the two together alone.
    """

    kind: Literal[PsaKind.AUTOTASK]
    user_name: Text
    webhook_guids: Annotated[tuple[Text, ...], Field(max_length=20)] = ()
    own_resource_id: Number | None = None
    owner_role_id: Number | None = None
    note_type: Number | None = None

    @property
    def own_id(self) -> str | None:
        """Who we are there."""
        return self.own_resource_id


class HaloSettings(FrozenModel):
    """HaloPSA. A webhook shows the header that was configured there: Basic with a user name, else Bearer or a key."""

    kind: Literal[PsaKind.HALOPSA]
    client_id: Text
    own_agent_id: Number | None = None
    webhook_header: Annotated[str, StringConstraints(max_length=60, pattern=r"^[a-z][a-z0-9-]*$")] = "authorization"
    webhook_username: Annotated[str, StringConstraints(max_length=100, pattern=r"^[^:\x00-\x1f]+$")] | None = None
    note_outcome_id: Number | None = None

    @property
    def own_id(self) -> str | None:
        """Who we are there."""
        return self.own_agent_id


class StandardSettings(FrozenModel):
    """A sender of Standard Webhooks: what it signs is all there is to know.

    Times in its messages that have no offset are those of `time_zone`, an IANA name.
    """

    kind: Literal[PsaKind.STANDARD]
    time_zone: Annotated[str, StringConstraints(max_length=64, pattern=r"^[A-Za-z0-9_+/-]+$")] = "UTC"

    @property
    def own_id(self) -> str | None:
        """Nobody: we change nothing there."""
        return None


PsaSettings = Annotated[
    ConnectWiseSettings | AutotaskSettings | HaloSettings | StandardSettings, Field(discriminator="kind")
]


class TicketMapping(FrozenModel):
    """How our words map to the PSA's. What is not mapped is left as it is on the ticket.

    `closed_statuses` close a ticket, by name or id, beside those that the system marks so. `owner_ids` gives, for an
    engineer's e-mail address in small letters, their id there (member, resource or agent).
    """

    status_on_claim: StatusName | None = None
    status_on_resolve: StatusName | None = None
    closed_statuses: Annotated[tuple[StatusName, ...], Field(max_length=50)] = ()
    owner_ids: dict[Email, Text] = Field(default_factory=dict, max_length=500)

    def is_closing(self, *status: str | None) -> bool:
        """Tell whether a status, by its id or name, is one that the admin says closes tickets."""
        return not {plain_label(name) for name in status if name}.isdisjoint(map(plain_label, self.closed_statuses))

    def owner_of(self, email: str) -> str | None:
        """Return the id in the PSA of the engineer with this address, None when it is not mapped."""
        return self.owner_ids.get(email.lower())

    def email_of(self, *names: str | None) -> str | None:
        """Return the address of the engineer with one of these ids in the PSA, None when none is mapped."""
        known = {name.casefold() for name in names if name}
        return next((email for email, mapped in self.owner_ids.items() if mapped.casefold() in known), None)


class IntegrationPart(StrEnum):
    """What of an integration can fail as a whole: our access to the PSA, or its webhook."""

    ACCESS = "access"
    WEBHOOK = "webhook"


class IntegrationFailure(FrozenModel):
    """Why a part of an integration fails, and since when.

    Nothing is tried before `next_try_at`, None for what is not tried. `is_announced` says that the topic has it.
    """

    since: Instant
    reason: str
    next_try_at: Instant | None = None
    is_announced: bool = False


class Integration(FrozenModel):
    """One PSA of one account.

    `secret_version` names the version of its secret that goes with these settings. Changes of tickets up to
    `reconciled_until` have been read, whatever webhooks were lost. The PSA asked not to be called until
    `rate_limited_until`.
    """

    account_id: str
    id: str
    name: str
    base_url: str | None
    settings: PsaSettings
    ticket_mapping: TicketMapping
    secret_version: str | None
    secrets_set_at: dict[str, Instant]
    version: int
    reconciled_until: Instant
    created_at: Instant
    updated_at: Instant
    rate_limited_until: Instant | None = None
    access_failure: IntegrationFailure | None = None
    webhook_failure: IntegrationFailure | None = None

    @property
    def kind(self) -> PsaKind:
        """Which system it is."""
        return self.settings.kind

    @property
    def webhook_path(self) -> str:
        """Where the PSA sends its webhooks, below the address of the API."""
        return f"/webhooks/{self.account_id}/{self.id}"

    def require_version(self, read: int | None) -> None:
        """Raise InvalidState unless the version that somebody read, and wants to replace, is this one; None is any."""
        if read not in (None, self.version):
            detail = f"Somebody has saved this integration since you read version {read}; it is at {self.version} now."
            raise InvalidState(detail, status="changed")

    def failure_of(self, part: IntegrationPart) -> IntegrationFailure | None:
        """Return what is known of a part that fails, None while it works."""
        return self.access_failure if part is IntegrationPart.ACCESS else self.webhook_failure

    def rate_limit_left_s(self, at: Instant) -> float:
        """Return for how many seconds the PSA's rate limit still lasts; 0 when it may be called."""
        return max((self.rate_limited_until - at).total_seconds(), 0.0) if self.rate_limited_until else 0.0

    @property
    def own_id(self) -> str | None:
        """Our own user in the PSA, as its webhooks name the author of a change; None when not configured."""
        return self.settings.own_id
