from itertools import product

import pytest

from chalicelib.domain.errors import Forbidden, InvalidState, NotFound, StaleEpoch
from chalicelib.domain.people import Caller
from chalicelib.domain.session import Session, SessionStatus
from tests.support.builders import ALEX, JANE, OLGA, SAM, a_claimed_session, a_session, an_escalated_session, minute

NOT_ACTIVE = [status for status in SessionStatus if status is not SessionStatus.ACTIVE]
HOLDERS = [None, JANE, SAM]


def refusal_of_writing(session: Session, by: Caller, epoch: int | None = None) -> type[Exception] | None:
    try:
        session.require_writable(by.person, epoch)
    except (Forbidden, InvalidState, NotFound, StaleEpoch) as error:
        return type(error)
    return None


def test_holder_of_an_active_session_may_write() -> None:
    assert refusal_of_writing(a_session(epoch=4), JANE, 4) is None


@pytest.mark.parametrize(
    ("status", "holder", "by", "seen"), [*product(SessionStatus, HOLDERS, [JANE, SAM, ALEX, OLGA], [6, 7, 8])]
)
def test_write_needs_the_holder_of_an_active_session_at_its_epoch(
    status: SessionStatus, holder: Caller | None, by: Caller, seen: int
) -> None:
    session = a_session(status=status, holder=holder and holder.person, epoch=7)
    is_allowed = status is SessionStatus.ACTIVE and holder is by and seen == 7

    refusal = refusal_of_writing(session, by, seen)

    assert (refusal is None) == is_allowed


@pytest.mark.parametrize(("status", "epoch"), [*product(SessionStatus, [None, 1, 99])])
def test_session_does_not_exist_for_a_stranger(status: SessionStatus, epoch: int | None) -> None:
    assert refusal_of_writing(a_session(status=status), ALEX, epoch) is NotFound


@pytest.mark.parametrize("epoch", [0, 2, 4, 99])
def test_stale_epoch_is_refused_with_the_current_one(epoch: int) -> None:
    with pytest.raises(StaleEpoch) as refused:
        a_claimed_session(by=SAM).require_writable(JANE.person, epoch)

    assert refused.value.current_epoch == 3


@pytest.mark.parametrize("status", NOT_ACTIVE)
def test_session_that_is_not_active_says_what_it_is(status: SessionStatus) -> None:
    with pytest.raises(InvalidState, match=f"is {status.value};") as refused:
        a_session(status=status).require_writable(JANE.person, 1)

    assert refused.value.status == status.value


def test_owner_who_looks_late_hears_of_the_change_of_hands_first() -> None:
    assert refusal_of_writing(an_escalated_session(), JANE, 1) is StaleEpoch


def test_owner_without_an_epoch_hears_that_the_session_is_escalated() -> None:
    assert refusal_of_writing(an_escalated_session(), JANE) is InvalidState


def test_owner_hears_who_holds_the_session() -> None:
    with pytest.raises(Forbidden, match=r"^Sam holds this session now\.$"):
        a_claimed_session(by=SAM).require_writable(JANE.person, None)


def test_active_session_without_a_holder_refuses_every_writer() -> None:
    with pytest.raises(Forbidden, match="Nobody"):
        a_session(holder=None).require_writable(JANE.person, None)


def test_one_who_claimed_may_write() -> None:
    assert refusal_of_writing(a_claimed_session(by=SAM), SAM, 3) is None


@pytest.mark.parametrize(("status", "by"), [*product(SessionStatus, [JANE, SAM])])
def test_owner_and_holder_may_read_in_every_status(status: SessionStatus, by: Caller) -> None:
    a_claimed_session(by=SAM, status=status).require_readable(by.person)


@pytest.mark.parametrize("by", [ALEX, OLGA])
def test_session_is_hidden_from_seniors_and_admins_who_do_not_hold_it(by: Caller) -> None:
    with pytest.raises(NotFound, match="There is no such session"):
        a_claimed_session(by=SAM).require_readable(by.person)


def test_one_who_held_it_reads_it_no_more_after_release() -> None:
    with pytest.raises(NotFound):
        an_escalated_session().require_readable(SAM.person)


def test_person_is_known_by_id_and_not_by_name() -> None:
    namesake = JANE.person.model_copy(update={"id": "sub-other-jane"})

    assert not a_session().is_held_by(namesake)


def test_session_held_by_its_owner_is_escalated_to_nobody() -> None:
    assert a_session().escalated_to is None


def test_session_that_nobody_holds_is_escalated_to_nobody() -> None:
    assert an_escalated_session().escalated_to is None


def test_session_held_by_another_is_escalated_to_them() -> None:
    assert a_claimed_session(by=SAM).escalated_to == SAM.person


def test_session_is_named_after_its_problem() -> None:
    assert a_session(problem_summary="printer\n jams").title == "printer jams"


def test_resolved_session_keeps_who_held_it_last() -> None:
    resolved = a_claimed_session(by=SAM).resolved("Replaced the cable.", None, at=minute(40))

    assert resolved.holder == SAM.person


def test_resolved_session_has_nothing_open() -> None:
    resolved = a_claimed_session(by=SAM).resolved("Replaced the cable.", "A broken cable", at=minute(40))

    changed = {
        "status": SessionStatus.RESOLVED,
        "resolution": "Replaced the cable.",
        "root_cause": "A broken cable",
        "open_handoff_id": None,
        "updated_at": minute(40),
        "resolved_at": minute(40),
    }
    assert resolved == a_claimed_session(by=SAM, **changed)


RESOLVED = a_claimed_session(by=SAM).resolved("Replaced the cable.", None, at=minute(40))


def test_one_who_resolved_is_known_by_their_words_and_epoch() -> None:
    assert RESOLVED.was_resolved_by(SAM.person, "Replaced the cable.", 3)


@pytest.mark.parametrize(
    ("by", "resolution", "epoch"),
    [(JANE, "Replaced the cable.", 3), (SAM, "Rebooted.", 3), (SAM, "Replaced the cable.", 2)],
)
def test_another_person_word_or_epoch_is_another_resolution(by: Caller, resolution: str, epoch: int) -> None:
    assert not RESOLVED.was_resolved_by(by.person, resolution, epoch)


def test_active_session_was_resolved_by_nobody() -> None:
    session = a_claimed_session(by=SAM, resolution="Replaced the cable.")

    assert not session.was_resolved_by(SAM.person, "Replaced the cable.", 3)
