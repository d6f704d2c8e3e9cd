"""What a correction costs: requests and write units, the same however long the session is."""

from collections.abc import Callable

import pytest

from chalicelib.actions.sessions.correct_session import correct_session
from chalicelib.actions.sessions.correct_turn import correct_turn
from chalicelib.contracts.corrections import SessionCorrectionRequest, TurnCorrectionRequest
from chalicelib.domain.session import Session
from tests.support.builders import JANE, SAM, minute
from tests.support.dynamodb.recorder import Recorder
from tests.support.dynamodb.write_units import counted
from tests.support.scenarios.actions import claim, hand_off, session_of, worked_case

TURN, SESSION = 8, 22


def held_by_claim(steps: int) -> Session:
    """A case of Jane's with as many steps, of a ticket that its system is known of, which Sam holds by claim."""
    session = worked_case(steps)
    named = SessionCorrectionRequest(psa_ticket_id="4711", integration_id="psa", epoch=1)
    correct_session(session.id, named, by=JANE, at=minute(3))
    handoff = hand_off(session.id)
    claim(handoff, SAM)
    return session_of(handoff)


def change_step(session: Session) -> None:
    body = TurnCorrectionRequest(action="Restarted Teams", finding="No calendar")
    correct_turn(session.id, 1, body, by=JANE, at=minute(11))


def change_case(session: Session) -> None:
    body = SessionCorrectionRequest(
        problem_summary="Teams shows no calendar", problem_domain="Teams", psa_ticket_id="4812", epoch=session.epoch
    )
    correct_session(session.id, body, by=SAM, at=minute(21))


@pytest.mark.parametrize(("change", "most"), [(change_step, TURN), (change_case, SESSION)], ids=["turn", "session"])
@pytest.mark.parametrize("steps", [3, 60])
def test_correction_of_what_was_handed_over_costs_the_same_after_few_steps_and_many(
    tables: None, steps: int, change: Callable[[Session], None], most: int
) -> None:
    session = held_by_claim(steps)

    with counted(in_transaction=True) as units:
        change(session)

    assert units.total == most


@pytest.mark.parametrize(
    ("change", "reads"),
    [(change_step, ["Query", "Query"]), (change_case, ["Query", "GetItem", "Query"])],
    ids=["turn", "session, and its ticket's system"],
)
def test_correction_is_few_reads_and_one_transaction(
    tables: None, recorder: Recorder, change: Callable[[Session], None], reads: list[str]
) -> None:
    session = held_by_claim(3)
    recorder.forget()

    change(session)

    assert recorder.operations == [*reads, "TransactWriteItems"]
