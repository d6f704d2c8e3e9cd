"""The demo's policy: times short enough to watch where the demo needs them, and the defaults everywhere else."""

from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.domain.clock.client_rules import ClientFacts
from chalicelib.domain.clock.cover import Cover, preview
from chalicelib.domain.clock.policy import Policy
from chalicelib.domain.handoff import Priority
from infra.local.demo.clock_cases import CLIENT, policy_of_minutes

SATURDAY_NIGHT = datetime(2026, 11, 28, 2, 10, tzinfo=UTC)
DEFAULTS = Policy()


@pytest.fixture
def policy() -> Policy:
    return Policy.model_validate(policy_of_minutes(DEFAULTS.model_dump(mode="json")))


def cover(policy: Policy, client: str | None, priority: Priority) -> Cover:
    facts = ClientFacts(name=client) if client else ClientFacts()
    return policy.for_client(facts.key, priority)


def test_escalation_of_the_client_is_overdue_after_a_minute_at_any_hour(policy: Policy) -> None:
    first, second = preview(cover(policy, CLIENT, Priority.HIGH), SATURDAY_NIGHT)

    assert (first.at, second.at) == (SATURDAY_NIGHT, SATURDAY_NIGHT + timedelta(minutes=1))


def test_quiet_claim_of_low_priority_comes_back_after_two_minutes(policy: Policy) -> None:
    low = cover(policy, None, Priority.LOW)

    assert low.after(SATURDAY_NIGHT, (low.idle_after_min or 0) + (low.return_after_min or 0)) == (
        SATURDAY_NIGHT + timedelta(minutes=2)
    )


@pytest.mark.parametrize("priority", [Priority.URGENT, Priority.HIGH, Priority.NORMAL])
def test_other_cases_keep_ladder_and_idle_times(policy: Policy, priority: Priority) -> None:
    ours, theirs = cover(policy, "Fabrikam", priority), cover(DEFAULTS, "Fabrikam", priority)

    kept = {"direct_for_min": 0, "repeat": 0}
    assert ours.model_copy(update=kept) == theirs.model_copy(update=kept)
