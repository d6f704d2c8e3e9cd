"""What a handoff shows when the AI fails; and that handing off and claiming never notice."""

import time
from dataclasses import dataclass

import pytest

from infra.local.api import Api, Json
from infra.local.rehearsal_model.faults import Fault
from tests.support.reporting import Report
from tests.support.scenarios.http import a_handoff, claimed, place_of, rang, settled
from tests.support.stack.rehearsal_switch import RehearsalSwitch

FAULTS = {
    "429, retry after five minutes": (Fault(kind="429", retry_after_s=300), "rate_limited"),
    "529": (Fault(kind="529"), "overloaded"),
    "500": (Fault(kind="500"), "provider_error"),
    "connection dropped": (Fault(kind="drop"), "unreachable"),
    "half of an answer": (Fault(kind="garbage"), "invalid_answer"),
    "a web page": (Fault(kind="html"), "invalid_answer"),
    "an answer that breaks the schema": (Fault(kind="schema_violation"), "invalid_answer"),
    "a refusal": (Fault(kind="refusal"), "refused"),
    "an answer cut off": (Fault(kind="cut_off"), "cut_off"),
}


@dataclass(frozen=True)
class Outcome:
    """What people saw of a handoff while the AI failed, and after it came back."""

    reason: str
    receipt: Json
    failed: Json
    package: Json
    asked_again: Json
    recovered: Json


@pytest.fixture(scope="module", params=FAULTS.items(), ids=list(FAULTS))
def outcome(request: pytest.FixtureRequest, jane: Api, sam: Api, rehearsal: RehearsalSwitch, report: Report) -> Outcome:
    name, (fault, reason) = request.param
    began = time.monotonic()
    with rehearsal.showing(fault):
        handoff = a_handoff(jane)
        handed_off_s = time.monotonic() - began
        receipt = claimed(sam, handoff)
        failed = settled(sam, handoff)
    package = sam.get(f"/sessions/{handoff['session_id']}")["escalation_package"]
    asked_again = sam.post(f"{place_of(handoff)}/assessment")
    recovered = settled(sam, handoff)
    shown = f"{failed['assessment_status']}: {failed['assessment_error']}"
    report(
        "AI faults",
        f"{name:<34} {shown:<28} handed off in {handed_off_s:.2f} s; retry: {recovered['assessment_status']}",
    )
    return Outcome(reason, receipt, failed, package, asked_again, recovered)


def test_ai_fault_is_shown_as_its_reason(outcome: Outcome) -> None:
    assert (outcome.failed["assessment_status"], outcome.failed["assessment_error"]) == ("unavailable", outcome.reason)


def test_invalid_ai_answer_is_not_shown(outcome: Outcome) -> None:
    assert (outcome.failed["ai_assessment"], outcome.failed["ai_assessment_data"]) == (None, None)


def test_claim_works_while_the_ai_fails(outcome: Outcome) -> None:
    assert outcome.receipt["status"] == "claimed"
    assert outcome.failed["claimed_by"] == outcome.receipt["claimed_by"]


def test_package_keeps_what_people_wrote(outcome: Outcome) -> None:
    assert outcome.package["handoff_id"] == outcome.failed["id"]
    assert not outcome.package["is_enriched"]


def test_retry_succeeds_once_the_ai_is_back(outcome: Outcome) -> None:
    assert outcome.asked_again["assessment_status"] == "pending"
    assert outcome.recovered["assessment_status"] == "ready"


def test_holder_is_notified_of_a_late_assessment(outcome: Outcome, sam: Api) -> None:
    rang(sam, outcome.failed, "handoff_assessment_ready")
