import json
import re
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx2
import pytest

from infra.local.rehearsal_model import RehearsalModel
from tests.support.servers.rehearsal_model import a_rehearsal_model
from tests.support.waiting import eventually

ASKED: dict[str, Any] = {
    "model": "any",
    "max_tokens": 100,
    "messages": [{"role": "user", "content": "Outlook does not connect, canary-4711"}],
}
SCHEMA = {"type": "object", "properties": {}, "required": [], "additionalProperties": False}
HEADERS = {"x-api-key": "rehearsal", "anthropic-version": "2026-10-21"}

PROBLEMS = [
    ("Outlook keeps asking for the password since the mailbox moved", "Autodiscover"),
    ("The VPN drops after 30 seconds", "tunnel"),
    ("Warehouse PCs lose the label printer after a restart", "printer"),
    ("Sign-in loops back to the MFA prompt", "conditional access"),
    ("nslookup does not resolve the intranet's hostname", "name server"),
    ("The nightly backup fails with a VSS error", "snapshot"),
    ("Disk C: of the file server is full", "volume"),
]


@pytest.fixture(scope="module")
def model() -> Iterator[RehearsalModel]:
    with a_rehearsal_model() as model:
        yield model


@pytest.fixture(scope="module")
def client(model: RehearsalModel) -> Iterator[httpx2.Client]:
    with httpx2.Client(base_url=model.url, headers=HEADERS, timeout=10) as client:
        yield client


@pytest.fixture
def http(model: RehearsalModel, client: httpx2.Client) -> httpx2.Client:
    """A client of the model, which shows no fault and has received nothing."""
    model.rehearsal.faults.switch_off()
    model.rehearsal.received.clear()
    return client


def a_case(problem: str, *steps: tuple[str, str]) -> str:
    turns = [
        {"seq": seq, "kind": "step", "action": action, "result": result, "known_by": "observed"}
        for seq, (action, result) in enumerate(steps, start=11)
    ]
    return f"<case>\n{json.dumps({'problem': problem, 'domain': None, 'turns': turns})}\n</case>"


def said(http: httpx2.Client, content: str, **more: object) -> str:
    asked = ASKED | {"messages": [{"role": "user", "content": content}]} | more
    text: str = http.post("/v1/messages", json=asked).raise_for_status().json()["content"][0]["text"]
    return text


def assessed(http: httpx2.Client, content: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(
        said(http, content, output_config={"format": {"type": "json_schema", "schema": SCHEMA}})
    )
    return found


def test_rehearsal_model_answers_its_health_check(http: httpx2.Client) -> None:
    assert http.get("/health").json() == {"status": "ok"}


def test_answer_is_labeled_as_rehearsal(http: httpx2.Client) -> None:
    answer = http.post("/v1/messages", json=ASKED).json()

    assert answer["model"] == "rehearsal-1"
    assert answer["stop_reason"] == "end_turn"
    assert answer["content"][0]["text"].startswith("[rehearsal]")


@pytest.mark.parametrize(("problem", "word"), PROBLEMS)
def test_usual_problems_have_a_cause_of_their_own(http: httpx2.Client, problem: str, word: str) -> None:
    assessment = assessed(http, a_case(problem, ("Restarted it", "no_effect")))

    assert word in assessment["likely_cause"]
    assert len(assessment["suggested_steps"]) >= 2


def test_unusual_problem_has_none(http: httpx2.Client) -> None:
    assessment = assessed(http, a_case("The coffee machine blinks", ("Restarted it", "no_effect")))

    assert assessment["likely_cause"] is None
    assert assessment["suggested_steps"]


def test_steps_that_worked_are_ruled_out_and_failed_ones_are_evidence(http: httpx2.Client) -> None:
    steps = [("Opened the mailbox on the web", "narrowed"), ("Restarted Outlook in safe mode", "no_effect")]

    assessment = assessed(http, a_case(PROBLEMS[0][0], *steps))

    assert [cause["evidence"] for cause in assessment["ruled_out"]] == [[11]]
    assert all(step["evidence"] == [12] for step in assessment["suggested_steps"])


def test_step_that_was_run_is_not_suggested_again(http: httpx2.Client) -> None:
    untried = assessed(http, a_case(PROBLEMS[1][0]))["suggested_steps"][0]["text"]

    assessment = assessed(http, a_case(PROBLEMS[1][0], (untried, "no_effect")))

    assert untried not in [step["text"] for step in assessment["suggested_steps"]]


def test_step_left_open_is_suggested_first(http: httpx2.Client) -> None:
    assessment = assessed(http, a_case(PROBLEMS[1][0], ("Removed the update", "unclear")))

    assert assessment["suggested_steps"][0]["text"].endswith("Removed the update")
    assert assessment["suggested_steps"][0]["evidence"] == [11]


def test_same_case_gets_the_same_answer(http: httpx2.Client) -> None:
    case = a_case(PROBLEMS[2][0], ("Restarted the spooler", "no_effect"))

    assert assessed(http, case) == assessed(http, case)


def test_chat_goes_on_to_the_next_check(http: httpx2.Client) -> None:
    first = said(http, a_case(PROBLEMS[1][0]))
    second = said(http, a_case(PROBLEMS[1][0], ("Tried a phone hotspot", "no_effect")))

    assert "hotspot" in first
    assert "Noted: Tried a phone hotspot (no effect)" in second
    assert "Next: Compare updates" in second


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"model": None}, "model"),
        ({"max_tokens": 0}, "max_tokens"),
        ({"messages": []}, "messages"),
        ({"messages": [{"role": "system", "content": "x"}]}, "role"),
        ({"temperature": 0.5}, "temperature"),
        ({"stream": True}, "stream"),
        ({"output_config": {"format": {"type": "json_schema", "schema": {"type": "object"}}}}, "additionalProperties"),
        ({"output_config": {"format": {"type": "json_schema", "schema": SCHEMA | {"maximum": 1}}}}, "maximum"),
    ],
)
def test_request_that_the_api_would_refuse_is_refused(http: httpx2.Client, change: dict[str, Any], named: str) -> None:
    answer = http.post("/v1/messages", json=ASKED | change)

    assert answer.status_code == 400
    assert answer.json()["error"]["type"] == "invalid_request_error"
    assert named in answer.json()["error"]["message"]


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"7", b"\xff"])
def test_body_that_is_no_object_is_refused(http: httpx2.Client, body: bytes) -> None:
    assert http.post("/v1/messages", content=body).status_code == 400


