"""Handing off over HTTP on the deployed stack, while the AI answers at once and while it takes 25 s."""

import time

from infra.local.api import Api, Json
from infra.local.deployed import DeployedStack
from infra.local.rehearsal_model.faults import Fault
from tests.benchmarks.paired import Pair, in_ms
from tests.benchmarks.table import Row
from tests.support.scenarios.http import a_handoff, a_session, settled
from tests.support.stack.rehearsal_switch import RehearsalSwitch

ROUNDS = 2
HANDOFFS = 25
BUDGET = 1.25


def rows(stack: DeployedStack, rehearsal_url: str) -> list[Row]:
    """Two rounds of both, in turns. One slow answer is under way all the time that the slow half is measured."""
    rehearsal, at_once, slowly = RehearsalSwitch(rehearsal_url), list[float](), list[float]()
    with stack.api("jane") as jane:
        settled(jane, a_handoff(jane))  # the functions are warm after this
        for _ in range(ROUNDS):
            at_once += _hand_off_many(jane)
            settled(jane, a_handoff(jane))
            asked = rehearsal.asked
            with rehearsal.showing(Fault(kind="slow", count=1)):
                slow = a_handoff(jane)
                rehearsal.wait_until_asked(more_than=asked)
                slowly += _hand_off_many(jane)
                _require_pending(jane, slow)
            settled(jane, a_handoff(jane))
    pair = Pair(slowly, at_once)
    what = "hand off over HTTP while the AI takes 25 s, against 0 s"
    return [Row(what, in_ms(slowly), in_ms(at_once), pair.ratio, pair.n, BUDGET)]


def _hand_off_many(jane: Api) -> list[float]:
    sessions = [a_session(jane) for _ in range(HANDOFFS)]
    taken = []
    for session in sessions:
        began = time.perf_counter()
        a_handoff(jane, session)
        taken.append(time.perf_counter() - began)
    return taken


def _require_pending(jane: Api, slow: Json) -> None:
    path = f"/sessions/{slow['session_id']}/handoffs/{slow['id']}"
    if jane.get(path)["assessment_status"] != "pending":
        raise RuntimeError("the slow answer came before the measuring was done; measure fewer handoffs")
