"""Who is given the ticket between a pickup and its note keeps it, and the note says so."""

import pytest

from chalicelib.actions.ticket_notes.push_result import PushResult
from chalicelib.domain.psa import PsaUnavailable
from chalicelib.store import engineers, sessions
from infra.local.psa_sandbox import PsaSandbox
from infra.local.psa_sandbox.faults import PsaFault
from tests.support.builders import ACME, ALEX, SAM
from tests.support.dynamodb.faults import meanwhile
from tests.support.dynamodb.recorder import Recorder
from tests.support.scenarios.actions import hand_off
from tests.support.scenarios.psa import PsaCase, map_to

JANE_THERE, SAM_THERE, ALEX_THERE = 12, 14, 15
SYSTEM_NAMES = {"connectwise": "ConnectWise", "autotask": "Autotask", "halopsa": "HaloPSA"}


@pytest.fixture
def handed_off(case: PsaCase) -> PsaCase:
    """Jane's escalation of a ticket that the session knows as hers, which the ticket knows of; Alex is there too."""
    map_owners()
    case.assign(JANE_THERE)
    case.push(case.hand_off())
    return case


@pytest.fixture
def halopsa(sandbox: PsaSandbox) -> PsaCase:
    """Jane's case, with a ticket in HaloPSA that the session knows as hers."""
    case = PsaCase(sandbox, "halopsa")
    map_owners()
    case.assign(JANE_THERE)
    return case


def map_owners() -> None:
    engineers.enter(ALEX)
    map_to(owner_ids={SAM.email: str(SAM_THERE), ALEX.email: str(ALEX_THERE)})


def left(case: PsaCase) -> list[str]:
    """What the notes of pickups say of an owner that they left."""
    told = [note.text for note in case.notes if "Picked up" in note.text]
    return [text.partition("Assigned to")[2].partition("left as it is.")[0] for text in told]


def give_unseen(case: PsaCase, owner_id: int | None) -> None:
    """Have a dispatcher give the ticket to somebody, of which FlowPilot has not heard yet."""
    case.server.sandbox.change(case.system, case.ticket.id, owner_id=owner_id, is_told=False)
    case.ticket.owner_id = owner_id


def test_who_was_given_the_ticket_since_the_claim_keeps_it_and_the_note_says_so(handed_off: PsaCase) -> None:
    case, claim = handed_off, handed_off.claim()
    give_unseen(case, ALEX_THERE)

    outcome = case.push(claim)

    assert (outcome, case.ticket.owner_id, case.ticket.status) == (PushResult.SENT, ALEX_THERE, "In Progress")
    assert left(case) == [f" Alex Lindqvist in {SYSTEM_NAMES[case.system]} meanwhile; "]


def test_who_was_given_the_ticket_keeps_it_also_when_the_session_has_learnt_of_it(handed_off: PsaCase) -> None:
    case, claim = handed_off, handed_off.claim()
    case.assign(ALEX_THERE, at=21)

    case.push(claim)

    assert case.ticket.owner_id == ALEX_THERE
    assert left(case) == [f" Alex Lindqvist in {SYSTEM_NAMES[case.system]} meanwhile; "]


def test_return_takes_the_status_back_and_leaves_the_owner_that_was_left(handed_off: PsaCase) -> None:
    case, claim = handed_off, handed_off.claim()
    give_unseen(case, ALEX_THERE)
    case.push(claim)

    case.push(case.release())

    assert (case.ticket.owner_id, case.ticket.status) == (ALEX_THERE, "New")


@pytest.mark.parametrize("owner_id", [None, JANE_THERE, SAM_THERE], ids=["nobody", "as before", "the claimer"])
def test_claim_sets_the_owner_where_nobody_else_was_given_the_ticket(handed_off: PsaCase, owner_id: int | None) -> None:
    case, claim = handed_off, handed_off.claim()
    give_unseen(case, owner_id)

    case.push(claim)

    assert (case.ticket.owner_id, left(case)) == (SAM_THERE, [""])


