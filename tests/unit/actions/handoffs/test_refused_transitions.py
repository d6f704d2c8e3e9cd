"""What claim, release and withdraw have in common: when refused they change nothing."""

from collections.abc import Callable
from typing import NamedTuple

import pytest

from chalicelib.domain.errors import DomainError, NotFound
from chalicelib.domain.handoff import Receipt
from chalicelib.domain.handoff_detail import HandoffDetail
from chalicelib.domain.people import Caller
from tests.support.builders import ABSENT, ALEX, GINA, HANK, JANE, JOE, SAM
from tests.support.scenarios.actions import claim, escalated, release, withdraw
from tests.support.scenarios.store import everything

JANE_AS_SENIOR = JANE.model_copy(update={"role": SAM.role})


class Transition(NamedTuple):
    """How to ask for a transition, who may, who of another account has that role, and who is refused."""

    act: Callable[[HandoffDetail, Caller], Receipt]
    allowed: Caller
    foreigner: Caller
    refused: tuple[Caller, ...]


TRANSITIONS = {
    "claim": Transition(claim, SAM, HANK, (JANE, JOE, JANE_AS_SENIOR, HANK)),
    "release": Transition(release, SAM, HANK, (JANE, ALEX, HANK)),
    "withdraw": Transition(withdraw, JANE, GINA, (JOE, SAM, GINA)),
}
REFUSED = [(name, by) for name, transition in TRANSITIONS.items() for by in transition.refused]


def handoff_before(name: str) -> HandoffDetail:
    """Return the handoff as it is when the transition can happen."""
    handoff = escalated()
    if name == "release":
        claim(handoff, SAM)
    return handoff


@pytest.mark.parametrize(
    "absent",
    [{"id": ABSENT}, {"session_id": ABSENT}, {"id": ABSENT, "session_id": ABSENT}],
    ids=["handoff", "session", "both"],
)
@pytest.mark.parametrize("name", TRANSITIONS)
def test_transition_of_an_unknown_id_is_not_found(tables: None, name: str, absent: dict[str, str]) -> None:
    handoff, transition = handoff_before(name), TRANSITIONS[name]
    before = everything()

    with pytest.raises(NotFound):
        transition.act(handoff.model_copy(update=absent), transition.allowed)

    assert everything() == before


@pytest.mark.parametrize("name", TRANSITIONS)
def test_transition_by_another_account_is_not_found(tables: None, name: str) -> None:
    handoff, transition = handoff_before(name), TRANSITIONS[name]
    before = everything()

    with pytest.raises(NotFound):
        transition.act(handoff, transition.foreigner)

    assert everything() == before


@pytest.mark.parametrize(("name", "by"), REFUSED, ids=[f"{name}-{by.name}-{by.role}" for name, by in REFUSED])
def test_refused_transition_changes_nothing(tables: None, name: str, by: Caller) -> None:
    handoff = handoff_before(name)
    before = everything()

    with pytest.raises(DomainError):
        TRANSITIONS[name].act(handoff, by)

    assert everything() == before
