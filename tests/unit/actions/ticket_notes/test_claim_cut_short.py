"""A claim's try that fails between its changes of the ticket: what was set by then is taken back with the claim."""

from contextlib import suppress

import pytest

from chalicelib.actions.ticket_notes.push_result import PushResult
from chalicelib.domain.psa import PsaUnavailable
from infra.local.psa_sandbox.faults import PsaFault
from tests.support.scenarios.psa import PsaCase

SKIPPED_BEFORE_STATUS, SKIPPED_BEFORE_OWNER = 0, 1


@pytest.fixture
def handed_off(case: PsaCase) -> PsaCase:
    """An escalation of a ticket that is Jane's and new, which the ticket knows of."""
    case.assign(12)
    case.push(case.hand_off())
    return case


def fail_once(case: PsaCase, kind: str, skip: int) -> None:
    case.server.sandbox.faults.switch_on(PsaFault(kind=kind, only_changes=True, skip=skip, count=1))


@pytest.mark.parametrize(
    ("kind", "skip"),
    [
        ("drop_after_accept", SKIPPED_BEFORE_STATUS),
        ("drop_after_accept", SKIPPED_BEFORE_OWNER),
        ("503", SKIPPED_BEFORE_OWNER),
    ],
)
def test_claim_that_failed_midway_is_taken_back_whole(handed_off: PsaCase, kind: str, skip: int) -> None:
    case, claim = handed_off, handed_off.claim()
    fail_once(case, kind, skip)
    with pytest.raises(PsaUnavailable):
        case.push(claim)
    case.push(claim)
    assert (case.ticket.status, case.ticket.owner_id) == ("In Progress", 14)

    outcome = case.push(case.release())

    assert outcome is PushResult.SENT
    assert (case.ticket.status, case.ticket.owner_id) == ("New", 12)


def test_claim_that_was_given_up_midway_is_taken_back_too(handed_off: PsaCase) -> None:
    case, claim = handed_off, handed_off.claim()
    fail_once(case, "503", SKIPPED_BEFORE_OWNER)
    with suppress(PsaUnavailable):
        case.push(claim, is_last=True)
    assert (case.ticket.status, case.ticket.owner_id) == ("In Progress", 12)

    case.push(case.release())

    assert (case.ticket.status, case.ticket.owner_id) == ("New", 12)