def test_who_was_given_the_ticket_before_the_claim_is_followed_by_the_claimer(handed_off: PsaCase) -> None:
    case = handed_off
    case.assign(ALEX_THERE, at=15)

    case.push(case.claim())

    assert (case.ticket.owner_id, left(case)) == (SAM_THERE, [""])


def test_owner_of_a_ticket_that_was_never_read_is_set(sandbox: PsaSandbox) -> None:
    sandbox.sandbox.faults.switch_on(PsaFault(kind="503"))
    case = PsaCase(sandbox, "halopsa")
    case.stop_failing()
    case.ticket.owner_id = JANE_THERE
    case.push(case.hand_off())

    case.push(case.claim())

    assert sessions.load(ACME, case.session_id).ticket is None
    assert case.ticket.owner_id == SAM_THERE


def test_owner_given_between_two_tries_of_the_note_is_left(handed_off: PsaCase) -> None:
    case, claim = handed_off, handed_off.claim()
    case.server.sandbox.faults.switch_on(PsaFault(kind="503", only_changes=True, count=1))
    with pytest.raises(PsaUnavailable):
        case.push(claim)
    give_unseen(case, ALEX_THERE)

    outcome = case.push(claim)

    assert (outcome, case.ticket.owner_id, len(left(case))) == (PushResult.SENT, ALEX_THERE, 1)


def test_owner_given_while_the_note_is_written_is_left(handed_off: PsaCase, recorder: Recorder) -> None:
    case, claim = handed_off, handed_off.claim()

    def give_once_told() -> None:
        if left(case):
            give_unseen(case, ALEX_THERE)

    recorder.tamper("GetItem", *[meanwhile(give_once_told)] * 30)  # those after the note come before the setting

    outcome = case.push(claim)

    assert (outcome, case.ticket.owner_id, left(case)) == (PushResult.SENT, ALEX_THERE, [""])


def test_owner_that_the_return_before_set_is_no_dispatchers(halopsa: PsaCase) -> None:
    case = halopsa
    case.push(case.hand_off())
    case.push(case.claim())
    case.assign(SAM_THERE, at=21)
    case.push(case.release())

    case.push(case.claim())

    assert (case.ticket.owner_id, left(case)) == (SAM_THERE, ["", ""])


def test_owner_that_a_pass_on_has_set_back_is_no_dispatchers(halopsa: PsaCase) -> None:
    case = halopsa
    case.push(case.hand_off())
    case.push(case.claim())
    case.assign(SAM_THERE, at=21)
    case.push(case.pass_on())
    assert case.ticket.owner_id == JANE_THERE
    case.handoff_id = sessions.load(ACME, case.session_id).open_handoff_id or ""

    case.push(case.claim(ALEX, at=24))

    assert (case.ticket.owner_id, left(case)) == (ALEX_THERE, ["", ""])


def test_owner_that_a_reopening_without_a_handoff_has_set_is_no_dispatchers(halopsa: PsaCase) -> None:
    case = halopsa
    case.resolve_alone(at=2)
    case.push(case.reopen_alone(by=SAM, at=3))
    assert case.ticket.owner_id == SAM_THERE
    case.handoff_id = hand_off(case.session_id, by=SAM, epoch=case.epoch, at_minute=10).id

    case.push(case.claim(ALEX))

    assert (case.ticket.owner_id, left(case)) == (ALEX_THERE, [""])


def test_claim_reads_its_ticket_twice(halopsa: PsaCase) -> None:
    halopsa.push(halopsa.hand_off())
    claim = halopsa.claim()
    halopsa.server.sandbox.received.clear()

    halopsa.push(claim)

    calls = [(request.method, request.parts[-2:-1]) for _, request in halopsa.server.sandbox.received]
    assert calls.count(("GET", ["tickets"])) == 2
