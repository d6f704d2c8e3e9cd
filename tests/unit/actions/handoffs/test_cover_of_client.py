"""Queue and pickup screen summarize the policy's rules for the client in one sentence."""

import pytest

from chalicelib.actions.handoffs.list_escalations import list_escalations
from chalicelib.actions.handoffs.read_handoff import find_cover
from chalicelib.domain.clock.policy import Policy
from chalicelib.domain.handoff_detail import HandoffDetail
from chalicelib.domain.pagination import PageRequest
from chalicelib.store import engineers, policies, sessions, ticket_updates
from tests.support.builders import ACME, ALEX, JANE, SAM
from tests.support.dynamodb.recorder import Recorder
from tests.support.scenarios.actions import claim, hand_off, now, open_case, resolve
from tests.support.ticket_facts import ticket_facts

POLICY = {
    "clients": [
        {"match": {"client": "Acorn"}, "around_the_clock": True, "senior": SAM.id},
        {"match": {"contract": "Silver"}, "around_the_clock": False},
    ],
}
ACORN = "Acorn: nights covered, Sam first"


@pytest.fixture
def policy(tables: None) -> None:
    """The rules of acme for two clients, one of which is found by its contract; Sam is in the directory."""
    engineers.enter(SAM)
    assert policies.save(ACME, Policy.model_validate(POLICY), policies.load(ACME))


def handed_off_for(client: str, contract: str = "Gold") -> HandoffDetail:
    session = open_case()
    facts = ticket_facts(client={"id": "1", "name": client}, contract=contract)
    ticket_updates.refresh(sessions.load(ACME, session.id), facts)
    return hand_off(session.id)


@pytest.mark.usefixtures("policy")
def test_queue_says_it_for_each_client_that_has_rules() -> None:
    for client, contract in (("Acorn", "Gold"), ("Birch", "Silver"), ("Cedar", "Gold")):
        handed_off_for(client, contract)
    hand_off(open_case().id)
    page = PageRequest(25, None)

    others, own = list_escalations(page, by=ALEX).items, list_escalations(page, by=JANE).own

    expected = [ACORN, "Birch: working hours only", None, None]
    assert [item.cover for item in others] == [item.cover for item in own] == expected


@pytest.mark.usefixtures("policy")
def test_handoff_says_it_until_it_is_closed() -> None:
    handoff = handed_off_for("Acorn")
    claim(handoff, SAM)
    while_held = find_cover(now(handoff))

    resolve(handoff.session_id, SAM, epoch=3)

    assert (while_held, find_cover(now(handoff))) == (ACORN, None)


@pytest.mark.usefixtures("policy")
def test_person_who_is_told_first_is_read_once_for_the_whole_queue(recorder: Recorder) -> None:
    for _ in range(3):
        handed_off_for("Acorn")
    recorder.exchanges.clear()

    list_escalations(PageRequest(25, None), by=ALEX)

    assert recorder.operations == ["Query", "GetItem"]
