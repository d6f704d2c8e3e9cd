"""What each ticket system says of a customer's answer, read from the sandbox: our own notes are none."""

from collections.abc import Callable

import pytest

from chalicelib.adapters.psa.clients import Psa, psa_of
from chalicelib.domain.ticket_facts import TicketFacts
from chalicelib.store import integrations
from tests.support.builders import ACME, minute
from tests.support.scenarios.psa import PsaCase
from tests.support.servers.psa_sandbox import INTEGRATION_ID


def psa(case: PsaCase) -> Psa:
    integration = integrations.find(ACME, INTEGRATION_ID)
    assert integration
    return psa_of(integration)


def facts(case: PsaCase) -> TicketFacts:
    return TicketFacts.of(psa(case).read_ticket(case.shown_id), read_at=minute(40))


def note_of_ours(case: PsaCase) -> None:
    psa(case).add_note(case.shown_id, "Picked up", "Picked up by Sam")


def change_of_theirs(case: PsaCase) -> None:
    case.server.sandbox.store.touch(case.ticket, "dispatcher")


@pytest.mark.parametrize("happens", [note_of_ours, change_of_theirs])
def test_notes_and_changes_are_no_answer(case: PsaCase, happens: Callable[[PsaCase], None]) -> None:
    before = facts(case)

    happens(case)

    assert not facts(case).has_new_reply(before)


def test_answer_of_the_customer_is_one_and_a_note_of_ours_after_it_no_other(case: PsaCase) -> None:
    before = facts(case)
    case.server.sandbox.store.answer(case.ticket)
    after = facts(case)
    note_of_ours(case)

    assert after.has_new_reply(before)
    assert not facts(case).has_new_reply(after)
    assert not after.has_new_reply(None)
