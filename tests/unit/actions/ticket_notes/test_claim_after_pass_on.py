"""A case that is passed on while the ticket system fails: the next claim is told after the end of the one before."""

from contextlib import suppress

import pytest

from chalicelib.actions.handoffs.claim_handoff import claim_handoff
from chalicelib.actions.handoffs.release_handoff import release_handoff
from chalicelib.domain.events import Event, events_between
from chalicelib.domain.psa import PsaUnavailable
from chalicelib.store import engineers, sessions
from tests.support.builders import ACME, ALEX, SAM, minute
from tests.support.scenarios.psa import PsaCase, map_to, only


def passed_on(case: PsaCase) -> Event:
    """Have Sam claim a ticket of Jane's and pass it on while the ticket system fails; return the event of that."""
    engineers.enter(ALEX)
    map_to(owner_ids={SAM.email: "14", ALEX.email: "15"})
    case.assign(12)
    case.push(case.hand_off())
    case.push(case.claim())
    event = case.pass_on()
    case.fail_notes("503")
    with pytest.raises(PsaUnavailable):
        case.push(event)
    case.stop_failing()
    return event


def claimed_by_alex(case: PsaCase) -> Event:
    """Have Alex claim the handoff that the session was passed on by."""
    case.handoff_id = sessions.load(ACME, case.session_id).open_handoff_id or ""
    before = case.handoff
    claim_handoff(case.session_id, case.handoff_id, by=ALEX, at=minute(24))
    return only(events_between(before, case.handoff))


def released_by_alex(case: PsaCase) -> Event:
    before = case.handoff
    release_handoff(case.session_id, case.handoff_id, "Not mine.", by=ALEX, at=minute(26))
    return only(events_between(before, case.handoff))


def test_end_of_the_claim_before_takes_nothing_back_under_the_next_one(case: PsaCase) -> None:
    passed, claimed = passed_on(case), claimed_by_alex(case)

    for event in (claimed, passed, claimed):
        with suppress(PsaUnavailable):
            case.push(event)

    assert (case.ticket.status, case.ticket.owner_id) == ("In Progress", 15)
    told = [verb for note in case.notes for verb in ("Passed on by Sam", "Picked up by Alex") if verb in note.text]
    assert told == ["Passed on by Sam", "Picked up by Alex"]


def test_next_claim_is_taken_back_to_before_the_first(case: PsaCase) -> None:
    passed, claimed = passed_on(case), claimed_by_alex(case)
    for event in (claimed, passed, claimed):
        with suppress(PsaUnavailable):
            case.push(event)

    case.push(released_by_alex(case))

    assert (case.ticket.status, case.ticket.owner_id) == ("New", 12)


def test_next_claim_waits_for_the_end_of_the_one_before_but_not_at_its_last_try(case: PsaCase) -> None:
    passed_on(case)
    claimed = claimed_by_alex(case)

    with pytest.raises(PsaUnavailable, match="claim before") as waits:
        case.push(claimed)
    case.push(claimed, is_last=True)

    assert waits.value.retry_after_s
    assert case.ticket.owner_id == 15
