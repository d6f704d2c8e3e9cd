"""Texts with hidden characters, over the whole walk of a case: whatever is shown on one line is one readable line.

Every text of every answer counts as shown on one line unless `FREE_TEXTS` names it, so a new field cannot be forgotten.
"""

import json
import re
from collections.abc import Iterator
from email.message import EmailMessage
from typing import Any, NamedTuple

import boto3
import pytest

from chalicelib.actions.ticket_sync.follow_ticket import follow_ticket
from chalicelib.adapters.ai.case_file import case_file, conversation
from chalicelib.domain.events import EventType
from chalicelib.domain.people import Caller
from chalicelib.domain.psa import PsaTicket
from chalicelib.domain.renderings import to_html, to_markdown, to_note, to_text
from chalicelib.domain.ticket_note import TicketNote
from chalicelib.domain.ticket_note_content import content_of
from chalicelib.store import handoffs, integrations, sessions, turns
from infra.local.post_office.mailbox import PostedMessage
from infra.local.rehearsal_model import RehearsalModel
from tests.support.api.client import ApiClient
from tests.support.api.routes import GUARDED, SOME_IDS
from tests.support.builders import ACME, ALEX, JANE, OLGA, SAM, a_caller, minute
from tests.support.dynamodb.stream_harness import StreamHarness, carried_by
from tests.support.dynamodb.stream_mappings import mapping_of
from tests.support.environment import configure, configured
from tests.support.invisible import hidden_in
from tests.support.people_reached import ALL_OF_IT, a_device_at, deliver_all, emails_sent, reaching_people, texts_of
from tests.support.phones import confirm_number, sms_sent
from tests.support.scenarios.preconditions import NIGHTS, Ids, a_chat_channel, a_delivery, a_rota, a_test_message
from tests.support.servers.identity_provider import IdentityProvider
from tests.support.tables import empty_tables

HOSTILE = {"direction override": "\u202ecba gnihton", "byte order mark": "\ufeffcba gnihton"}
SHOWN = "cba gnihton"
TICKET = {"psa_ticket_id": "4711", "integration_id": "psa"}

FREE_TEXTS = re.compile(
    r"problem_summary|resolution|root_cause"  # of a session
    r"|escalation_package\.(reason|summary|steps_tried)"
    r"|((message|reply|items)\.)?(text|action)"
    r"|(items\.)?(engineer_notes|release_note|ai_assessment)"
    r"|(items\.)?(snapshot|since)\.(problem_summary|steps\.action|(messages|notes)\.text)"
)
"""The texts that clients show as they were written, with their line breaks, by their place in an answer."""

DOCUMENTS = re.compile(r"(items\.)?documentation|notes\.text")
"""Texts of several lines that this product writes: readable, too."""


class Walked(NamedTuple):
    """A case whose every text was `text`, resolved, and the answers of all routes that read."""

    text: str
    ids: Ids
    answers: dict[str, Any]
    documents: dict[str, str]
    emails: list[EmailMessage]
    pushes: list[PostedMessage]
    texts: list[str]


@pytest.fixture(scope="module", params=list(HOSTILE))
def walked(request: pytest.FixtureRequest, provider: IdentityProvider, serving_ai: RehearsalModel) -> Iterator[Walked]:
    ai = {"AI_PROVIDER": "rehearsal", "AI_BASE_URL": serving_ai.url}
    with empty_tables(), configured(**provider.environment, **ai) as environment:
        configure(environment, EVENTS_TOPIC_ARN=boto3.client("sns").create_topic(Name="handoff-events")["TopicArn"])
        text, api = HOSTILE[request.param], ApiClient(provider)
        with carried_by(StreamHarness(mapping_of("Enrich"), mapping_of("Announce"))) as harness:
            ids = work_a_case(api, harness, text)
            pushes = tell_the_sender(api)
            answers, documents = read_everything(api, ids)
            yield Walked(text, ids, answers, documents, emails_sent(), pushes, [said for _, said in sms_sent()])


