"""Every order of a run that tells somebody of an escalation, and of what people do to it: nobody is paged after it."""

import pytest

from chalicelib.domain.deliveries.ledger import DeliveryKind
from chalicelib.domain.handoff import HandoffStatus
from tests.concurrency.interleavings.explorer import Run
from tests.concurrency.interleavings.exploring import explore
from tests.concurrency.interleavings.notify_scene import NotifiedCase, WatchedServices, Way
from tests.concurrency.interleavings.rules import require_only_refusals
from tests.concurrency.interleavings.scenes import ExploredCase
from tests.support.builders import ALEX
from tests.support.dynamodb.recorder import Recorder
from tests.support.reporting import Report

HEADING = "orders explored"
TO_PEOPLE = (DeliveryKind.EMAIL, DeliveryKind.PUSH, DeliveryKind.SMS)
Message = tuple[DeliveryKind, Way]
MESSAGES: list[Message] = [
    *((kind, Way.ALONE) for kind in (*TO_PEOPLE, DeliveryKind.SLACK, DeliveryKind.TEAMS)),
    *((kind, Way.ROUND) for kind in TO_PEOPLE),
    (DeliveryKind.EMAIL, Way.PASSED_STEP),
]


@pytest.fixture
def services(recorder: Recorder, monkeypatch: pytest.MonkeyPatch) -> WatchedServices:
    found = WatchedServices()
    found.stand_in(monkeypatch)
    return found


def require_nobody_paged_after_it(case: ExploredCase, run: Run) -> None:
    assert isinstance(case, NotifiedCase)
    require_only_refusals(run)
    stood = case.services.stood
    assert all(status is HandoffStatus.UNCLAIMED for status in stood), run
    assert len(stood) <= 1, run
    assert case.state() == ("accepted" if stood else "skipped"), run
    if case.entry.recipient.kind is DeliveryKind.SMS:
        assert case.sms_counted() <= {len(stood)}, run


def require_orders(services: WatchedServices, message: Message, people: tuple[str, ...], recorder: Recorder) -> str:
    """Go through all orders of a run that sends a message, and of what people do; return how many there were."""
    case = NotifiedCase(services, *message)
    pool = {"notify": case.notify(), "Alex claims": case.claim(ALEX), "Jane withdraws": case.withdraw()}

    was_sent: set[bool] = set()

    def require(case: ExploredCase, run: Run) -> None:
        require_nobody_paged_after_it(case, run)
        was_sent.add(bool(services.stood))

    explored = explore(case, pool, [("notify", *people)], recorder, require)

    assert was_sent == {True, False}
    return f"{' '.join(message)} beside {', '.join(people)}: {explored}"


@pytest.mark.parametrize("message", MESSAGES, ids=" ".join)
def test_nobody_is_paged_after_the_claim(
    services: WatchedServices, message: Message, recorder: Recorder, report: Report
) -> None:
    report(HEADING, require_orders(services, message, ("Alex claims",), recorder))


@pytest.mark.prove
@pytest.mark.parametrize("people", [("Jane withdraws",), ("Alex claims", "Jane withdraws")])
@pytest.mark.parametrize("message", MESSAGES, ids=" ".join)
def test_nobody_is_paged_after_the_case_was_withdrawn(
    services: WatchedServices,
    message: Message,
    people: tuple[str, ...],
    recorder: Recorder,
    report: Report,
) -> None:
    report(HEADING, require_orders(services, message, people, recorder))
