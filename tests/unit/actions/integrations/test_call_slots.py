"""Autotask answers three calls at once per tracking identifier: our processes share that many slots."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta

import pytest

from chalicelib.actions.integrations.psa_rate_limit import calling_psa
from chalicelib.domain.integration import AutotaskSettings, HaloSettings, Integration, PsaKind
from chalicelib.domain.pagination import PageRequest
from chalicelib.domain.psa import PsaUnavailable
from chalicelib.store import call_slots, integrations
from tests.support.builders import ACME, GLOBEX, START

AUTOTASK = Integration(
    account_id=ACME,
    id="psa",
    name="Autotask",
    base_url="https://webservices5.autotask.net/ATServicesRest/",
    settings=AutotaskSettings(kind=PsaKind.AUTOTASK, user_name="u"),
    ticket_mapping={},
    secret_version=None,
    secrets_set_at={},
    version=1,
    reconciled_until=START,
    created_at=START,
    updated_at=START,
)

pytestmark = pytest.mark.usefixtures("tables")


def call(integration: Integration = AUTOTASK, minutes: float = 0) -> None:
    """One call more, without waiting."""
    with calling_psa(integration, lambda: START + timedelta(minutes=minutes), wait_s=0):
        pass


@pytest.fixture
def three_calls(tables: None) -> Iterator[ExitStack]:
    """Three calls under way."""
    with ExitStack() as stack:
        for _ in range(3):
            stack.enter_context(calling_psa(AUTOTASK, lambda: START, wait_s=0))
        yield stack


def test_fourth_call_of_autotask_waits_for_one_of_three(three_calls: ExitStack) -> None:
    with pytest.raises(PsaUnavailable, match="busy with 3 calls"):
        call()

    three_calls.close()
    call()


def test_calls_of_others_do_not_count(three_calls: ExitStack) -> None:
    halo = HaloSettings(kind=PsaKind.HALOPSA, client_id="c")

    call(AUTOTASK.model_copy(update={"account_id": GLOBEX}))
    call(AUTOTASK.model_copy(update={"id": "other"}))
    call(AUTOTASK.model_copy(update={"settings": halo}))


def test_slot_of_a_process_that_died_is_free_after_its_lease(three_calls: ExitStack) -> None:
    call(minutes=call_slots.LEASE.total_seconds() / 60 + 1)


def test_slot_that_went_to_somebody_else_stays_theirs() -> None:
    late = call_slots.take(ACME, "psa", 1, START)
    after = START + call_slots.LEASE + timedelta(minutes=1)
    theirs = call_slots.take(ACME, "psa", 1, after)
    assert late is not None

    call_slots.give_back(ACME, "psa", late)

    assert theirs is not None
    assert call_slots.take(ACME, "psa", 1, after) is None


def test_failing_call_gives_its_slot_back() -> None:
    for _ in range(4):
        with pytest.raises(ZeroDivisionError), calling_psa(AUTOTASK, lambda: START, wait_s=0):
            raise ZeroDivisionError


def test_slots_are_no_integrations(three_calls: ExitStack) -> None:
    assert (integrations.list_all(ACME, PageRequest(10)).items, integrations.list_everywhere()) == ([], [])
