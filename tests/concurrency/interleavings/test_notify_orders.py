"""Every order of a run that tells a senior of an escalation, and of what people do to it: nobody is paged after it."""

import pytest

from chalicelib.domain.handoff import HandoffStatus
from tests.concurrency.interleavings.explorer import Run
from tests.concurrency.interleavings.exploring import explore
from tests.concurrency.interleavings.notify_scene import NotifiedCase, WatchedServices
from tests.concurrency.interleavings.rules import require_only_refusals
from tests.concurrency.interleavings.scenes import ExploredCase
from tests.support.builders import ALEX
from tests.support.dynamodb.recorder import Recorder
from tests.support.reporting import Report

HEADING = "orders explored"


@pytest.fixture
def case(recorder: Recorder, monkeypatch: pytest.MonkeyPatch) -> NotifiedCase:
    services = WatchedServices()
    services.stand_in(monkeypatch)
    return NotifiedCase(services)


def require_nobody_paged_after_it(case: ExploredCase, run: Run) -> None:
    assert isinstance(case, NotifiedCase)
    require_only_refusals(run)
    assert all(status is HandoffStatus.UNCLAIMED for status in case.services.stood), run
    assert len(case.services.mails) <= 1, run
    assert case.state() == ("accepted" if case.services.mails else "skipped"), run


@pytest.mark.parametrize("people", [("Alex claims",), ("Jane withdraws",), ("Alex claims", "Jane withdraws")])
def test_nobody_is_paged_after_the_claim(
    case: NotifiedCase, people: tuple[str, ...], recorder: Recorder, report: Report
) -> None:
    pool = {"notify": case.notify(), "Alex claims": case.claim(ALEX), "Jane withdraws": case.withdraw()}

    explored = explore(case, pool, [("notify", *people)], recorder, require_nobody_paged_after_it)

    report(HEADING, f"notify beside {', '.join(people)}: {explored}")
    assert explored.orders > 10
