from itertools import product

import pytest

from chalicelib.domain.claim_refusal import refused_claim
from chalicelib.domain.errors import AlreadyClaimed, Forbidden, InvalidState, OwnHandoff, StaleEpoch
from chalicelib.domain.handoff import Handoff, HandoffStatus, Intent, Priority
from chalicelib.domain.handoff_detail import HandoffDetail
from chalicelib.domain.people import Caller, Role
from tests.support.assessments import a_package
from tests.support.builders import (
    ALEX,
    HANDOFF_ID,
    JANE,
    JOE,
    OLGA,
    SAM,
    SESSION_ID,
    VIC,
    a_caller,
    a_claimed_handoff,
    a_handoff,
    a_snapshot,
    a_step,
    minute,
)

EVERYONE = [VIC, JANE, JOE, SAM, ALEX, OLGA]
SENIOR_JANE = a_caller("Jane", Role.SENIOR)
FINAL = [HandoffStatus.WITHDRAWN, HandoffStatus.PASSED_ON, HandoffStatus.RESOLVED]
NOT_CLAIMED = [HandoffStatus.UNCLAIMED, *FINAL]


def expected_refusal_of_a_claim(handoff: Handoff, by: Caller) -> type[Exception]:
    if handoff.intent is Intent.ESCALATE and by.id == "sub-jane":
        return OwnHandoff
    needed = [SAM, ALEX, OLGA] if handoff.intent is Intent.ESCALATE else [JANE, JOE, SAM, ALEX, OLGA]
    if by not in needed:
        return Forbidden
    return AlreadyClaimed if handoff.status is HandoffStatus.CLAIMED else InvalidState


@pytest.mark.parametrize("by", EVERYONE)
def test_seniors_and_admins_may_claim_an_escalation(by: Caller) -> None:
    assert a_handoff().may_claim(by) == (by in (SAM, ALEX, OLGA))


@pytest.mark.parametrize("by", [SENIOR_JANE, a_caller("Jane", Role.ADMIN)])
def test_sender_may_not_claim_their_escalation(by: Caller) -> None:
    assert not a_handoff().may_claim(by)


@pytest.mark.parametrize("by", EVERYONE)
def test_engineers_and_up_may_resume_what_was_parked(by: Caller) -> None:
    assert a_handoff(intent=Intent.PARK).may_claim(by) == (by is not VIC)


@pytest.mark.parametrize(("intent", "status", "by"), [*product(Intent, HandoffStatus, EVERYONE)])
def test_refused_claim_says_the_first_thing_that_stands_in_the_way(
    intent: Intent, status: HandoffStatus, by: Caller
) -> None:
    handoff = a_claimed_handoff(by=a_caller("Ann", Role.SENIOR), intent=intent, status=status)

    assert type(refused_claim(handoff, by, at=minute(20))) is expected_refusal_of_a_claim(handoff, by)


def test_loser_of_a_claim_is_told_who_won_and_when() -> None:
    refusal = refused_claim(a_claimed_handoff(by=SAM), ALEX, at=minute(20))

    assert isinstance(refusal, AlreadyClaimed)
    assert (refusal.claimed_by, refusal.claimed_at) == (SAM.person, minute(20))


def test_sender_hears_it_is_their_own_even_when_another_has_claimed_it() -> None:
    assert isinstance(refused_claim(a_claimed_handoff(by=SAM), SENIOR_JANE, at=minute(20)), OwnHandoff)


def test_engineer_hears_that_an_escalation_needs_a_senior() -> None:
    refusal = refused_claim(a_handoff(), JOE, at=minute(20))

    assert str(refusal) == "This needs the role senior or higher; yours is engineer."


def test_viewer_hears_that_resuming_needs_an_engineer() -> None:
    refusal = refused_claim(a_handoff(intent=Intent.PARK), VIC, at=minute(20))

    assert str(refusal) == "This needs the role engineer or higher; yours is viewer."


@pytest.mark.parametrize("status", FINAL)
def test_claim_of_what_is_over_is_told_how_it_ended(status: HandoffStatus) -> None:
    refusal = refused_claim(a_claimed_handoff(by=SAM, status=status), ALEX, at=minute(20))

    assert isinstance(refusal, InvalidState)
    assert refusal.status == status.value


@pytest.mark.parametrize("missing", ["claimed_by", "claimed_at"])
def test_claimed_handoff_that_lacks_its_claimer_is_refused_by_its_status(missing: str) -> None:
    handoff = a_claimed_handoff().model_copy(update={missing: None})

    assert [type(refused_claim(handoff, ALEX, at=minute(20))), type(handoff.refused_withdrawal(JANE.person))] == [
        InvalidState
    ] * 2


@pytest.mark.parametrize(("status", "by"), [*product(HandoffStatus, [SAM, JOE, OLGA])])
def test_withdrawal_by_others_is_forbidden_in_every_status(status: HandoffStatus, by: Caller) -> None:
    assert isinstance(a_claimed_handoff(by=SAM, status=status).refused_withdrawal(by.person), Forbidden)


