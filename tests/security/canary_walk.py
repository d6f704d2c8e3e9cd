"""Walks through everything that goes well and everything that goes wrong, with canaries in every text.

    python -m tests.security.canary_walk OUT

It runs as a process of its own, as a function does: all it writes to its output is what a function writes to its log.
`OUT` gets the tokens it used, the bodies of all refusals and what left for the model, SNS, tickets,
channels, feeds and the record, as JSON.
"""

import json
import logging
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import boto3
from botocore.awsrequest import AWSResponse

from chalicelib.domain.people import Caller
from chalicelib.entry.streams import announce, enrich
from chalicelib.settings import settings
from chalicelib.store.connection import dynamodb
from infra.local.rehearsal_model import RehearsalModel
from infra.local.rehearsal_model.faults import Fault
from tests.security.canaries import CANARIES, MARKED, MARKED_TEXT, NEIGHBOR, PASTE, ROW, SUMMARY, VALUE
from tests.security.canary_channels import a_ticket, sent_to_channels, written_to
from tests.support.api.client import Answer, ApiClient
from tests.support.api.routes import EXAMPLES, GUARDED, SOME_IDS
from tests.support.api.token_faults import FORBIDDEN, UNAUTHENTICATED
from tests.support.builders import ALEX, JANE, OLGA, SAM, VIC
from tests.support.dynamodb.faults import Deliver, refuse
from tests.support.dynamodb.recorder import Asked, Recorder, recording_requests
from tests.support.dynamodb.stream_harness import StreamHarness, carried_by
from tests.support.dynamodb.stream_mappings import mapping_of
from tests.support.dynamodb.stream_records import StreamRecord, event_of
from tests.support.dynamodb.stream_simulator import Context
from tests.support.environment import configured
from tests.support.people_reached import messages_published
from tests.support.servers.identity_provider import IdentityProvider, an_identity_provider
from tests.support.servers.rehearsal_model import a_rehearsal_model
from tests.support.tables import PREFIX, empty_tables

HANDOFF = "/sessions/{session_id}/handoffs/{handoff_id}"
AI_FAULTS = ["schema_violation", "refusal", "garbage", "cut_off", "html", "wrong_shape", "drop", "400", "500"]
OPERATIONS = ["GetItem", "Query", "PutItem", "UpdateItem", "TransactWriteItems"]