def test_request_without_a_key_is_refused(http: httpx2.Client) -> None:
    answer = http.post("/v1/messages", json=ASKED, headers={"x-api-key": ""})

    assert (answer.status_code, answer.json()["error"]["type"]) == (401, "authentication_error")


@pytest.mark.parametrize(("method", "path"), [("GET", "/v1/messages"), ("POST", "/v1/complete"), ("GET", "/")])
def test_rehearsal_model_knows_no_other_path(http: httpx2.Client, method: str, path: str) -> None:
    assert http.request(method, path).status_code == 404


def test_counted_fault_passes(http: httpx2.Client) -> None:
    http.post("/faults", json={"kind": "529", "count": 2}).raise_for_status()

    statuses = [http.post("/v1/messages", json=ASKED).status_code for _ in range(3)]

    assert statuses == [529, 529, 200]


def test_fault_without_a_count_lasts_until_it_is_lifted(http: httpx2.Client) -> None:
    http.post("/faults", json={"kind": "500"}).raise_for_status()
    before = [http.post("/v1/messages", json=ASKED).status_code for _ in range(3)]

    http.delete("/faults").raise_for_status()

    assert before == [500, 500, 500]
    assert http.post("/v1/messages", json=ASKED).status_code == 200


def test_held_answer_comes_once_the_faults_are_lifted(http: httpx2.Client, model: RehearsalModel) -> None:
    http.post("/faults", json={"kind": "held", "count": 1}).raise_for_status()
    with ThreadPoolExecutor(1) as pool, httpx2.Client(base_url=model.url, headers=HEADERS, timeout=10) as another:
        held = pool.submit(another.post, "/v1/messages", json=ASKED)
        eventually(lambda: model.rehearsal.received or None, "the question whose answer is held")
        next_one = http.post("/v1/messages", json=ASKED).status_code
        was_answered = held.done()

        http.delete("/faults").raise_for_status()

        assert (next_one, was_answered) == (200, False)
        assert held.result().json()["content"][0]["text"].startswith("[rehearsal]")


def test_status_comes_in_the_envelope_with_the_headers_asked_for(http: httpx2.Client) -> None:
    http.post("/faults", json={"kind": "429", "retry_after_s": 300, "should_retry": False}).raise_for_status()

    answer = http.post("/v1/messages", json=ASKED)

    assert answer.json()["error"]["type"] == "rate_limit_error"
    assert (answer.headers["retry-after"], answer.headers["x-should-retry"]) == ("300", "false")


@pytest.mark.parametrize(
    "fault", [{}, {"kind": "flood"}, {"kind": "200"}, {"kind": "500", "count": 0}, {"king": "500"}]
)
def test_unknown_fault_is_refused(http: httpx2.Client, fault: dict[str, Any]) -> None:
    assert http.post("/faults", json=fault).status_code == 400


def test_requests_are_told_without_their_text(http: httpx2.Client) -> None:
    http.post("/v1/messages", json=ASKED)

    answer = http.get("/requests")

    assert answer.json() == {"count": 1, "requests": [{"model": "any", "kind": "chat", "fault": None}]}
    assert "canary" not in answer.text


def test_rehearsal_model_starts_from_the_command_line() -> None:
    command = [sys.executable, "-m", "infra.local.rehearsal_model", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603
        try:
            address = re.search(r"http://\S+", process.stdout.readline() if process.stdout else "")

            assert address
            assert httpx2.get(f"{address[0]}/health").status_code == 200
        finally:
            process.terminate()