def work_a_case(api: ApiClient, harness: StreamHarness, text: str) -> Ids:
    """Open, work, hand off, release, claim and resolve a case in which everything that people write is `text`."""

    def send(method: str, path: str, by: Caller, **body: object) -> dict[str, Any]:
        answer = api.call(method, path, by=by, body=body)
        assert answer.status < 300, answer.text
        return dict(answer.json) if answer.text else {}

    send("PUT", "/integrations/psa", OLGA, name=text, settings={"kind": "standard"})
    a_delivery(OLGA, title=text)
    a_chat_channel(OLGA)
    send("PUT", "/channels/ops", OLGA, kind="slack", name=text, filter={"domains": [text]})
    a_rota(OLGA)
    send("PUT", "/rotas/nights", OLGA, name=text, rota=NIGHTS)
    send("PUT", "/webhooks/ops", OLGA, name=text, filter={"domains": [text]})
    send("GET", "/me", JANE)
    send("PUT", f"/engineers/{JANE.id}", OLGA, skills=[text])
    opened = send("POST", "/sessions", JANE, problem_summary=text, problem_domain=text, **TICKET)
    assert follow_ticket(integrations.load(ACME, "psa"), a_ticket(text), at=minute(0)) == 1
    here = f"/sessions/{opened['id']}"
    send("POST", f"{here}/messages", JANE, text=text, epoch=1)
    send("POST", f"{here}/turns", JANE, kind="step", action=text, result="no_effect", epoch=1)
    send("GET", "/me", SAM)
    asked = {"intent": "escalate", "priority": "urgent", "to": SAM.id, "engineer_notes": text}
    there = f"{here}/handoffs/{send('POST', f'{here}/handoff', JANE, **asked)['id']}"
    send("POST", f"{there}/decline", SAM, reason=text)
    harness.run(hours=0.1)
    queue = send("GET", "/escalations", SAM)
    assert_readable("get_escalations", queue)
    assert queue["items"][0]["title"] == SHOWN
    send("POST", f"{there}/claim", SAM)
    send("GET", "/me", ALEX)
    send("POST", f"{there}/reassign", SAM, to=ALEX.id, note=text)
    send("POST", f"{there}/claim", ALEX)
    send("POST", f"{there}/release", OLGA, note=text)
    send("POST", f"{there}/claim", SAM)
    send("POST", f"{there}/release", SAM, note=text)
    send("POST", f"{here}/notes", JANE, text=text)
    send("POST", f"{there}/claim", SAM)
    send("POST", f"{here}/resolve", SAM, resolution=text, root_cause=text, epoch=9)
    harness.run(hours=0.1)
    a_test_message(JANE)
    on_call = a_caller("Colleague").model_copy(update={"name": text})
    send("GET", "/me", on_call)
    send("DELETE", f"/engineers/{on_call.id}", OLGA)
    return {
        **SOME_IDS,
        "session_id": opened["id"],
        "handoff_id": there.rpartition("/")[2],
        "integration_id": "psa",
        "ticket_id": "4711",
    }


def tell_the_sender(api: ApiClient) -> list[PostedMessage]:
    """Tell Jane by e-mail, push message and SMS of all that happened; return the push messages."""
    with reaching_people() as post_office:
        confirm_number(JANE)
        api.call("PUT", "/me/notifications", by=JANE, body=ALL_OF_IT)
        api.call("POST", "/me/devices", by=JANE, body=a_device_at(post_office))
        deliver_all()
        return [message for message in post_office.mailbox.messages if message.kind == "push"]


def a_ticket(text: str) -> PsaTicket:
    """The ticket of the case, in which everything that its system says is `text`."""
    return PsaTicket(
        id="4711",
        number="4711",
        title=text,
        status_id=text,
        status_name=text,
        is_closed=False,
        client=text,
        contact=text,
        priority=text,
        owner_id=None,
        owner_name=text,
        updated_at=None,
        client_id=text,
        contact_phone=text,
        contact_email=text,
        type=text,
        contract=text,
    )


def read_everything(api: ApiClient, ids: Ids) -> tuple[dict[str, Any], dict[str, str]]:
    """Call every route that reads, as somebody who may."""
    answers: dict[str, Any] = {}
    documents: dict[str, str] = {}
    for operation in GUARDED:
        if operation.method != "GET":
            continue
        for by in (JANE, SAM, OLGA):
            answer = api.call("GET", operation.path.format(**ids), by=by)
            if answer.status != 200:
                continue
            if "json" in answer.headers["content-type"]:
                answers[f"{operation.name} {by.id}"] = answer.json
            else:
                documents[f"{operation.name} {by.id}"] = answer.text
    for form in ("md", "txt", "html", "json"):
        path = f"/sessions/{ids['session_id']}/handoffs/{ids['handoff_id']}/documentation?format={form}"
        documents[form] = api.call("GET", path, by=SAM).text
    return answers, documents


