import pytest

from chalicelib.domain.deliveries.channel import ChannelFilter, ChannelKind
from chalicelib.domain.deliveries.ledger import DeliveryKind, DeliveryState, LedgerEntry, Recipient
from chalicelib.domain.deliveries.plan import delay_s_of, recipients_of, why_not_needed, why_told_already
from chalicelib.domain.events import Event, EventType
from chalicelib.domain.handoff import Handoff, HandoffStatus, Intent
from chalicelib.domain.instants import format_instant
from tests.support.builders import SAM, a_claimed_handoff, a_handoff, an_event, minute
from tests.support.channels import a_channel

WAITS, HELD = a_handoff(), a_claimed_handoff()
CLAIM = an_event(EventType.CLAIMED, actor=SAM.person, data={"claim_epoch": HELD.claim_epoch})


@pytest.mark.parametrize("kind", [ChannelKind.SLACK, ChannelKind.TEAMS])
def test_chat_is_told_what_waits_and_how_it_ended_unless_it_asks_for_more(kind: ChannelKind) -> None:
    sent = {kind_of for kind_of in EventType if recipients_of(an_event(kind_of), WAITS, [a_channel(kind=kind)])}

    assert {EventType.CREATED, EventType.CLAIMED, EventType.RELEASED, EventType.RESOLVED} <= sent
    assert not sent & {EventType.ASSESSMENT_READY, EventType.TICKET_NOTE_SENT}
    asks = a_channel(kind=kind, filter=ChannelFilter(types=(EventType.ASSESSMENT_READY,)))
    assert recipients_of(an_event(EventType.ASSESSMENT_READY), WAITS, [asks])


def test_chat_is_told_of_a_parked_session_only_when_its_sla_time_comes() -> None:
    chat, parked = a_channel(kind=ChannelKind.SLACK), a_handoff(intent=Intent.PARK)

    told = {kind for kind in EventType if recipients_of(an_event(kind), parked, [chat])}

    assert told == {EventType.OVERDUE}


def test_chat_is_not_told_twice_when_nobody_is_on_call() -> None:
    chat = a_channel(kind=ChannelKind.SLACK)

    told = [why for why in ("nobody", "step", "sla") if recipients_of(overdue(why), WAITS, [chat])]

    assert told == ["step", "sla"]


def overdue(because: str, at: int = 11) -> Event:
    return an_event(EventType.OVERDUE, id="passed", occurred_at=minute(at), data={"because": because})


def entry_of(event: Event, to: Recipient, state: DeliveryState = DeliveryState.ACCEPTED) -> LedgerEntry:
    return LedgerEntry.planned(event, to, event.occurred_at).model_copy(update={"state": state})


MAIL, PUSH = (Recipient(kind=kind, id=SAM.id, name=SAM.name) for kind in (DeliveryKind.EMAIL, DeliveryKind.PUSH))


@pytest.mark.parametrize(
    ("event", "entry", "is_told_already"),
    [
        (overdue("nobody"), entry_of(an_event(), MAIL), True),
        (overdue("nobody"), entry_of(an_event(), MAIL, DeliveryState.PENDING), True),
        (overdue("nobody"), entry_of(an_event(EventType.RETURNED), MAIL), True),
        (overdue("nobody"), entry_of(an_event(), PUSH), False),
        (overdue("nobody"), entry_of(an_event(), MAIL, DeliveryState.FAILED), False),
        (overdue("nobody"), entry_of(an_event(), MAIL, DeliveryState.SKIPPED), False),
        (overdue("nobody"), entry_of(an_event(EventType.CLAIMED), MAIL), False),
        (overdue("nobody", at=16), entry_of(an_event(), MAIL), False),
        (overdue("nobody", at=9), entry_of(an_event(), MAIL), False),
        (overdue("step"), entry_of(an_event(), MAIL), False),
    ],
)
def test_passed_step_is_no_news_to_those_told_a_moment_before(
    event: Event, entry: LedgerEntry, *, is_told_already: bool
) -> None:
    assert (why_told_already(event, MAIL, [entry]) is not None) is is_told_already


def test_webhook_is_told_everything() -> None:
    assert all(recipients_of(an_event(kind), WAITS, [a_channel()]) for kind in EventType)


def test_claim_is_told_to_people_late_and_to_webhooks_at_once() -> None:
    assert [delay_s_of(CLAIM, kind) for kind in DeliveryKind] == [0, 20, 20, 20, 20, 20]
    assert delay_s_of(an_event(EventType.CREATED), DeliveryKind.SLACK) == 0


@pytest.mark.parametrize("kind", [EventType.CREATED, EventType.RELEASED])
def test_handoff_that_somebody_holds_pages_nobody(kind: EventType) -> None:
    assert why_not_needed(an_event(kind), WAITS, DeliveryKind.SLACK) is None
    assert why_not_needed(an_event(kind), HELD, DeliveryKind.SLACK)
    assert why_not_needed(an_event(kind), HELD, DeliveryKind.WEBHOOK) is None


@pytest.mark.parametrize(
    ("handoff", "is_true"),
    [
        (HELD, True),
        (a_claimed_handoff(status=HandoffStatus.RESOLVED), True),
        (a_claimed_handoff(claim_epoch=5), False),
        (WAITS, False),
    ],
)
def test_claim_that_ended_is_told_to_nobody(handoff: Handoff, *, is_true: bool) -> None:
    assert (why_not_needed(CLAIM, handoff, DeliveryKind.TEAMS) is None) is is_true


@pytest.mark.parametrize(
    ("handoff", "is_true"),
    [
        (a_claimed_handoff(sla_due_at=minute(40)), True),
        (a_claimed_handoff(sla_due_at=minute(50)), False),
        (a_claimed_handoff(), False),
        (a_handoff(sla_due_at=minute(40)), False),
        (a_claimed_handoff(sla_due_at=minute(40), status=HandoffStatus.RESOLVED), False),
    ],
)
def test_sla_warning_reaches_a_holder_while_the_time_stands(handoff: Handoff, *, is_true: bool) -> None:
    data = {"because": "sla", "status": "claimed", "sla_due_at": format_instant(minute(40))}
    warning = an_event(EventType.OVERDUE, data=data)

    assert (why_not_needed(warning, handoff, DeliveryKind.EMAIL) is None) is is_true
