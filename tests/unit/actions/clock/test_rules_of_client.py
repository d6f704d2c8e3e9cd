"""The policy's rules for clients, found by name, id, contract and type: the same for the clock and for the AI."""

from typing import Any

import pytest

from chalicelib.actions.clock.run_clock import run_clock
from chalicelib.actions.sessions.correct_session import correct_session
from chalicelib.actions.ticket_sync.apply_ticket import apply_ticket
from chalicelib.contracts.corrections import SessionCorrectionRequest
from chalicelib.domain.ai_switch import may_ai_see
from chalicelib.domain.clock.handoff_plan import cover_for
from chalicelib.domain.clock.policy import Policy
from chalicelib.domain.handoff import Priority
from chalicelib.domain.handoff_detail import HandoffDetail
from chalicelib.store import engineers, policies, sessions, ticket_updates
from chalicelib.store.rows.handoffs import HandoffRow
from tests.support.builders import ACME, ALEX, JANE, OLGA, SAM, minute
from tests.support.scenarios.actions import claim, hand_off, now, open_case
from tests.support.scenarios.followed_tickets import PSA, a_ticket
from tests.support.ticket_facts import ticket_facts

pytestmark = pytest.mark.usefixtures("tables", "topic")

LONG_NAME = "Northwestern Regional Healthcare Associates of Greater Birmingham LLC"
HANDED_OFF = 425
"""17:05 on Monday in Brussels, 55 minutes before the account closes."""

TUESDAY_0800 = 22 * 60
IDLE_MIN = 60


@pytest.fixture(autouse=True)
def directory(tables: None) -> None:
    for person in (JANE, SAM, ALEX, OLGA):
        engineers.enter(person)


def rules_for(match: dict[str, str]) -> None:
    """Save a policy by which the clients that match are covered at night, and the AI is off for them."""
    own = {"match": match, "around_the_clock": True, "ai": "off"}
    assert policies.save(ACME, Policy.model_validate({"clients": [own]}), policies.load(ACME))


def escalated(**facts: Any) -> HandoffDetail:
    """A case whose ticket says so, handed off at 17:05 with high priority: steps after 0, 15, 60 minutes."""
    session = open_case()
    if facts:
        ticket_updates.refresh(sessions.load(ACME, session.id), ticket_facts(**facts))
    handoff = hand_off(session.id, at_minute=HANDED_OFF, priority=Priority.HIGH)
    HandoffRow(ACME, handoff.id).update(
        [HandoffRow.assessment_outcome.set("timeout"), HandoffRow.pending_since.remove()]
    )
    return handoff


@pytest.mark.parametrize(
    ("match", "facts", "is_met"),
    [
        ({"client": "ACORN"}, {"client": {"id": "17", "name": "Acorn"}}, True),
        ({"client": "17"}, {"client": {"id": "17", "name": "Acorn"}}, True),
        ({"client": LONG_NAME}, {"client": {"id": None, "name": LONG_NAME}}, True),
        ({"client": LONG_NAME}, {"client": {"id": None, "name": LONG_NAME[:-3] + "Inc"}}, False),
        ({"contract": "gold"}, {"contract": "Gold"}, True),
        ({"type": "Managed"}, {"type": "managed"}, True),
        ({"contract": "Gold", "type": "Managed"}, {"contract": "Gold", "type": "Co-managed"}, False),
        ({"client": "Acorn", "contract": "Gold"}, {"client": {"id": None, "name": "Acorn"}}, False),
        ({"contract": "Gold"}, {}, False),
    ],
)
def test_clock_and_ai_switch_find_the_same_rules(match: dict[str, str], facts: dict[str, Any], *, is_met: bool) -> None:
    rules_for(match)

    handoff = escalated(**facts)

    policy, session = policies.find(ACME), sessions.load(ACME, handoff.session_id)
    assert cover_for(policy, now(handoff)).calendar.around_the_clock is is_met
    assert may_ai_see(policy, session.ticket) is not is_met


def test_contract_that_a_reading_tells_moves_the_step_that_waits() -> None:
    rules_for({"contract": "Gold"})
    handoff = escalated(contract="Silver")
    run_clock(at=minute(HANDED_OFF + 15))
    assert _due_at(handoff) == minute(TUESDAY_0800 + 5)

    session = sessions.load(ACME, handoff.session_id)
    gold = a_ticket(client="Northwind", contract="Gold", updated_at=minute(HANDED_OFF + 20))
    assert apply_ticket(PSA, session, gold, at=minute(HANDED_OFF + 20))

    assert _due_at(handoff) == minute(HANDED_OFF + 60)


def test_client_that_a_correction_changes_moves_the_due_time_with_the_next_run() -> None:
    rules_for({"client": "Acorn"})
    handoff = escalated(client={"id": "1", "name": "Acorn"})
    claim(handoff, SAM, at_minute=HANDED_OFF + 30)
    run_clock(at=minute(HANDED_OFF + 36))
    assert _due_at(handoff) == minute(HANDED_OFF + 30 + IDLE_MIN)

    body = SessionCorrectionRequest(psa_ticket_id="4999", epoch=3)
    correct_session(handoff.session_id, body, by=SAM, at=minute(HANDED_OFF + 40))
    run_clock(at=minute(HANDED_OFF + 41))

    left_min_on_monday = 15  # the correction is a turn, so work: at 17:45
    assert _due_at(handoff) == minute(TUESDAY_0800 + IDLE_MIN - left_min_on_monday)


def _due_at(handoff: HandoffDetail) -> object:
    moment = now(handoff).next_moment
    return moment and moment.at
