import pytest

from chalicelib.domain.deliveries.channel import ChannelFilter, ChannelKind
from chalicelib.domain.deliveries.ledger import DeliveryKind
from chalicelib.domain.deliveries.plan import delay_s_of, recipients_of, why_not_needed
from chalicelib.domain.events import EventType
from chalicelib.domain.handoff import Handoff, HandoffStatus
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


def test_webhook_is_told_everything() -> None:
    assert all(recipients_of(an_event(kind), WAITS, [a_channel()]) for kind in EventType)


def test_claim_is_told_to_people_late_and_to_webhooks_at_once() -> None:
    assert [delay_s_of(CLAIM, kind) for kind in DeliveryKind] == [0, 20, 20, 20, 20]
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
