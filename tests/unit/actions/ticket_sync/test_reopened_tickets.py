"""A ticket that is opened again in its system: the people of its resolved session are told, once."""

from datetime import timedelta

import pytest

from chalicelib.actions.sessions.reopen_session import reopen_session
from chalicelib.actions.sessions.resolve_session import resolve_session
from chalicelib.actions.ticket_sync.follow_ticket import follow_ticket
from chalicelib.contracts.requests import ReopenRequest, ResolveRequest
from chalicelib.domain.integration import TicketMapping
from chalicelib.domain.pagination import PageRequest
from chalicelib.domain.session import Session, SessionStatus
from chalicelib.domain.turn import AuthorKind, Note, NoteAbout
from chalicelib.store import sessions, turns
from tests.support.builders import ACME, JANE, JOE, a_session, minute
from tests.support.dynamodb.faults import meanwhile
from tests.support.dynamodb.recorder import Recorder
from tests.support.scenarios.followed_tickets import PSA, WITH_API, a_ticket, follow, now, opened

pytestmark = pytest.mark.usefixtures("linked_psa")

Facts = dict[str, object]

CLOSED: Facts = {"status_name": "Closed", "is_closed": True}
OPEN: Facts = {"status_name": "Re-opened"}
MAPPED = WITH_API.model_copy(update={"ticket_mapping": TicketMapping(status_on_claim="In Progress")})


@pytest.fixture
def ended(linked_psa: None) -> Session:
    """Jane's session, which ended with its ticket at minute 5."""
    session = opened()
    follow(5, **CLOSED)
    return now(session)


def told(session: Session) -> list[Note]:
    """The notes that say that the ticket was reopened."""
    found = turns.list_in_order(ACME, session.id, PageRequest(100)).items
    return [turn for turn in found if isinstance(turn, Note) and turn.about is NoteAbout.TICKET_REOPENED]


def resolve(session: Session, at: int, epoch: int = 1) -> None:
    resolve_session(session.id, ResolveRequest(resolution="Done.", epoch=epoch), by=JANE, at=minute(at))


def reopen(session: Session, at: int, epoch: int = 1) -> None:
    reopen_session(session.id, ReopenRequest(reason="It is back.", epoch=epoch), by=JANE, at=minute(at))


def test_reopened_ticket_is_told_in_the_session_that_stays_resolved(ended: Session) -> None:
    assert follow(9, **OPEN) == 1

    session = now(ended)
    [note] = told(session)
    assert (session.status, session.epoch, session.ticket_reopened_at) == (SessionStatus.RESOLVED, 1, minute(9))
    assert note.text == "Ticket #4711 was reopened in Our PSA (Re-opened)."
    assert (note.author.kind, note.seq) == (AuthorKind.PSA, session.turn_count)


def test_repeated_late_and_replayed_deliveries_are_told_once(ended: Session) -> None:
    follow(9, **OPEN)
    others: list[tuple[int, Facts]] = [
        (9, OPEN),
        (5, CLOSED),
        (2, {}),
        (9, OPEN),
        (10, OPEN),
        (11, {"priority": "High"}),
    ]
    for minutes, changes in others:
        follow_ticket(PSA, a_ticket(**{"updated_at": minute(minutes), **changes}), at=minute(20))

    assert len(told(ended)) == 1


def test_delivery_that_another_one_overtakes_is_told_once(ended: Session, recorder: Recorder) -> None:
    recorder.tamper("TransactWriteItems", meanwhile(lambda: follow(9, **OPEN)))

    follow(9, **OPEN)

    assert len(told(ended)) == 1


def test_ticket_that_is_reopened_again_is_told_again(ended: Session) -> None:
    follow(9, **OPEN)
    follow(10, **CLOSED)
    assert now(ended).ticket_reopened_at is None

    follow(11, **OPEN)

    assert len(told(ended)) == 2


def test_facts_of_the_ticket_follow_while_the_session_is_resolved(ended: Session) -> None:
    follow(9, status_name="Closed", is_closed=True, priority="High")

    session = now(ended)
    assert session.ticket is not None
    assert (session.ticket.priority, session.turn_count, session.updated_at) == ("High", ended.turn_count, minute(5))


def test_facts_stay_as_they_are_after_thirty_days(ended: Session) -> None:
    after = minute(5) + timedelta(days=30, seconds=1)

    assert follow_ticket(PSA, a_ticket(updated_at=after), at=after) == 0
    assert (told(ended), now(ended).ticket) == ([], ended.ticket)


def test_ticket_that_stayed_open_is_not_reopened(linked_psa: None) -> None:
    session = opened()
    follow(2)
    resolve(session, 3)

    follow(4, **OPEN)

    assert told(session) == []


def test_ticket_closed_after_the_resolution_here_and_opened_again_is_told(linked_psa: None) -> None:
    session = opened()
    follow(2)
    resolve(session, 3)
    follow(4, **CLOSED)

    follow(5, **OPEN)

    assert len(told(session)) == 1


def test_status_that_a_reopening_here_sets_is_no_reopening(ended: Session) -> None:
    reopen(ended, 7)
    follow(8, **CLOSED)
    resolve(ended, 10, epoch=2)

    late = a_ticket(status_name="In Progress", updated_at=minute(9))
    follow_ticket(MAPPED, late, at=minute(11))

    assert told(ended) == []


def test_status_that_a_person_sets_after_the_resolution_is_told_though_it_is_that_of_claims(ended: Session) -> None:
    reopen(ended, 7)
    follow(8, **CLOSED)
    resolve(ended, 10, epoch=2)

    follow_ticket(MAPPED, a_ticket(status_name="In Progress", updated_at=minute(12)), at=minute(13))

    assert len(told(ended)) == 1


def test_ticket_that_nobody_saw_closed_is_not_reopened(linked_psa: None) -> None:
    session = opened()
    follow(2)
    resolve(session, 3)
    reopen(session, 4)
    resolve(session, 6, epoch=2)

    follow(7, **OPEN)

    assert told(session) == []


def test_status_set_by_a_reopening_is_no_news_in_the_session(ended: Session) -> None:
    reopen(ended, 7)

    follow_ticket(MAPPED, a_ticket(status_name="In Progress", updated_at=minute(8)), at=minute(9))

    session = now(ended)
    assert (session.status, session.turn_count) == (SessionStatus.ACTIVE, ended.turn_count + 1)


def test_reopened_ticket_that_another_session_works_on_is_not_told(ended: Session) -> None:
    sessions.create(a_session(id="joes", integration_id=PSA.id, owner=JOE.person, holder=JOE.person), None)

    follow(9, **OPEN)

    assert (told(ended), now(ended).ticket_reopened_at) == ([], None)


def test_reopening_the_session_forgets_that_its_ticket_was_reopened(ended: Session) -> None:
    follow(9, **OPEN)

    reopen(ended, 10)

    assert now(ended).ticket_reopened_at is None
