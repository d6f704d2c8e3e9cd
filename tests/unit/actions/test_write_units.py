"""What the steps of an escalation cost in write units: the same however long the session is."""

from collections.abc import Callable
from typing import Any

import pytest

from chalicelib.actions.handoffs.decline_handoff import decline_handoff
from chalicelib.actions.handoffs.reassign_handoff import reassign_handoff
from chalicelib.actions.notifications.announce_change import announce_change
from chalicelib.actions.sessions.open_session import open_session
from chalicelib.actions.sessions.resolve_session import resolve_session
from chalicelib.actions.ticket_sync.refresh_handoff import refreshed_handoff
from chalicelib.contracts.requests import OpenSessionRequest, ResolveRequest
from chalicelib.domain.assessment import AssessmentError
from chalicelib.domain.handoff_detail import HandoffDetail
from chalicelib.domain.instants import format_instant
from chalicelib.domain.people import Caller, Role
from chalicelib.domain.sender_report import Affected, Reason
from chalicelib.domain.ticket_facts import TicketClient, TicketFacts
from chalicelib.store import engineers, sessions, ticket_updates, turns
from chalicelib.store.rows.handoffs import HandoffRow
from infra.local.rehearsal_model import RehearsalModel
from tests.support.builders import a_step, minute
from tests.support.dynamodb.write_units import Units, counted
from tests.support.scenarios.actions import assess, claim, hand_off, release, stream
from tests.support.topic import Topic

CLAIM, LIFE = 12, 60
ACCOUNT = "5f1c0a52-9d0e-4b1e-8a53-0d6f3a0c7b11"
"""Ids as an identity provider makes them: they are in every key."""

TEXTS = {"ASCII": "x", "Greek": "\u03b1", "Chinese": "\u6c34", "emoji": "\U0001f4a5"}


def person(name: str, role: Role) -> Caller:
    return Caller(account_id=ACCOUNT, id=f"{ACCOUNT[:-4]}{name[:4].lower():0<4}", name=name, email="", role=role)


JANE, SAM, ALEX = (
    person("Jane Cooper", Role.ENGINEER),
    person("Samuel Ortega", Role.SENIOR),
    person("Alex", Role.SENIOR),
)


def a_case(steps: int, letter: str = "x", action: str = "Tried remedy number %d of the list") -> str:
    """A session of Jane's with as many steps, its summary and its ticket's facts as long as they may be."""
    opening = OpenSessionRequest(
        problem_summary=letter * 2_000, problem_domain=letter * 200, psa_ticket_id="7" * 64, integration_id="cw"
    )
    session = open_session(opening, by=JANE, at=minute(0))
    for seq in range(1, steps + 1):
        step = a_step(seq, action % seq)
        turns.append(sessions.load(ACCOUNT, session.id), step)
    long = letter * 200
    facts = TicketFacts.model_validate(
        dict.fromkeys(("number", "title", "status", "priority", "type", "owner", "contract"), long)
        | {"client": {"id": long, "name": long}, "contact": {"name": long, "phone": long, "email": long}}
        | {"due_at": minute(1)}
        | {"url": "https://psa.example/" + "x" * 400, "is_closed": False, "changed_at": minute(1), "read_at": minute(1)}
    )
    assert ticket_updates.refresh(sessions.load(ACCOUNT, session.id), facts)
    return session.id


def escalated(session_id: str) -> HandoffDetail:
    """It handed off, with the longest reason and the longest word for those affected."""
    longest: dict[str, Any] = {"reason": max(Reason, key=len), "affected": max(Affected, key=len)}
    return hand_off(session_id, by=JANE, engineer_notes="I may not change the firewall in Bristol.", **longest)


def resolve(handoff: HandoffDetail, letter: str = "x") -> None:
    text = letter * 10_000
    epoch = sessions.load(ACCOUNT, handoff.session_id).epoch
    asked = ResolveRequest(resolution=text, root_cause=text, epoch=epoch)
    resolve_session(handoff.session_id, asked, by=SAM, at=minute(40))


def cost(act: Callable[[], object], *, in_transaction: bool = True) -> int:
    with counted(in_transaction=in_transaction) as units:
        act()
    return units.total


@pytest.mark.parametrize("letter", TEXTS.values(), ids=list(TEXTS))
@pytest.mark.parametrize("steps", [3, 300])
def test_claim_costs_at_most_twelve_write_units(tables: None, steps: int, letter: str) -> None:
    handoff = escalated(a_case(steps, letter))

    assert cost(lambda: claim(handoff, SAM)) <= CLAIM


