"""What people see while the AI takes its time: an assistant that never answers, and a slow assessment beside it."""

import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import NamedTuple

import pytest

from infra.local.api import Api, Json
from infra.local.rehearsal_model.faults import Fault
from tests.support.reporting import Report
from tests.support.scenarios.http import a_handoff, a_session, claimed, read_again, say, settled
from tests.support.stack.rehearsal_switch import RehearsalSwitch

GATEWAY_HANGS_UP_AFTER_S = 29


class Said(NamedTuple):
    """How a message to the assistant was answered, and how long that took."""

    exchange: Json
    took_s: float


@pytest.fixture(scope="module")
def said(jane: Api, rehearsal: RehearsalSwitch) -> Iterator[Future[Said]]:
    """A message on its way to an assistant that never answers; the model answers all later questions."""
    session, asked = a_session(jane), rehearsal.asked
    with ThreadPoolExecutor(1) as pool:
        with rehearsal.showing(Fault(kind="hang", count=1)):
            exchange = pool.submit(timed, jane, session)
            rehearsal.wait_until_asked(more_than=asked)
        yield exchange


def timed(by: Api, session: Json) -> Said:
    began = time.monotonic()
    exchange = say(by, session)
    return Said(exchange, time.monotonic() - began)


def test_slow_ai_delays_neither_hand_off_nor_claim(
    said: Future[Said], jane: Api, sam: Api, rehearsal: RehearsalSwitch, report: Report
) -> None:
    session, asked = a_session(jane), rehearsal.asked
    with rehearsal.showing(Fault(kind="slow")):
        began = time.monotonic()
        handoff = a_handoff(jane, session)
        rehearsal.wait_until_asked(more_than=asked)
        claimed(sam, handoff)
        taken_over_s, meanwhile = time.monotonic() - began, read_again(sam, handoff)
        assessed = settled(sam, handoff)

    shown = f"{assessed['assessment_status']}, after {time.monotonic() - began:.0f} s"
    report("AI faults", f"{'25 s for an answer':<34} {shown:<28} handed off and picked up in {taken_over_s:.2f} s")
    assert meanwhile["assessment_status"] == "pending"
    assert assessed["assessment_status"] == "ready"


def test_assistant_without_an_answer_times_out(said: Future[Said]) -> None:
    exchange, took_s = said.result()

    assert (exchange["reply_status"], exchange["reply_error"]) == ("unavailable", "timeout")
    assert took_s < GATEWAY_HANGS_UP_AFTER_S
