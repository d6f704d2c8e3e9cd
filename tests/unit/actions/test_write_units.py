"""What the steps of an escalation cost in write units: the same however long the session is."""

from collections.abc import Callable

import pytest

from chalicelib.actions.notifications.announce_change import announce_change
from chalicelib.actions.sessions.open_session import open_session
from chalicelib.actions.sessions.resolve_session import resolve_session
from chalicelib.contracts.requests import OpenSessionRequest, ResolveRequest
from chalicelib.domain.handoff_detail import HandoffDetail
from chalicelib.domain.people import Caller, Role
from chalicelib.domain.ticket_facts import TicketFacts
from chalicelib.store import sessions, ticket_updates, turns
from infra.local.rehearsal_model import RehearsalModel
from tests.support.actions_scenarios import assess, claim, hand_off, release, stream
from tests.support.builders import a_step, minute
from tests.support.dynamodb.write_units import Units, counted
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
        dict.fromkeys(("summary", "status", "priority", "company", "contact", "owner"), long)
        | {"url": "https://psa.example/" + "x" * 400, "is_closed": False, "changed_at": minute(1), "read_at": minute(1)}
    )
    assert ticket_updates.refresh(sessions.load(ACCOUNT, session.id), facts)
    return session.id


def escalated(session_id: str) -> HandoffDetail:
    return hand_off(session_id, by=JANE, engineer_notes="I may not change the firewall in Bristol.")


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
def test_a_claim_costs_at_most_twelve_write_units(tables: None, steps: int, letter: str) -> None:
    handoff = escalated(a_case(steps, letter))

    assert cost(lambda: claim(handoff, SAM)) <= CLAIM


def test_a_claim_costs_the_same_after_three_steps_and_after_three_hundred(tables: None) -> None:
    few, many = escalated(a_case(3)), escalated(a_case(300))

    assert cost(lambda: claim(few, SAM)) == cost(lambda: claim(many, SAM)) > 0


def test_a_claim_after_a_release_costs_no_more(tables: None) -> None:
    handoff = escalated(a_case(3))
    claim(handoff, ALEX)
    release(handoff, ALEX, note="x" * 10_000)

    assert cost(lambda: claim(handoff, SAM)) <= CLAIM


def test_a_second_lookalike_resolution_text_is_written_beside_the_row_once(tables: None) -> None:
    handoff = escalated(a_case(300))
    claim(handoff, SAM)

    few_bytes = cost(lambda: resolve(handoff))

    assert few_bytes <= 12 + 2 * 26  # the row's part, and 2 for each KB of texts, facts and summary, once


@pytest.mark.parametrize("steps", [4, 300])
def test_the_life_of_an_escalation_costs_what_its_snapshot_does_once_and_sixty(
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


def _resolve_briefly(handoff: HandoffDetail) -> None:
    asked = ResolveRequest(resolution="The laptop was off by an hour.", epoch=3)
    resolve_session(handoff.session_id, asked, by=SAM, at=minute(40))
