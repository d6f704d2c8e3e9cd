"""What tickets that change in a PSA do to sessions: the sandbox signs webhooks and sends them to the deployed route."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import httpx2
import pytest

from chalicelib.contracts.delivery_message import DeliveryMessage
from chalicelib.domain.webhook_delivery import Delivery, TicketEvent
from infra.local.api import Api, Json
from infra.local.demo.psa_link import WEBHOOK_SECRET
from infra.local.deployed import DeployedStack, emulator_session
from infra.local.psa_sandbox.faults import PsaFault
from infra.local.psa_sandbox.ticket_store import SYSTEMS, US, Note, Ticket
from infra.local.psa_sandbox.webhooks import Delivery as Webhook
from infra.local.psa_sandbox.webhooks import Hook, autotask_delivery
from infra.local.site import STAGE
from tests.support.scenarios.http import a_handoff, a_session, queue_of, rang, read_again
from tests.support.stack.concurrent_calls import Answer, Crowd, a_crowd, answer_of, request_of, unpacked, worked_by
from tests.support.stack.psa_control import Sandbox, marks, of_all, shown_id, worked_off
from tests.support.waiting import eventually

pytestmark = pytest.mark.usefixtures("links")

JOES_OWNER_ID = 13
COPIES = 100
MOST_TICKETS = 10
"""How many tickets are tried until several copies of one are on their way before the first of them has its mark."""

ACCEPTED = (202, "accepted")
WORKERS = 12
"""Two more than ever work deliveries side by side."""

Each = dict[str, Json]


@dataclass(frozen=True)
class Closing:
    """What was seen of tickets that were closed in the PSA: of one that Jane works, and of one she handed off."""

    worked: Each
    turns: dict[str, list[Json]]
    waiting: Each
    handoffs: Each
    queue: list[str]


@pytest.fixture(scope="module")
def closing(jane: Api, sam: Api, sandbox: Sandbox, stack: DeployedStack) -> Closing:
    worked, waiting = ({system: sandbox.open_ticket(system, "No print") for system in SYSTEMS} for _ in range(2))
    sessions = {system: a_linked_session(jane, system, ticket) for system, ticket in worked.items()}
    handoffs = {system: a_handoff(jane, a_linked_session(jane, system, ticket)) for system, ticket in waiting.items()}
    of_all(lambda system: noted(read_again(jane, handoffs[system])), "the note of the hand off")
    for system in SYSTEMS:
        for ticket in (worked[system], waiting[system]):
            assert sandbox.change(system, ticket, status="Closed")["status"] == 202
    ended = of_all(lambda system: over(jane, sessions[system]["id"]), "the end of the session")
    left = of_all(lambda system: over(jane, handoffs[system]["session_id"]), "the end of what was handed off")
    for handoff in handoffs.values():
        rang(jane, handoff, "handoff_withdrawn")
    turns = {system: jane.get(f"/sessions/{session['id']}/turns")["items"] for system, session in sessions.items()}
    now = {system: read_again(jane, handoff) for system, handoff in handoffs.items()}
    return Closing(ended, turns, left, now, queue_of(sam))


def a_linked_session(by: Api, system: str, ticket: Json) -> Json:
    return a_session(by, psa_ticket_id=shown_id(system, ticket), integration_id=system)


def noted(handoff: Json) -> Json | None:
    return handoff if handoff["ticket_notes"]["status"] == "sent" else None


def over(by: Api, session_id: str) -> Json | None:
    found = by.get(f"/sessions/{session_id}")
    return found if found["status"] == "resolved" else None


@pytest.mark.parametrize("system", SYSTEMS)
def test_closed_ticket_resolves_the_session_with_a_turn(closing: Closing, system: str) -> None:
    assert "was closed in PSA sandbox" in closing.worked[system]["resolution"]
    assert [turn["author"]["kind"] for turn in closing.turns[system]] == ["psa"]


@pytest.mark.parametrize("system", SYSTEMS)
def test_closed_ticket_removes_its_escalation_from_the_queue(closing: Closing, system: str) -> None:
    assert closing.handoffs[system]["status"] == "withdrawn"
    assert closing.handoffs[system]["id"] not in closing.queue
    assert closing.waiting[system]["open_handoff_id"] is None


@pytest.mark.parametrize("system", SYSTEMS)
def test_assigned_ticket_opens_a_session_for_its_engineer(joe: Api, sandbox: Sandbox, system: str) -> None:
    joe.get("/me")  # the engineer who gets a session has to be in the directory
    ticket = sandbox.open_ticket(system, "The phones are dead")

    sandbox.change(system, ticket, owner_id=JOES_OWNER_ID)

    [session] = eventually(lambda: sessions_of(joe, system, ticket) or None, "a session of Joe's")
    assert (session["status"], session["owner"]["name"]) == ("active", "Joe Park")


def sessions_of(by: Api, system: str, ticket: Json) -> list[Json]:
    found: list[Json] = by.get("/sessions?limit=100")["items"]
    return [session for session in found if session["psa_ticket_id"] == shown_id(system, ticket)]


@pytest.mark.parametrize("system", SYSTEMS)
def test_webhook_about_our_own_note_changes_nothing(
    jane: Api, sandbox: Sandbox, stack: DeployedStack, system: str
) -> None:
    ticket = sandbox.open_ticket(system, "The scanner is stuck")
    handoff = a_handoff(jane, a_linked_session(jane, system, ticket))
    eventually(lambda: noted(read_again(jane, handoff)), "the note of the hand off")
    before = jane.get(f"/sessions/{handoff['session_id']}/turns")["items"]

    answer = eventually(lambda: answered(sandbox.tell_again(system, ticket)), "an answer to the webhook")
    worked_off(stack)

    assert [receipt["outcome"] for receipt in json.loads(answer["text"])["deliveries"]] == ["echo"]
    assert [turn["author"]["kind"] for turn in before] == ["engineer"]
    assert jane.get(f"/sessions/{handoff['session_id']}/turns")["items"] == before


def answered(delivery: Json) -> Json | None:
    """While the first process of the route starts, there is no answer in time, or one that has the PSA come again."""
    return delivery if delivery["status"] == 202 else None


@dataclass(frozen=True)
class Hundred:
    """What came of one delivery that was sent over and over, a hundred copies at the same moment."""

    at_first: Counter[tuple[int, str]]
    afterwards: Counter[tuple[int, str]]
    when_forgotten: Counter[tuple[int, str]]
    marks: int
    sessions: list[Json]
    turns: list[Json]


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return unpacked(tmp_path_factory.mktemp("package"))


@pytest.fixture(scope="module")
def hundred(joe: Api, sandbox: Sandbox, stack: DeployedStack, package: Path) -> Hundred:
    joe.get("/me")
    hook = Hook(f"{stack.api_url}/webhooks/acme/autotask", WEBHOOK_SECRET)
    with worked_by(stack, "handle-delivery", 2), a_crowd(stack, "api", COPIES, package) as crowd:
        echo = autotask_delivery(hook, replace(for_joe(sandbox), updated_by=US))
        eventually(lambda: is_warm(crowd, echo), "a crowd of which each has a connection")
        for _ in range(MOST_TICKETS):
            changed = for_joe(sandbox)
            delivery = autotask_delivery(hook, changed)
            receipts = [answer_of(answer) for answer in crowd.at_once(request_of(delivery))]
            if counted(receipts)[ACCEPTED] > 1:
                break
        ticket = sandbox.ticket("autotask", {"id": changed.id})
        eventually(lambda: sessions_of(joe, "autotask", ticket) or None, "a session of Joe's")
        afterwards = counted(map(answer_of, crowd.at_once(request_of(delivery))))
        worked_off(stack)
    keys = {body["deliveries"][0]["dedupe_key"] for status, body in receipts if status == 202}
    found = [mark for mark in marks(stack) if mark.endswith(tuple(keys))]
    forget(stack, found)
    when_forgotten = counted([sent(delivery)])
    worked_off(stack)
    sessions = sessions_of(joe, "autotask", ticket)
    turns = joe.get(f"/sessions/{sessions[0]['id']}/turns")["items"]
    return Hundred(counted(receipts), afterwards, when_forgotten, len(found), sessions, turns)


def for_joe(sandbox: Sandbox) -> Ticket:
    """A ticket that was assigned to Joe just now, of which FlowPilot has not been told."""
    ticket = sandbox.open_ticket("autotask", "The door will not open")
    sandbox.change("autotask", ticket, owner_id=JOES_OWNER_ID, is_told=False)
    shown = sandbox.ticket("autotask", ticket)
    return Ticket(**{**shown, "notes": [Note(**note) for note in shown["notes"]]})


def sent(delivery: Webhook) -> Answer:
    """What the deployed route says."""
    answer = httpx2.post(delivery.url, content=delivery.body, headers=delivery.headers, timeout=60)
    return answer.status_code, answer.json()


def is_warm(crowd: Crowd, echo: Webhook) -> bool | None:
    """Whether each has believed a delivery that means nothing; on a busy machine not all do at first."""
    answers = counted(map(answer_of, crowd.one_by_one(request_of(echo))))
    return True if answers == Counter({(202, "echo"): COPIES}) else None


def counted(answers: Iterable[Answer]) -> Counter[tuple[int, str]]:
    """Status and outcome of each; of a problem, its detail."""
    return Counter(
        (status, body["deliveries"][0]["outcome"] if "deliveries" in body else body["detail"])
        for status, body in answers
    )


def forget(stack: DeployedStack, positions: list[str]) -> None:
    """Do what the table itself does once a mark has been kept for seven days."""
    dynamodb = emulator_session().resource("dynamodb", endpoint_url=stack.endpoint_url)
    table = dynamodb.Table(f"flowpilot-{STAGE}-integrations")
    for position in positions:
        table.delete_item(Key={"account_id": "acme", "integration_id": position})


def test_delivery_sent_a_hundred_times_opens_one_session(hundred: Hundred) -> None:
    assert {status for status, _ in hundred.at_first} <= {202, 429}  # 429 has the sender come again
    assert hundred.at_first[ACCEPTED] > 1, "they were not at once"
    assert (len(hundred.sessions), hundred.marks, hundred.turns) == (1, 1, [])


def test_repeated_delivery_is_a_duplicate(hundred: Hundred) -> None:
    assert {status for status, _ in hundred.afterwards} <= {202, 429}
    assert {outcome for status, outcome in hundred.afterwards if status == 202} == {"duplicate"}


def test_delivery_after_its_mark_expired_changes_nothing(hundred: Hundred) -> None:
    assert hundred.when_forgotten == Counter({ACCEPTED: 1})


@pytest.mark.parametrize("system", SYSTEMS)
def test_delivery_handled_concurrently_opens_one_session(
    joe: Api, sandbox: Sandbox, stack: DeployedStack, workers: Crowd, system: str
) -> None:
    joe.get("/me")
    ticket = sandbox.open_ticket(system, "The tap is dry")
    sandbox.change(system, ticket, owner_id=JOES_OWNER_ID, is_told=False)
    delivery = Delivery(event=TicketEvent.UPDATED, external_id="1", ticket_id=str(ticket["id"]), dedupe_key=None)
    message = DeliveryMessage(account_id="acme", integration_id=system, delivery=delivery, correlation_id="")

    answers = workers.at_once(received(stack, message))

    assert answers == [{"batchItemFailures": []}] * WORKERS
    assert len(sessions_of(joe, system, ticket)) == 1


@pytest.fixture(scope="module")
def workers(stack: DeployedStack, package: Path) -> Iterator[Crowd]:
    with a_crowd(stack, "handle-delivery", WORKERS, package) as crowd:
        yield crowd


def received(stack: DeployedStack, message: DeliveryMessage) -> Json:
    """The message as SQS hands it to the function."""
    record = {
        "messageId": "1",
        "receiptHandle": "1",
        "body": message.model_dump_json(),
        "attributes": {"ApproximateReceiveCount": "1"},
        "messageAttributes": {},
        "eventSource": "aws:sqs",
        "eventSourceARN": f"arn:aws:sqs:{stack.region}:000000000000:flowpilot-{STAGE}-psa-deliveries",
        "awsRegion": stack.region,
    }
    return {"Records": [record]}


@pytest.mark.parametrize("system", SYSTEMS)
def test_reconciliation_finds_a_change_with_a_lost_webhook(
    jane: Api, sandbox: Sandbox, stack: DeployedStack, system: str
) -> None:
    ticket = sandbox.open_ticket(system, "The lift is slow")
    session = a_linked_session(jane, system, ticket)
    sandbox.change(system, ticket, status="Closed", is_told=False)

    look_through(stack)

    assert (over(jane, session["id"]) or {}).get("status") == "resolved"


def look_through(stack: DeployedStack) -> None:
    """Run the function of the schedule."""
    scheduled = {"source": "aws.events", "detail-type": "Scheduled Event", "detail": {}, "resources": [], "id": "1"}
    event = {**scheduled, "version": "0", "account": "0", "time": "2026-11-23T09:00:00Z", "region": "us-east-1"}
    functions = emulator_session().client("lambda", endpoint_url=stack.endpoint_url)
    answer = functions.invoke(FunctionName=f"flowpilot-{STAGE}-reconcile", Payload=json.dumps(event).encode())
    assert "FunctionError" not in answer, answer["Payload"].read()


def test_unreadable_ticket_is_read_soon_after_the_psa_recovers(jane: Api, sandbox: Sandbox) -> None:
    tickets = {system: sandbox.open_ticket(system, "The projector is dark") for system in SYSTEMS}
    sessions = {system: a_linked_session(jane, system, ticket) for system, ticket in tickets.items()}

    with sandbox.showing(PsaFault(kind="503", count=len(SYSTEMS))):
        answers = [sandbox.change(system, ticket, status="Closed")["status"] for system, ticket in tickets.items()]
        of_all(lambda system: over(jane, sessions[system]["id"]), "the end of the session")

    assert answers == [202] * len(SYSTEMS)
