"""Concurrent reopenings: one of many wins, and a ticket that is reported many times at once gets one note."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from chalicelib.actions.sessions.open_session import open_session
from chalicelib.actions.sessions.reopen_session import reopen_session
from chalicelib.actions.sessions.resolve_session import resolve_session
from chalicelib.actions.ticket_sync.apply_ticket import apply_ticket
from chalicelib.contracts.requests import OpenSessionRequest, ReopenRequest, ResolveRequest
from chalicelib.domain.errors import DomainError, StaleEpoch, Unavailable
from chalicelib.domain.pagination import PageRequest
from chalicelib.domain.people import Caller
from chalicelib.domain.session import Session, SessionStatus
from chalicelib.domain.turn import Note, NoteAbout
from chalicelib.store import sessions, turns
from tests.support.builders import ACME, ALEX, JANE, OLGA, SAM, SUMMARY
from tests.support.scenarios.followed_tickets import PSA, a_ticket

ROUNDS = [10, pytest.param(100, marks=pytest.mark.prove)]
SENIORS = (JANE, SAM, ALEX, OLGA)
RUNS = 8
NOW = datetime.now(UTC).replace(microsecond=0)

pytestmark = pytest.mark.usefixtures("own_tables")


def resolved() -> Session:
    """A session of Jane's that is resolved, its ticket closed."""
    session = open_session(OpenSessionRequest(problem_summary=SUMMARY), by=JANE, at=NOW)
    resolve_session(session.id, ResolveRequest(resolution="Done.", epoch=1), by=JANE, at=NOW)
    closed = a_ticket(status_name="Closed", is_closed=True, updated_at=NOW)
    apply_ticket(PSA, sessions.load(ACME, session.id), closed, at=NOW)
    return sessions.load(ACME, session.id)


def notes_of(session: Session) -> list[NoteAbout | None]:
    found = turns.list_in_order(ACME, session.id, PageRequest(100)).items
    return [turn.about for turn in found if isinstance(turn, Note)]


def reopen(session: Session, by: Caller) -> Session | DomainError:
    try:
        return reopen_session(session.id, ReopenRequest(reason=str(uuid4()), epoch=1), by=by, at=NOW)
    except (StaleEpoch, Unavailable) as refusal:
        return refusal


def hear_of(session: Session) -> bool:
    opened = a_ticket(status_name="Re-opened", updated_at=NOW + timedelta(minutes=1))
    return apply_ticket(PSA, session, opened, at=NOW + timedelta(minutes=1))


@pytest.mark.parametrize("rounds", ROUNDS)
def test_one_of_many_reopenings_wins(rounds: int) -> None:
    for _ in range(rounds):
        session = resolved()

        with ThreadPoolExecutor(len(SENIORS)) as pool:
            answers = list(pool.map(lambda by, one=session: reopen(one, by), SENIORS))

        [won] = [answer for answer in answers if isinstance(answer, Session)]
        after = sessions.load(ACME, session.id)
        assert (after.holder, after.epoch, after.status) == (won.holder, 2, SessionStatus.ACTIVE)
        assert notes_of(session) == [NoteAbout.REOPENED]


@pytest.mark.parametrize("rounds", ROUNDS)
def test_ticket_that_many_hear_of_at_once_is_told_once(rounds: int) -> None:
    for _ in range(rounds):
        session = resolved()

        with ThreadPoolExecutor(RUNS) as pool:
            written = list(pool.map(lambda _, one=session: hear_of(one), range(RUNS)))

        assert (sum(written), notes_of(session)) == (1, [NoteAbout.TICKET_REOPENED])


@pytest.mark.parametrize("rounds", ROUNDS)
def test_reopening_here_and_there_at_once_leaves_one_holder_and_at_most_one_note_of_each(rounds: int) -> None:
    for _ in range(rounds):
        session = resolved()

        with ThreadPoolExecutor(2) as pool:
            here, _there = pool.submit(reopen, session, SAM), pool.submit(hear_of, session)
            answer = here.result()

        after = sessions.load(ACME, session.id)
        assert isinstance(answer, Session)
        assert (after.holder, after.status, after.ticket_reopened_at) == (SAM.person, SessionStatus.ACTIVE, None)
        assert notes_of(session).count(NoteAbout.REOPENED) == 1
        assert notes_of(session).count(NoteAbout.TICKET_REOPENED) <= 1
