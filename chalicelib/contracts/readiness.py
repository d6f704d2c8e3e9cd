"""Who would be reached how over the next days, and test messages, as requests and answers have them."""

from datetime import datetime
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import Field

from chalicelib.contracts.clock import LocalTime
from chalicelib.contracts.shape import OneLine, PersonId, StrictModel
from chalicelib.domain.deliveries.ledger import DeliveryKind, DeliveryState, LedgerEntry, Recipient
from chalicelib.domain.handoff import Priority
from chalicelib.domain.instants import Instant
from chalicelib.domain.people import Person
from chalicelib.domain.readiness.absentees import Absentee, PlaceKind
from chalicelib.domain.readiness.contacts import Missing
from chalicelib.domain.readiness.forecast import LadderForecast, ReachSpan
from chalicelib.domain.readiness.step_reach import StepReach


class ReachedView(StrictModel):
    """A person who would be reached, and by which kinds of message."""

    person: Person
    by: list[DeliveryKind]


class MissedView(StrictModel):
    """Somebody whom nothing outside the page would reach, and why.

    `quiet`: it comes in their quiet hours. `unproven`: nothing has reached them for 30 days. `no_device`, `no_phone`,
    `no_address`: they chose push messages, SMS or e-mail, and there is nowhere to send it. `address_off`: mail to their
    address came back. `off`: they chose not to be told of such cases.
    """

    person: Person
    why: Missing


class StepReachView(StrictModel):
    """What comes of one step: the first five people of each sort, and how many there are.

    `passed_to`: nobody of its own is there, so that this later step is told at once. `is_away`: those it tells are
    away, and told because nobody else is left. `is_wrong`: it reaches nobody, and not because they all chose so.
    """

    level: int
    passed_to: int | None
    is_away: bool
    is_wrong: bool
    reached: list[ReachedView]
    reached_count: int
    missed: list[MissedView]
    missed_count: int

    @classmethod
    def of(cls, step: StepReach, people: dict[str, Person]) -> "StepReachView":
        """Show `step`."""
        return cls(
            level=step.level,
            passed_to=step.passed_to,
            is_away=step.is_away,
            is_wrong=step.is_wrong,
            reached=[ReachedView(person=people[each.id], by=list(each.by)) for each in step.reached],
            reached_count=step.reached_count,
            missed=[MissedView(person=people[each.id], why=each.why) for each in step.missed],
            missed_count=step.missed_count,
        )


class ReachSpanView(StrictModel):
    """A span in which nothing changes, up to `ends_at`, and what comes of each step that is due in it."""

    begins_at: Instant
    ends_at: Instant
    local_begins_at: LocalTime
    local_ends_at: LocalTime
    steps: list[StepReachView]

    @classmethod
    def of(cls, span: ReachSpan, people: dict[str, Person], zone: ZoneInfo) -> "ReachSpanView":
        """Show `span` on the clocks of `zone`."""
        return cls(
            begins_at=span.begins_at,
            ends_at=span.ends_at,
            local_begins_at=_local(span.begins_at, zone),
            local_ends_at=_local(span.ends_at, zone),
            steps=[StepReachView.of(step, people) for step in span.steps],
        )


class LadderReadinessView(StrictModel):
    """A ladder: its priority, its clients as the policy names them (none: all others), and its spans in order.

    `after_min`: when each step is due, in minutes. Between two spans the ladder waits for working time.
    """

    priority: Priority
    clients: list[OneLine]
    around_the_clock: bool
    after_min: list[int]
    spans: list[ReachSpanView]

    @classmethod
    def of(cls, found: LadderForecast, people: dict[str, Person], zone: ZoneInfo) -> "LadderReadinessView":
        """Show `found`."""
        ladder = found.ladder
        return cls(
            priority=ladder.priority,
            clients=list(ladder.clients),
            around_the_clock=ladder.cover.calendar.around_the_clock,
            after_min=[step.after_min for step in ladder.cover.ladder],
            spans=[ReachSpanView.of(span, people, zone) for span in found.spans],
        )


class NamedPlaceView(StrictModel):
    """A place where somebody is named: the ladder of a priority, the rules of a client, or a rota."""

    kind: PlaceKind
    name: OneLine


class AbsenteeView(StrictModel):
    """Somebody whom the policy or a rota names, and who is not in the directory any more: nothing reaches them."""

    person: Person
    places: list[NamedPlaceView]

    @classmethod
    def of(cls, found: Absentee, people: dict[str, Person]) -> "AbsenteeView":
        """Show `found`."""
        places = [NamedPlaceView(kind=each.kind, name=each.name) for each in found.places]
        return cls(person=people[found.id], places=places)


class ReadinessView(StrictModel):
    """Who would be reached how until `ends_at`; the most urgent ladders first, at most 200 of them.

    `absentees`: at most 50 people, with ten places each.
    """

    time_zone: str
    begins_at: Instant
    ends_at: Instant
    ladders: list[LadderReadinessView]
    ladders_left_out: int
    absentees: list[AbsenteeView]


class PageMessageView(StrictModel):
    """A test message. `channel` is what to confirm it by: `email`, `sms`, or the id of a device."""

    channel: str
    kind: DeliveryKind
    device_name: OneLine | None

    @classmethod
    def of(cls, channel: str, to: Recipient) -> "PageMessageView":
        """Show the message to `to`."""
        return cls(channel=channel, kind=to.kind, device_name=to.device.name if to.device else None)


class PageTestView(StrictModel):
    """A test that was ordered, and its messages."""

    id: str
    sent_at: Instant
    messages: list[PageMessageView]


class PageMessageStateView(PageMessageView):
    """A test message, and what is known of it. `detail`: why it failed, or what is waited for."""

    state: DeliveryState
    detail: OneLine | None
    accepted_at: Instant | None
    shown_at: Instant | None
    arrived_at: Instant | None
    """When its person said that it arrived."""

    @classmethod
    def known(cls, channel: str, entry: LedgerEntry, at: Instant) -> "PageMessageStateView":
        """Show `entry` as it is known at `at`."""
        return cls(
            **dict(PageMessageView.of(channel, entry.recipient)),
            state=entry.known_state(at),
            detail=entry.detail,
            accepted_at=entry.accepted_at,
            shown_at=entry.shown_at,
            arrived_at=entry.opened_at,
        )


class PageStateView(StrictModel):
    """A test, and what is known of its messages."""

    id: str
    messages: list[PageMessageStateView]


class ArrivedRequest(StrictModel):
    """Which message of a test arrived."""

    page_id: PersonId
    channel: Annotated[PersonId, Field(description="`email`, `sms`, or the id of a device, as the test names it.")]


def _local(at: datetime, zone: ZoneInfo) -> str:
    return at.astimezone(zone).isoformat(timespec="minutes")
