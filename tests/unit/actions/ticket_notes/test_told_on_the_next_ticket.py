"""A change told only after the correction that followed it is on the right ticket; the wrong one is as it was."""

from contextlib import suppress

import pytest

from chalicelib.domain.events import Event
from chalicelib.domain.psa import PsaUnavailable
from chalicelib.store import sessions
from infra.local.psa_sandbox.ticket_store import Ticket
from tests.support.builders import ACME, JANE
from tests.support.scenarios.psa import PsaCase, another_ticket, owned

AS_BEFORE = ("New", 12)


@pytest.fixture
def returned(case: PsaCase) -> Event:
    """The return of a ticket of Jane's that Sam has picked up, which the ticket system was too ill to be told."""
    case.assign(12)
    case.push(case.hand_off())
    case.push(case.claim())
    case.fail_notes("503")
    event = case.release()
    with suppress(PsaUnavailable):
        case.push(event)
    return event


def told(ticket: Ticket, words: str) -> int:
    return sum(words in note.text for note in ticket.notes)


def test_ticket_gets_back_what_was_set_though_its_return_is_told_on_the_next(
    case: PsaCase, right: Ticket, returned: Event
) -> None:
    corrected = case.correct(JANE, at=24, psa_ticket_id=case.name_of(right))
    case.stop_failing()

    for event in (returned, corrected):
        case.push(event, after_s=60)

    assert (owned(case.ticket), told(case.ticket, "named by mistake")) == (AS_BEFORE, 1)
    assert told(right, "Returned to the queue by Sam") == 1


def test_every_ticket_named_before_learns_once_that_it_was_wrong(case: PsaCase, right: Ticket, returned: Event) -> None:
    case.correct(JANE, at=24, psa_ticket_id=case.name_of(right))
    case.stop_failing()
    case.push(returned, after_s=60)

    with another_ticket(case.server, case.system, "Another") as third:
        corrected = case.correct(JANE, at=25, psa_ticket_id=case.name_of(third))
        for event in (corrected, returned, corrected):
            case.push(event)

    assert [told(one, "named by mistake") for one in (case.ticket, right, third)] == [1, 1, 0]
    assert owned(case.ticket) == AS_BEFORE


def test_ticket_told_of_its_return_keeps_the_owner_whom_a_dispatcher_gave_it(
    case: PsaCase, right: Ticket, returned: Event
) -> None:
    case.stop_failing()
    case.push(returned, after_s=60)
    case.ticket.owner_id = 15

    case.push(case.correct(JANE, at=24, psa_ticket_id=case.name_of(right)))

    assert owned(case.ticket) == ("New", 15)


@pytest.mark.parametrize("names", ["another", "none"])
def test_case_passed_on_gives_its_ticket_back_though_the_next_handoff_names_another(
    case: PsaCase, right: Ticket, names: str
) -> None:
    case.assign(12)
    case.push(case.hand_off())
    case.push(case.claim())
    case.fail_notes("503")
    passed_on = case.pass_on()
    with suppress(PsaUnavailable):
        case.push(passed_on)
    case.handoff_id = sessions.load(ACME, case.session_id).open_handoff_id or ""
    corrected = case.correct(JANE, at=24, psa_ticket_id=case.name_of(right) if names == "another" else None)
    case.stop_failing()

    for event in (passed_on, corrected):
        with suppress(PsaUnavailable):
            case.push(event, after_s=60)

    assert (owned(case.ticket), told(case.ticket, "Passed on by Sam")) == (AS_BEFORE, 1)
    assert told(right, "Passed on by Sam") == 0