class Walker:
    """Calls the API and keeps what must not be seen again, and what was refused."""

    def __init__(self, provider: IdentityProvider, model: RehearsalModel) -> None:
        self.api, self.model = ApiClient(provider), model
        self.refusals: list[str] = []
        self.answers: list[str] = []
        self.tokens: list[str] = []
        self.sent: list[str] = []

    def call(self, method: str, path: str, by: Caller | None = None, body: object = None, **headers: str) -> Answer:
        """Send a request."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        if by:
            self.tokens.append(self.api.provider.token_of(by))
            named["authorization"] = f"Bearer {self.tokens[-1]}"
        raw = body if isinstance(body, bytes) else json.dumps(body or {}).encode()
        answer = self.api.call(method, path, raw=raw, headers=named)
        (self.refusals if answer.status >= 400 else self.answers).append(answer.text)
        return answer

    def work_a_case(self, ticket_id: str | None = None) -> dict[str, str]:
        """Jane works a case, about a ticket if there is one, and hands it off."""
        opening = {"problem_summary": f"{SUMMARY}\n{MARKED_TEXT}", "psa_ticket_id": ticket_id, "marked": [MARKED]}
        session_id = self.call("POST", "/sessions", JANE, opening).json["id"]
        here = f"/sessions/{session_id}"
        self.call("POST", "/redaction/preview", JANE, {"text": f"{PASTE}\n{MARKED_TEXT}", "marked": [MARKED]})
        self.call("POST", f"{here}/messages", JANE, {"text": pasted("what was said"), "epoch": 1, "marked": [MARKED]})
        step = {
            "kind": "step",
            "action": pasted("what was done"),
            "finding": MARKED_TEXT,
            "result": "no_effect",
            "marked": [MARKED],
            "epoch": 1,
        }
        self.call("POST", f"{here}/turns", JANE, step, idempotency_key=CANARIES["idempotency key"])
        self.call("GET", "/me", SAM)
        early = self.call("POST", f"{here}/handoff", JANE, {"intent": "escalate"}).json["id"]
        taken_back = {"note": pasted("note of taking back"), "marked": [MARKED]}
        self.call("POST", f"{here}/handoffs/{early}/withdraw", JANE, taken_back)
        marked = {"suspicion": MARKED_TEXT, "marked": [MARKED]}
        notes = {"intent": "escalate", "to": SAM.id, "engineer_notes": pasted("notes"), **marked}
        handoff_id = self.call("POST", f"{here}/handoff", JANE, notes).json["id"]
        return {"session_id": session_id, "handoff_id": handoff_id}

    def finish(self, ids: dict[str, str]) -> None:
        """Sam picks it up, puts it back, picks it up again and resolves it; everybody looks on."""
        there = HANDOFF.format(**ids)
        self.call("POST", f"{there}/decline", SAM, {"reason": pasted("reason to decline"), "marked": [MARKED]})
        self.call("POST", f"{there}/claim", SAM)
        to_people = {"text": pasted("note to people"), "marked": [MARKED]}
        self.call("POST", f"/sessions/{ids['session_id']}/notes", JANE, to_people)
        self.call("GET", "/me", ALEX)
        passed = {"to": ALEX.id, "note": pasted("note to the next"), "marked": [MARKED]}
        self.call("POST", f"{there}/reassign", SAM, passed)
        self.call("POST", f"{there}/decline", ALEX)
        self.call("POST", f"{there}/claim", SAM)
        self.call("POST", f"{there}/release", SAM, {"note": pasted("release note"), "marked": [MARKED]})
        self.call("POST", f"{there}/claim", SAM)
        body = {"resolution": pasted("resolution"), "root_cause": pasted("root cause"), "marked": [MARKED], "epoch": 9}
        self.call("POST", f"/sessions/{ids['session_id']}/resolve", SAM, body)
        again = {"reason": pasted("reason to reopen"), "marked": [MARKED], "epoch": 9}
        self.call("POST", f"/sessions/{ids['session_id']}/reopen", SAM, again)
        self.call("PUT", f"/engineers/{JANE.id}", OLGA, {"skills": [CANARIES["skill"]]})
        self.call("GET", "/me", VIC)
        self.call("DELETE", f"/engineers/{VIC.id}", OLGA)
        self.call("GET", "/me", VIC)
        for operation in GUARDED:
            if operation.method == "GET":
                answer = self.call("GET", operation.path.format(**SOME_IDS | ids), JANE)
                if operation.name in ("get_documentation", "get_feed"):
                    self.sent.append(answer.text)


def pasted(canary: str) -> str:
    """A text with a canary, a secret of each kind and what its author marks."""
    return f"{CANARIES[canary]}\n{PASTE}\n{MARKED_TEXT}"


def send_what_is_wrong(walker: Walker) -> None:
    """Every route with wrong bodies, ids, queries, keys and tokens."""
    ids = dict.fromkeys(SOME_IDS, CANARIES["id in the path"])
    for operation in GUARDED:
        path = operation.path.format(**SOME_IDS)
        for name in operation.takes.model_fields if operation.takes else ():
            body = dict(EXAMPLES[operation.name].body or {}) | {name: {"wrong": [VALUE]}}
            walker.call(operation.method, path, OLGA, body)
        walker.call(operation.method, path, OLGA, {"unheard_of": VALUE})
        walker.call(operation.method, path, OLGA, VALUE.encode())
        walker.call(operation.method, path, OLGA, VALUE.encode() * 20_000)
        walker.call(operation.method, operation.path.format(**ids), OLGA, EXAMPLES[operation.name].body)
        walker.call(operation.method, f"{path}?cursor={CANARIES['cursor']}&after={CANARIES['cursor']}", OLGA)
        walker.call(operation.method, f"{path}?limit={VALUE}&status={VALUE}", VIC)
    walker.call(
        "POST", "/sessions", JANE, {"problem_summary": SUMMARY}, idempotency_key="é" + CANARIES["idempotency key"]
    )
    for fault in [*UNAUTHENTICATED.values(), *FORBIDDEN.values()]:
        authorization = fault(walker.api.provider)
        walker.tokens += [word for word in authorization.split() if len(word) > 100]
        walker.call("GET", "/me", authorization=authorization)


def let_neighbors_fail(walker: Walker, recorder: Recorder, ids: dict[str, str]) -> None:
    """DynamoDB, the AI and the identity provider each fail, and quote what they were sent."""
    for kind in AI_FAULTS:
        walker.model.rehearsal.faults.switch_on(Fault(kind=kind, count=1, should_retry=False))
        session = walker.call("POST", "/sessions", JANE, {"problem_summary": SUMMARY}).json["id"]
        walker.call("POST", f"/sessions/{session}/messages", JANE, {"text": CANARIES["what was said"], "epoch": 1})
    for operation in OPERATIONS:
        recorder.every = partial(fail_at, operation)
        for route in GUARDED:
            walker.call(route.method, route.path.format(**SOME_IDS | ids), OLGA, EXAMPLES[route.name].body)
    recorder.every = None
    provider = walker.api.provider
    for answer in [(500, NEIGHBOR), (200, NEIGHBOR), (200, json.dumps({"keys": [{"kid": NEIGHBOR}]}))]:
        provider.answer = answer
        with configured(OIDC_JWKS_URL=f"{provider.jwks_url}?{answer[0]}{len(answer[1])}"):
            walker.call("GET", "/me", JANE)


def fail_at(failing: str, asked: Asked, deliver: Deliver) -> AWSResponse:
    """Refuse one kind of request, quoting."""
    return refuse("ValidationException", f"Not good: {NEIGHBOR}")(deliver) if asked.operation == failing else deliver()


def spoil_rows(walker: Walker, ids: dict[str, str]) -> None:
    """Rows that no code of ours has written."""
    session_key = f"acme#{ids['session_id']}"
    spoilt: dict[str, dict[str, str]] = {
        "sessions": {"account_id": "acme", "session_id": ids["session_id"], "status": ROW},
        "handoffs": {
            "account_id": "acme",
            "handoff_id": ids["handoff_id"],
            "session_id": ids["session_id"],
            "status": ROW,
        },
        "feed": {"audience": "acme", "event_id": "2999-01-01T00:00:00.000Z#a", "event": ROW},
        "engineers": {"account_id": "acme", "engineer_id": JANE.id, "name": ROW, "role": ROW},
    }
    for table, item in spoilt.items():
        put(table, {name: {"S": text} for name, text in item.items()})
    detail = {"account_id": "acme", "session_id": f"{ids['session_id']}#detail", "problem_summary": ROW}
    put("sessions", {name: {"S": text} for name, text in detail.items()})
    part = {"handoff_key": f"acme#{ids['handoff_id']}", "part": "part#snapshot", "snapshot": ROW}
    put("handoff_parts", {name: {"S": text} for name, text in part.items()})
    put("turns", {"session_key": {"S": session_key}, "seq": {"N": "1"}, "kind": {"S": ROW}, "text": {"S": ROW}})
    for route in GUARDED:
        walker.call(route.method, route.path.format(**SOME_IDS | ids), JANE, EXAMPLES[route.name].body)


def put(table: str, item: dict[str, Any]) -> None:
    """Write an item past all of our code."""
    dynamodb().dispatch("PutItem", {"TableName": PREFIX + table, "Item": item})


def run_the_stream(walker: Walker) -> None:
    """The stream functions with sound records, with poison, with an AI and a topic that fail."""
    carried = carried_by(StreamHarness(mapping_of("Enrich"), mapping_of("Announce")))
    with carried as harness, a_ticket() as ticket:
        for kind in [None, *AI_FAULTS[:3]]:
            if kind:
                walker.model.rehearsal.faults.switch_on(Fault(kind=kind, count=1, should_retry=False))
            case = walker.work_a_case(str(ticket.id))
            harness.run(hours=0.2)
            walker.finish(case)
            harness.run(hours=0.2)
        walker.sent += [request.asked.last_text for request in walker.model.rehearsal.received]
        walker.sent += messages_published()
        walker.sent += sent_to_channels(walker)
        walker.sent += written_to(ticket)
        poison: StreamRecord = json.loads(json.dumps(harness.records[0].body))
        poison["dynamodb"]["NewImage"] |= {"snapshot": {"S": ROW}, "status": {"S": ROW}}
        boto3.client("sns").delete_topic(TopicArn=settings().events_topic_arn)
        for handle in (enrich, announce):
            handle(event_of(poison, harness.records[0].body), Context(120))


@contextmanager
def a_place() -> Iterator[Walker]:
    """Tables, an issuer, an AI and a topic of the walk's own."""
    with ExitStack() as stack:
        stack.enter_context(empty_tables())
        provider, model = stack.enter_context(an_identity_provider()), stack.enter_context(a_rehearsal_model())
        topic = boto3.client("sns").create_topic(Name="handoff-events")["TopicArn"]
        ai = {"AI_PROVIDER": "rehearsal", "AI_BASE_URL": model.url, "EVENTS_TOPIC_ARN": topic}
        stack.enter_context(configured(**provider.environment, **ai))
        yield Walker(provider, model)


def main(out: Path) -> None:
    """Walk."""
    logging.basicConfig(level=logging.WARNING)  # as Lambda's runtime sets the root logger
    with a_place() as walker:
        run_the_stream(walker)
        with recording_requests() as recorder:
            ids = walker.work_a_case()
            send_what_is_wrong(walker)
            spoil_rows(walker, ids)
            let_neighbors_fail(walker, recorder, walker.work_a_case())
        out.write_text(json.dumps({name: getattr(walker, name) for name in ("refusals", "answers", "tokens", "sent")}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