def texts_in(found: object, place: str = "") -> Iterator[tuple[str, str]]:
    """Every text of an answer with its place, the numbers of list items left out."""
    match found:
        case str():
            yield place, found
        case dict():
            for name, item in found.items():
                yield from texts_in(item, f"{place}.{name}" if place else name)
        case list():
            for item in found:
                yield from texts_in(item, place)


def assert_readable(name: str, answer: object) -> None:
    for place, text in texts_in(answer):
        if FREE_TEXTS.fullmatch(place):
            continue
        assert hidden_in(text) == [], f"{name}: {place}"
        assert DOCUMENTS.fullmatch(place) or text == " ".join(text.split()), f"{name}: {place}"


def test_every_answer_shows_readable_lines(walked: Walked) -> None:
    assert {name.split()[0] for name in walked.answers} >= {
        operation.name for operation in GUARDED if operation.method == "GET" and not operation.media_types
    }
    for name, answer in walked.answers.items():
        assert_readable(name, answer)


def test_stored_text_is_unchanged(walked: Walked) -> None:
    session = sessions.load(ACME, walked.ids["session_id"])

    assert (session.problem_summary, session.problem_domain) == (walked.text, walked.text)
    assert handoffs.load_detail(ACME, session.id, walked.ids["handoff_id"]).engineer_notes == walked.text


def test_titles_and_notifications_show_the_letters(walked: Walked) -> None:
    newest = [item["title"] for item in walked.answers[f"get_notifications {SAM.id}"]["items"]]
    every = [event["title"] for event in walked.answers[f"get_feed {SAM.id}"]["items"]]

    assert newest == [f"Put back by Olga · #4711: {SHOWN}"]
    assert f"Directed to Sam by Jane · #4711: {SHOWN}" in every
    assert walked.answers[f"get_session {SAM.id}"]["title"] == SHOWN


def test_documentation_holds_nothing_hidden(walked: Walked) -> None:
    assert {name: hidden_in(found) for name, found in walked.documents.items() if hidden_in(found)} == {}
    assert all(SHOWN in found for found in walked.documents.values())


@pytest.mark.parametrize("render", [to_text, to_note, to_markdown, to_html])
@pytest.mark.parametrize("kind", [EventType.CREATED, EventType.CLAIMED, EventType.RESOLVED])
def test_ticket_note_holds_nothing_hidden(walked: Walked, kind: EventType, render: Any) -> None:
    session = sessions.load(ACME, walked.ids["session_id"])
    handoff = handoffs.load_detail(ACME, session.id, walked.ids["handoff_id"])

    content = content_of(TicketNote(event_id="1", type=kind, at=minute(1), by=SAM.person), handoff, session)

    assert hidden_in(content.title + render(content.lines)) == []


def test_emails_and_push_messages_show_readable_lines(walked: Walked) -> None:
    pushed = [json.loads(message.text) for message in walked.pushes]
    lines = [email["Subject"] for email in walked.emails] + [
        push[name] for push in pushed for name in ("title", "body")
    ]
    bodies = [text.replace("\u2060", "") for email in walked.emails for text in texts_of(email)]

    assert [line for line in lines if hidden_in(line) or line != " ".join(line.split())] == []
    assert [text for text in bodies if hidden_in(text)] == []
    assert {email["To"] for email in walked.emails} >= {JANE.email}
    said = {push["title"]: push["body"] for push in pushed}
    assert said["Resolved by Sam"].startswith(f"#4711: {SHOWN}")


def test_sms_show_readable_lines(walked: Walked) -> None:
    assert [line for line in walked.texts if hidden_in(line) or line != " ".join(line.split())] == []
    assert any(f"Resolved by Sam - #4711: {SHOWN}" in line for line in walked.texts)


def test_prompt_holds_nothing_hidden(walked: Walked) -> None:
    session = sessions.load(ACME, walked.ids["session_id"])
    handoff = handoffs.load_detail(ACME, session.id, walked.ids["handoff_id"])

    shown = case_file(handoff.snapshot, handoff.notes)
    shown += conversation(session.problem_summary, turns.newest(ACME, session.id, 60))

    assert hidden_in(shown) == []
    assert shown.count(SHOWN) >= 6


def test_hidden_text_in_a_new_field_is_found() -> None:
    answer = json.loads('{"items": [{"heading": "\\ufeffcba"}]}')

    with pytest.raises(AssertionError, match=r"items\.heading"):
        assert_readable("get_new", answer)
