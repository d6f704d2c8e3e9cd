"""What people read: their sessions, the queue, handoffs, the directory, themselves."""

import pytest

from chalicelib.actions.handoffs.list_escalations import list_escalations
from chalicelib.actions.handoffs.read_handoff import list_handoffs, read_handoff
from chalicelib.actions.people.list_engineers import list_engineers
from chalicelib.actions.people.read_profile import read_profile
from chalicelib.actions.people.set_skills import set_skills
from chalicelib.actions.sessions.list_sessions import list_sessions
from chalicelib.actions.sessions.read_session import list_turns, read_session
from chalicelib.domain.errors import NotFound
from chalicelib.domain.handoff_detail import HandoffDetail
from chalicelib.domain.pagination import PageRequest
from chalicelib.domain.people import Caller
from chalicelib.domain.session import SessionStatus
from tests.support.builders import ALEX, GINA, HANK, JANE, JOE, OLGA, SAM, VIC, minute
from tests.support.scenarios.actions import (
    claim,
    escalated,
    hand_off,
    now,
    open_case,
    release,
    resolve,
    session_of,
    try_step,
)

pytestmark = pytest.mark.usefixtures("tables")

ALL = PageRequest(100)


@pytest.fixture
def handoff(tables: None) -> HandoffDetail:
    return escalated()


def my_sessions(by: Caller, status: SessionStatus | None = None) -> list[str]:
    return [line.id for line in list_sessions(status, ALL, by=by).items]


def queue_of(by: Caller) -> list[str]:
    return [line.handoff_id for line in list_escalations(ALL, by=by).items]


def test_session_is_in_the_lists_of_its_owner_and_its_holder(handoff: HandoffDetail) -> None:
    claim(handoff, SAM)

    assert my_sessions(JANE) == my_sessions(SAM) == [handoff.session_id]
    assert my_sessions(ALEX) == my_sessions(GINA) == []


def test_session_leaves_the_list_of_its_former_holder(handoff: HandoffDetail) -> None:
    claim(handoff, SAM)
    release(handoff)

    assert (my_sessions(SAM), my_sessions(JANE)) == ([], [handoff.session_id])


def test_list_can_be_held_to_a_status(handoff: HandoffDetail) -> None:
    resolved = open_case()
    resolve(resolved.id, by=JANE, epoch=1)

    assert my_sessions(JANE, SessionStatus.RESOLVED) == [resolved.id]
    assert my_sessions(JANE, SessionStatus.ESCALATED) == [handoff.session_id]


def test_queue_shows_everybody_of_the_account_what_waits_but_their_own(handoff: HandoffDetail) -> None:
    assert queue_of(SAM) == queue_of(JOE) == queue_of(VIC) == [handoff.id]
    assert queue_of(JANE) == queue_of(HANK) == []


def test_claim_takes_it_out_of_the_queue_and_a_release_puts_it_back(handoff: HandoffDetail) -> None:
    claim(handoff, SAM)
    assert queue_of(ALEX) == []

    release(handoff)
    assert queue_of(ALEX) == [handoff.id]


@pytest.mark.parametrize("by", [JANE, SAM])
def test_owner_and_holder_read_session_and_turns(handoff: HandoffDetail, by: Caller) -> None:
    claim(handoff, SAM)

    assert read_session(handoff.session_id, by=by) == session_of(handoff)
    assert [turn.kind for turn in list_turns(handoff.session_id, ALL, by=by).items] == ["step", "note"]


@pytest.mark.parametrize("by", [JOE, ALEX, OLGA, VIC, GINA, HANK], ids=lambda by: by.name)
def test_to_others_the_session_is_not_there(handoff: HandoffDetail, by: Caller) -> None:
    claim(handoff, SAM)

    with pytest.raises(NotFound):
        read_session(handoff.session_id, by=by)
    with pytest.raises(NotFound):
        list_turns(handoff.session_id, ALL, by=by)


def test_session_is_readable_by_those_who_held_it_and_by_no_others(handoff: HandoffDetail) -> None:
    claim(handoff, SAM)
    hand_off(handoff.session_id, by=SAM)

    assert read_session(handoff.session_id, by=SAM).held_by == {SAM.id}
    with pytest.raises(NotFound):
        read_session(handoff.session_id, by=ALEX)


@pytest.mark.parametrize("by", [JANE, JOE, SAM, VIC], ids=lambda by: by.name)
def test_anybody_of_the_account_reads_a_handoff(handoff: HandoffDetail, by: Caller) -> None:
    assert read_handoff(handoff.session_id, handoff.id, by=by) == now(handoff)
    assert list_handoffs(handoff.session_id, ALL, by=by).items == [now(handoff)]


def test_handoff_of_another_account_is_not_there(handoff: HandoffDetail) -> None:
    with pytest.raises(NotFound):
        read_handoff(handoff.session_id, handoff.id, by=HANK)
    with pytest.raises(NotFound):
        list_handoffs(handoff.session_id, ALL, by=HANK)


def test_session_that_was_never_handed_off_has_handoffs_only_its_owner_may_miss(tables: None) -> None:
    session = open_case()

    assert list_handoffs(session.id, ALL, by=JANE).items == []
    with pytest.raises(NotFound):
        list_handoffs(session.id, ALL, by=JOE)


def test_handoffs_of_a_session_are_listed_newest_first(handoff: HandoffDetail) -> None:
    claim(handoff, SAM)
    try_step(handoff.session_id, by=SAM, epoch=3)
    second = hand_off(handoff.session_id, by=SAM, at_minute=30)

    assert [one.id for one in list_handoffs(handoff.session_id, ALL, by=VIC).items] == [second.id, handoff.id]


def test_reading_ones_profile_adds_it_to_the_directory() -> None:
    for caller in (JANE, SAM, GINA):
        read_profile(caller, at=minute(0))

    assert [engineer.id for engineer in list_engineers(ALL, by=VIC).items] == [JANE.id, SAM.id]


def test_repeated_skill_is_stored_once() -> None:
    read_profile(JANE, at=minute(0))

    assert set_skills(JANE.id, ["VPN", "DNS", "VPN"], by=OLGA).skills == ("VPN", "DNS")
    assert read_profile(JANE, at=minute(0)).skills == ("VPN", "DNS")


@pytest.mark.parametrize("engineer_id", ["nobody", GINA.id])
def test_skills_of_somebody_of_another_account_cannot_be_set(engineer_id: str) -> None:
    read_profile(GINA, at=minute(0))

    with pytest.raises(NotFound):
        set_skills(engineer_id, ["VPN"], by=OLGA)
