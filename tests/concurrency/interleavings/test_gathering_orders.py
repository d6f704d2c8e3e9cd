"""Every order in which messages to one person, and their round, can reach DynamoDB tells each of them once."""

from collections import Counter
from collections.abc import Sequence

import pytest

from chalicelib.domain.deliveries.gathering import MOST_ALONE
from chalicelib.domain.deliveries.ledger import DeliveryState
from chalicelib.domain.errors import Unavailable
from tests.concurrency.interleavings.explorer import Explorer, Run
from tests.concurrency.interleavings.exploring import READS
from tests.concurrency.interleavings.gathering_scene import GatheringScene, MailAndQueue
from tests.concurrency.interleavings.replay import Action
from tests.support.dynamodb.faults import Fault
from tests.support.dynamodb.recorder import Asked, Recorder
from tests.support.reporting import Report

HEADING = "orders explored"


@pytest.fixture
def services(recorder: Recorder, monkeypatch: pytest.MonkeyPatch) -> MailAndQueue:
    """A mail service and a queue that nothing else reaches; tokens that are the same in each order."""
    found = MailAndQueue()
    found.stand_in(monkeypatch)
    return found


def explore(scene: GatheringScene, pool: dict[str, Action], recorder: Recorder, *, most_faults: int = 0) -> str:
    """Go through all orders of the pool, and require at the end of each that everything was told once."""

    def faults_of(asked: Asked) -> Sequence[Fault]:
        return () if asked.operation in READS else (Fault.ANSWER_LOST,)

    explorer = Explorer(scene, pool, recorder, faults_of, most_faults=most_faults)
    for run in explorer.endings():
        require_each_told_once(scene, run)
    return f"{explorer.orders} orders in {explorer.runs} runs"


def require_each_told_once(scene: GatheringScene, run: Run) -> None:
    """No more go out alone than may, and once the queue is empty each message was in one e-mail that was sent."""
    failures = [one for one in run.outcomes.values() if isinstance(one, BaseException)]
    assert all(isinstance(one, Unavailable) for one in failures), run
    have_a_slot = [name for name, outcome in run.outcomes.items() if outcome is True]
    assert len(have_a_slot) <= scene.free_slots, run
    scene.work_orders()
    alone = [entry for entry in scene.entries() if entry.state is DeliveryState.ACCEPTED and not entry.round]
    assert len(alone) <= MOST_ALONE, run
    ends = Counter(entry.state for entry in scene.entries())
    assert ends == {DeliveryState.ACCEPTED: len(scene.before) + len(scene.fresh)}, (run, ends)
    mails = Counter(entry.message_id for entry in scene.entries())
    assert len(mails) == len(scene.services.mails), (run, mails)


def test_last_slot_goes_to_one_of_two_messages(services: MailAndQueue, recorder: Recorder, report: Report) -> None:
    scene = GatheringScene(services, alone=MOST_ALONE - 1, waiting=0, fresh=2)

    explored = explore(scene, {"one": scene.ask(0), "other": scene.ask(1)}, recorder)

    report(HEADING, f"two messages, one slot: {explored}")


@pytest.mark.prove
@pytest.mark.parametrize(("fresh", "most_faults"), [(2, 1), (3, 0)])
def test_last_slot_goes_to_one_of_several_messages(
    fresh: int, most_faults: int, services: MailAndQueue, recorder: Recorder, report: Report
) -> None:
    scene = GatheringScene(services, alone=MOST_ALONE - 1, waiting=0, fresh=fresh)
    pool = {f"message {number}": scene.ask(number) for number in range(fresh)}

    explored = explore(scene, pool, recorder, most_faults=most_faults)

    report(HEADING, f"{fresh} messages, one slot, at most {most_faults} faults: {explored}")


@pytest.mark.prove
def test_message_that_joins_while_the_round_goes_out_is_told_once(
    services: MailAndQueue, recorder: Recorder, report: Report
) -> None:
    scene = GatheringScene(services, alone=MOST_ALONE, waiting=1, fresh=1)

    explored = explore(scene, {"message": scene.send(0), "round": scene.send_round()}, recorder)

    report(HEADING, f"a message joins while the round goes out: {explored}")
