"""Whatever a model answers, garbage or halves or too much, ends as a whole assessment or as one typed reason."""

import json
from collections.abc import Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chalicelib.adapters.ai.assessment_answer import MAX_RULED_OUT, MAX_STEPS
from chalicelib.adapters.ai.claude import Advice, AiUnavailable, assess, reply
from chalicelib.domain.assessment import AssessmentError
from infra.local.rehearsal_model.protocol import message
from tests.support.builders import AMPLE_S, SUMMARY, TURNS, a_snapshot
from tests.support.servers.rehearsal_model import Configure
from tests.support.servers.serving import serving

SOUND: dict[str, Any] = {
    "ruled_out": [{"cause": "A hung client", "evidence": [3]}],
    "likely_cause": "The old server answers",
    "confidence_score": 0.6,
    "suggested_steps": [{"text": "Check the record", "why": "It may be old.", "evidence": [3, 4]}],
    "package_summary": "Outlook keeps asking for the password.",
}
REASONS = {AssessmentError.INVALID_ANSWER, AssessmentError.REFUSED, AssessmentError.CUT_OFF}

scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
anything = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
)


class _Parrot(ThreadingHTTPServer):
    """Says what it was told to say, byte by byte."""

    daemon_threads = True
    says = b""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), partial(_Saying, self))


class _Saying(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # head and body in one piece: as two, the second waits 40 ms for the client's acknowledgment

    def __init__(self, parrot: _Parrot, *connection: Any) -> None:
        self._parrot = parrot
        super().__init__(*connection)

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["content-length"]))
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(self._parrot.says)))
        self.end_headers()
        self.wfile.write(self._parrot.says)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def parrot(configure: Configure) -> Iterator[_Parrot]:
    with serving(_Parrot()) as parrot:
        configure(AI_PROVIDER="rehearsal", AI_BASE_URL=f"http://127.0.0.1:{parrot.server_address[1]}")
        yield parrot


@st.composite
def spoiled(draw: st.DrawFn) -> object:
    """A sound answer, one thing of which is replaced, added or taken away, somewhere."""
    answer = json.loads(json.dumps(SOUND))
    place: Any = answer
    if draw(st.booleans()):
        place = draw(st.sampled_from([answer["ruled_out"][0], answer["suggested_steps"][0]]))
    name = draw(st.sampled_from(sorted(place)) | st.text(max_size=5))
    if draw(st.booleans()):
        place.pop(name, None)
    else:
        place[name] = draw(anything)
    return answer


texts = spoiled().map(json.dumps) | st.text(max_size=200) | anything.map(json.dumps)
halves = st.integers(0, len(json.dumps(SOUND))).map(lambda end: json.dumps(SOUND)[:end])
bodies = (
    (texts | halves).map(lambda text: json.dumps(message(text, 100)).encode())
    | anything.map(lambda body: json.dumps(body).encode())
    | st.binary(max_size=200)
    | st.tuples(st.sampled_from(["content", "usage", "stop_reason", "model"]), anything).map(
        lambda change: json.dumps(message(json.dumps(SOUND), 100) | dict([change])).encode()
    )
)
many = settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


@many
@given(says=bodies)
def test_any_answer_is_a_whole_assessment_or_a_typed_reason(parrot: _Parrot, says: bytes) -> None:
    parrot.says = says

    require_whole_or_reason()


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        '{"a":' * 50_000,
        json.dumps(SOUND | {"package_summary": "x" * 3_000_000}),
        json.dumps(SOUND | {"suggested_steps": SOUND["suggested_steps"] * 20_000}),
        json.dumps(SOUND | {"confidence_score": 10**400}),
        json.dumps(SOUND)[:-1] + ', "ruled_out": []}',
        '{"confidence_score": ' + "9" * 10_000 + "}",
        json.dumps(SOUND | {"likely_cause": "\ud800"}),
        json.dumps(SOUND | {"ruled_out": [{"cause": "x", "evidence": [10**300]}]}),
    ],
    ids=["deep list", "deep object", "huge", "many", "big score", "twice", "long number", "lone half", "big seq"],
)
def test_answer_without_measure_is_a_whole_assessment_or_a_typed_reason(parrot: _Parrot, text: str) -> None:
    parrot.says = json.dumps(message("", 100) | {"content": [{"type": "text", "text": text}]}).encode()

    require_whole_or_reason()


@many
@given(says=bodies)
def test_any_reply_is_a_text_to_show_or_a_typed_reason(parrot: _Parrot, says: bytes) -> None:
    parrot.says = says

    try:
        said = reply(SUMMARY, TURNS, deadline_s=AMPLE_S)
    except AiUnavailable as fault:
        require_known(fault)
    else:
        assert 0 < len(said) <= 4_000
        assert said.encode()


def test_sound_answer_is_heard(parrot: _Parrot) -> None:
    parrot.says = json.dumps(message(json.dumps(SOUND), 100)).encode()

    advice = assess(a_snapshot(), [], deadline_s=AMPLE_S)

    assert advice.assessment.likely_cause == SOUND["likely_cause"]


def require_whole_or_reason() -> None:
    try:
        advice = assess(a_snapshot(), [], deadline_s=AMPLE_S)
    except AiUnavailable as fault:
        require_known(fault)
    else:
        require_whole(advice)


def require_known(fault: AiUnavailable) -> None:
    assert fault.reason in REASONS


def require_whole(advice: Advice) -> None:
    """Everything within its bounds, and fit for DynamoDB and for the wire."""
    found = advice.assessment
    assert Advice.model_validate_json(advice.model_dump_json()) == advice
    assert 0 <= found.confidence_score <= 1
    assert found.inconclusive == (found.likely_cause is None)
    assert (len(found.ruled_out) <= MAX_RULED_OUT, len(found.suggested_steps) <= MAX_STEPS) == (True, True)
    assert {seq for step in found.suggested_steps for seq in step.evidence} <= a_snapshot().step_seqs
    assert len(advice.improvement.summary) <= 1_200
    assert len(found.model) <= 100
