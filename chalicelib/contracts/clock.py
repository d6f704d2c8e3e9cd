"""Requests and answers about the policy, and about who is on call."""

from datetime import datetime
from typing import Annotated

from pydantic import Field, WithJsonSchema

from chalicelib.contracts.shape import Line, OneLine, StrictModel
from chalicelib.domain.availability import Presence
from chalicelib.domain.clock.client_rules import ClientFacts
from chalicelib.domain.clock.list_items import Duty, NamedShift, PreviewedStep
from chalicelib.domain.clock.policy import Policy
from chalicelib.domain.clock.rota import Rota
from chalicelib.domain.clock.saved import SavedPolicy, SavedRota
from chalicelib.domain.clock.zones import zone_named
from chalicelib.domain.handoff import Priority
from chalicelib.domain.instants import Instant
from chalicelib.domain.people import Person

SavedVersion = Annotated[int, Field(ge=0, le=10**9, description="The version that was read; null saves over any.")]
LocalOrInstant = Annotated[
    datetime,
    WithJsonSchema({"type": "string", "description": "RFC 3339; without an offset, a local time of the time zone."}),
]
LocalTime = Annotated[str, Field(description="What clocks of the time zone show, with their offset from UTC.")]


class PolicyRequest(StrictModel):
    """The policy to save."""

    policy: Policy
    version: SavedVersion | None = None


class PolicyView(StrictModel):
    """The policy of the account. Version 0: nothing was saved, and these are the defaults."""

    policy: Policy
    version: int

    @classmethod
    def of(cls, saved: SavedPolicy) -> "PolicyView":
        """Show `saved`."""
        return cls(policy=saved.policy, version=saved.version)


class PolicyPreviewRequest(StrictModel):
    """A policy, saved or not, and the handoff to preview it for: its priority, start, client and domain."""

    policy: Policy
    priority: Priority
    start: LocalOrInstant
    client: ClientFacts | None = None
    problem_domain: Line | None = None


class PreviewedStepView(StrictModel):
    """A step of the ladder. `at` null: it never comes. `people`: who would be told, by what is known today."""

    at: Instant | None
    local_at: LocalTime | None
    round: int
    level: int
    tell: list[str]
    people: list[Person]

    @classmethod
    def of(cls, found: PreviewedStep) -> "PreviewedStepView":
        """Show `found`."""
        step = found.step
        return cls(
            at=step.at,
            local_at=_local(found.local_at) if found.local_at else None,
            round=step.round,
            level=step.level,
            tell=list(step.tell),
            people=list(found.people),
        )


class PolicyPreviewView(StrictModel):
    """All steps of a handoff that nobody takes, in order."""

    steps: list[PreviewedStepView]


class RotaRequest(StrictModel):
    """The rota to save."""

    name: Line
    rota: Rota
    version: SavedVersion | None = None


class LocalSpan(StrictModel):
    """A span on the clocks of a zone, [begins_at, ends_at)."""

    begins_at: LocalTime
    ends_at: LocalTime


class RotaView(StrictModel):
    """A rota; `local_overrides` are the spans of its overrides in its zone.

    `calendar_issued_at`: when the key to its calendar feed was issued; null while there is none.
    """

    id: str
    name: OneLine
    rota: Rota
    local_overrides: list[LocalSpan]
    calendar_issued_at: Instant | None
    updated_at: Instant
    version: int

    @classmethod
    def of(cls, saved: SavedRota) -> "RotaView":
        """Show `saved`, without its key."""
        token, zone = saved.calendar_token, zone_named(saved.rota.time_zone)
        return cls(
            id=saved.id,
            name=saved.name,
            rota=saved.rota,
            local_overrides=[
                LocalSpan(
                    begins_at=_local(each.begins_at.astimezone(zone)), ends_at=_local(each.ends_at.astimezone(zone))
                )
                for each in saved.rota.overrides
            ],
            calendar_issued_at=token.issued_at if token else None,
            updated_at=saved.updated_at,
            version=saved.version,
        )


class RotaListView(StrictModel):
    """All rotas of the account, of which it has few."""

    items: list[RotaView]


class ShiftsQuery(StrictModel):
    """The span to list shifts for, [from, to). By default it begins now and lasts four weeks."""

    begin: Annotated[Instant | None, Field(alias="from")] = None
    end: Annotated[Instant | None, Field(alias="to")] = None


class ShiftView(StrictModel):
    """A shift, [begins_at, ends_at)."""

    person: Person
    begins_at: Instant
    ends_at: Instant
    local_begins_at: LocalTime
    local_ends_at: LocalTime
    is_override: bool

    @classmethod
    def of(cls, found: NamedShift) -> "ShiftView":
        """Show `found`."""
        return cls(
            person=found.person,
            begins_at=found.shift.begins_at,
            ends_at=found.shift.ends_at,
            local_begins_at=_local(found.local_begins_at),
            local_ends_at=_local(found.local_ends_at),
            is_override=found.shift.is_override,
        )


class ShiftListView(StrictModel):
    """Shifts in order."""

    items: list[ShiftView]


class TakeShiftRequest(StrictModel):
    """The shift to take: the one that begins at `begins_at`."""

    begins_at: Instant


class OnCallQuery(StrictModel):
    """The time to answer for; now by default."""

    at: Instant | None = None


class DutyView(StrictModel):
    """Who is on call in a rota, until when. With nobody, `until` is when somebody will be."""

    rota_id: str
    rota_name: OneLine
    person: Person | None
    until: Instant | None
    local_until: LocalTime | None

    @classmethod
    def of(cls, found: Duty) -> "DutyView":
        """Show `found`."""
        local = found.local_until
        return cls(**found._asdict() | {"local_until": _local(local) if local else None})


class OnCallView(StrictModel):
    """Who is on call, rota by rota."""

    items: list[DutyView]


class CalendarView(StrictModel):
    """The path of a rota's calendar feed, below the address of the API. It is returned only this once."""

    path: str


class CalendarQuery(StrictModel):
    """The key to a calendar feed."""

    token: Annotated[str, Field(min_length=1, max_length=400)]


class AvailabilityRequest(StrictModel):
    """The caller's presence, until `until` if that is set."""

    presence: Presence
    until: Instant | None = None


def _local(at: datetime) -> str:
    return at.isoformat(timespec="minutes")