def test_withdrawal_that_comes_too_late_is_told_who_claimed() -> None:
    refusal = a_claimed_handoff(by=SAM).refused_withdrawal(JANE.person)

    assert isinstance(refusal, AlreadyClaimed)
    assert (refusal.claimed_by, refusal.claimed_at) == (SAM.person, minute(20))


@pytest.mark.parametrize("status", NOT_CLAIMED)
def test_withdrawal_of_what_is_over_is_told_the_status(status: HandoffStatus) -> None:
    refusal = a_handoff(status=status).refused_withdrawal(JANE.person)

    assert isinstance(refusal, InvalidState)
    assert refusal.status == status.value


def test_one_who_claimed_may_release() -> None:
    a_claimed_handoff(by=SAM).require_releasable(SAM)


def test_admin_may_release_for_any_holder() -> None:
    a_claimed_handoff(by=SAM).require_releasable(OLGA)


@pytest.mark.parametrize("by", [JANE, ALEX])
def test_release_by_another_person_is_forbidden(by: Caller) -> None:
    with pytest.raises(Forbidden, match="Only the engineer who picked the session up"):
        a_claimed_handoff(by=SAM).require_releasable(by)


@pytest.mark.parametrize("by", [SAM, OLGA, JANE])
def test_release_of_another_claim_than_the_one_shown_is_stale(by: Caller) -> None:
    with pytest.raises(StaleEpoch) as refused:
        a_claimed_handoff(by=SAM, claim_epoch=5).require_releasable(by, 3)

    assert refused.value.current_epoch == 5


@pytest.mark.parametrize(("status", "by"), [*product(NOT_CLAIMED, [JANE, SAM])])
def test_release_of_an_unclaimed_handoff_is_refused(status: HandoffStatus, by: Caller) -> None:
    with pytest.raises(InvalidState) as refused:
        a_claimed_handoff(by=SAM, status=status).require_releasable(by)

    assert refused.value.status == status.value


@pytest.mark.parametrize(("status", "by"), [*product(HandoffStatus, [SAM, ALEX])])
def test_handoff_is_claimed_by_its_claimer_while_claimed(status: HandoffStatus, by: Caller) -> None:
    handoff = a_claimed_handoff(by=SAM, status=status)

    assert handoff.is_claimed_by(by.person) == (status is HandoffStatus.CLAIMED and by is SAM)


def test_claimed_handoff_without_claimer_is_claimed_by_nobody() -> None:
    assert not a_claimed_handoff(claimed_by=None).is_claimed_by(SAM.person)


def test_same_claimer_under_a_new_name_is_the_same() -> None:
    renamed = SAM.person.model_copy(update={"name": "Samantha"})

    assert a_claimed_handoff(by=SAM).is_claimed_by(renamed)


def test_most_urgent_rank_comes_first() -> None:
    ranks = {priority.value: priority.rank for priority in Priority}

    assert ranks == {"urgent": 0, "high": 1, "normal": 2, "low": 3}


def test_receipt_tells_where_the_handoff_stands() -> None:
    assert a_claimed_handoff(by=SAM).receipt.model_dump() == {
        "handoff_id": HANDOFF_ID,
        "session_id": SESSION_ID,
        "status": "claimed",
        "claimed_by": {"id": "sub-sam", "name": "Sam"},
        "claimed_at": minute(20),
    }


def test_handoff_survives_json() -> None:
    handoff = a_claimed_handoff(by=SAM)

    assert HandoffDetail.model_validate_json(handoff.model_dump_json()) == handoff


def test_package_tells_the_handoff_in_a_programs_words() -> None:
    handoff = a_handoff()

    assert handoff.package == a_package(
        steps_tried=(
            "Restarted Outlook (no effect)",
            "Cleared the stored credentials (unclear)",
            "Sign in from another network (not done)",
        )
    )


def test_package_lists_the_newest_50_steps() -> None:
    steps = tuple(a_step(seq, f"Step {seq}") for seq in range(1, 61))

    tried = a_handoff(snapshot=a_snapshot(steps=steps)).package.steps_tried

    assert (len(tried), tried[0], tried[-1]) == (50, "Step 11 (no effect)", "Step 60 (no effect)")


def test_releaser_is_known_after_later_changes() -> None:
    released = a_handoff(released_by=SAM.person, actor=JANE.person)

    assert [released.was_released_by(person) for person in (SAM, ALEX)] == [True, False]


def test_handoff_that_nobody_claimed_was_not_released() -> None:
    assert not a_handoff().was_released_by(JANE)


def test_handoff_claimed_again_is_not_released_any_more() -> None:
    assert not a_claimed_handoff(by=SAM, released_by=SAM.person).was_released_by(SAM)