@pytest.mark.parametrize("letter", TEXTS.values(), ids=list(TEXTS))
def test_claim_of_what_is_directed_and_lacks_an_assessment_costs_no_more(tables: None, letter: str) -> None:
    handoff = escalated(a_case(3, letter))
    HandoffRow(ACCOUNT, handoff.id).update(
        [
            HandoffRow.to.set(SAM.person.model_dump()),
            HandoffRow.handed_off_by.set(ALEX.person.model_dump()),
            HandoffRow.directed_until.set(format_instant(minute(30))),
            HandoffRow.assessment_outcome.set(max(AssessmentError, key=len).value),
        ]
    )

    assert cost(lambda: claim(handoff, SAM)) <= CLAIM


def test_putting_a_claim_back_costs_no_more_than_the_claim_and_its_note(tables: None) -> None:
    for person in (SAM, ALEX):
        engineers.enter(person)
    handoff = escalated(a_case(3))
    claim(handoff, SAM)

    reassigned = cost(
        lambda: reassign_handoff(handoff.session_id, handoff.id, ALEX.id, "You know it.", by=SAM, at=minute(21))
    )
    declined = cost(lambda: decline_handoff(handoff.session_id, handoff.id, "Away.", by=ALEX, at=minute(22)))

    assert reassigned <= CLAIM + 2
    assert declined <= CLAIM


def test_claim_costs_the_same_after_three_steps_and_after_three_hundred(tables: None) -> None:
    few, many = escalated(a_case(3)), escalated(a_case(300))

    assert cost(lambda: claim(few, SAM)) == cost(lambda: claim(many, SAM)) > 0


def test_claim_after_a_release_costs_no_more(tables: None) -> None:
    handoff = escalated(a_case(3))
    claim(handoff, ALEX)
    release(handoff, ALEX, note="x" * 10_000)

    assert cost(lambda: claim(handoff, SAM)) <= CLAIM


@pytest.mark.parametrize("letter", TEXTS.values(), ids=list(TEXTS))
def test_reading_of_the_ticket_costs_the_queue_at_most_twelve_more(tables: None, letter: str) -> None:
    handoff = escalated(a_case(3, letter))
    session = sessions.load(ACCOUNT, handoff.session_id)
    assert session.ticket is not None
    client = TicketClient(id="1", name=("y" + letter * 200)[:200])
    facts = session.ticket.model_copy(update={"client": client, "due_at": minute(90), "read_at": minute(12)})
    refreshed = refreshed_handoff(session, facts, minute(12))

    alone = cost(lambda: ticket_updates.refresh(session, facts))
    with_queue = cost(lambda: ticket_updates.refresh(session, facts, refreshed))

    assert refreshed is not None
    assert with_queue - alone <= 12


def test_second_lookalike_resolution_text_is_written_beside_the_row_once(tables: None) -> None:
    handoff = escalated(a_case(300))
    claim(handoff, SAM)

    few_bytes = cost(lambda: resolve(handoff))

    assert few_bytes <= 12 + 2 * 26  # the row's part, and 2 for each KB of texts, facts and summary, once


@pytest.mark.parametrize("steps", [4, 300])
def test_life_of_an_escalation_costs_its_snapshot_once_and_a_constant(
    tables: None, ai: RehearsalModel, topic: Topic, steps: int
) -> None:
    opening = OpenSessionRequest(
        problem_summary="Outlook keeps asking for the password since the office moved",
        problem_domain="e-mail",
        psa_ticket_id="4711",
    )
    session = open_session(opening, by=JANE, at=minute(0))
    for seq in range(1, steps + 1):
        turns.append(sessions.load(ACCOUNT, session.id), a_step(seq, f"Tried remedy {seq} of the list, in all rooms"))
    made: list[HandoffDetail] = []

    units = Units()
    with counted(in_transaction=True) as handed:
        made.append(escalated(session.id))
    snapshot_kb = len(made[0].snapshot.model_dump_json()) // 1024 + 1
    units.total += handed.total
    units.total += cost(lambda: assess(stream()[0]), in_transaction=False)
    units.total += cost(lambda: claim(made[0], SAM))
    units.total += cost(lambda: _resolve_briefly(made[0]))
    units.total += cost(lambda: [announce_change(*change) for change in stream()], in_transaction=False)

    assert units.total <= LIFE + 2 * max(snapshot_kb - 3, 0)


def test_round_of_the_assessment_costs_little(tables: None, ai: RehearsalModel) -> None:
    handoff = escalated(a_case(300))
    assess(stream()[-1])
    claim(handoff, SAM)
    release(handoff, SAM, note="Needs the network team.")

    asked = cost(lambda: assess(stream()[-1], at_minute=26))
    answered = cost(lambda: assess(stream()[-1], at_minute=27), in_transaction=False)

    assert asked <= 20
    assert answered <= 10


def _resolve_briefly(handoff: HandoffDetail) -> None:
    asked = ResolveRequest(resolution="The laptop was off by an hour.", epoch=3)
    resolve_session(handoff.session_id, asked, by=SAM, at=minute(40))
