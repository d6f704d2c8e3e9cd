"""Push messages: what the service worker gets, how large it can be, and what the push service learns of it."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.deliveries.alert import Alert
from chalicelib.domain.deliveries.ledger import DeliveryKind, LedgerEntry, Recipient, RecipientDevice
from chalicelib.domain.deliveries.push_message import LARGEST_TEXT, push_message, topic_of
from chalicelib.domain.handoff import Priority
from tests.support.builders import SAM, a_handoff, an_event, minute

PAGE = "https://pilot.example.com"
DIRECTIONS = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
HOSTILE = [
    "<script>alert(1)</script>",
    "[Open](https://evil.example) **now** ![x](https://evil.example/x.png)",
    "Outlook\r\ntitle: somebody else\r\n\r\nbody",
    "\u202egnp.exe 🧯 حريق",
    '","path":"https://evil.example","silent":true,"x":"',
]


def an_entry(*, only_replaces: bool = False, title: str = "Escalation from Jane: VPN") -> LedgerEntry:
    device = RecipientDevice(id="d", name="Phone")
    to = Recipient(kind=DeliveryKind.PUSH, id=SAM.id, name=SAM.name, device=device, only_replaces=only_replaces)
    return LedgerEntry.planned(an_event(title=title), to, minute(0))


def content(entry: LedgerEntry, **changes: object) -> dict[str, object]:
    alert = Alert.of(entry.event, a_handoff(**changes), PAGE, minute(5))
    loaded: dict[str, object] = json.loads(push_message(entry, alert, Priority.HIGH, "token").text)
    return loaded


def test_message_says_what_waits_and_leads_to_the_pickup_screen() -> None:
    entry = an_entry()

    assert content(entry, client="Contoso", priority=Priority.HIGH) == {
        "title": "Escalation from Jane",
        "body": "VPN · Priority: High · Client: Contoso",
        "waiting_since": "2026-11-23T09:10:00.000Z",
        "tag": entry.subject,
        "path": f"/pilot/{entry.event.session_id}?pickup=true",
        "silent": False,
        "token": "token",
    }


@pytest.mark.parametrize(
    ("title", "shown", "begins"),
    [
        (
            "Escalation from Jane · #12345: Outlook is failing",
            "Escalation from Jane",
            "#12345: Outlook is failing · Pr",
        ),
        ("Picked up by Sam · #12345", "Picked up by Sam", "#12345 · Priority"),
        ("Shift taken by Joe", "Shift taken by Joe", "Priority"),
        (": nobody", ": nobody", "Priority"),
    ],
)
def test_ticket_and_problem_begin_the_body_where_they_are_not_cut(title: str, shown: str, begins: str) -> None:
    found = content(an_entry(title=title))

    assert found["title"] == shown
    assert str(found["body"]).startswith(begins)


def test_message_that_only_replaces_makes_no_sound_and_is_not_urgent() -> None:
    entry = an_entry(only_replaces=True)

    message = push_message(entry, Alert.of(entry.event, None, PAGE, minute(5)), Priority.URGENT, "token")

    assert (json.loads(message.text)["silent"], message.urgency) == (True, "normal")


@pytest.mark.parametrize(
    ("priority", "urgency"), [(Priority.URGENT, "high"), (Priority.HIGH, "high"), (Priority.LOW, "low")]
)
def test_urgency_follows_the_priority(priority: Priority, urgency: str) -> None:
    assert push_message(an_entry(), Alert.test(), priority, "token").urgency == urgency


def test_secrets_in_a_title_are_masked() -> None:
    assert "Sommer2024!" not in str(content(an_entry(title="Escalation from Jane: password: Sommer2024!")))


@pytest.mark.parametrize("letter", ["😀", "\u202e", "ß", "<", "\\", '"'])
def test_longest_texts_fit_into_one_message(letter: str) -> None:
    entry = an_entry(title=letter * 2_000)
    alert = Alert.of(entry.event, a_handoff(client=letter * 500), PAGE, minute(5))

    assert len(push_message(entry, alert, Priority.HIGH, "t" * 700).text) <= LARGEST_TEXT


def test_topic_tells_cases_apart_and_says_nothing_of_them() -> None:
    topics = {topic_of("one"), topic_of("other")}

    assert len(topics) == 2
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{32}", topic) for topic in topics)


@pytest.mark.parametrize("title", HOSTILE)
def test_text_of_a_ticket_is_one_readable_line_and_leads_nowhere(title: str) -> None:
    plain, found = content(an_entry()), content(an_entry(title=title), client=title)

    for text in (str(found["title"]), str(found["body"])):
        assert len(text.splitlines()) == 1
        assert not set(text) & DIRECTIONS
    assert found.keys() == plain.keys()
    assert found["path"] == plain["path"]


@given(st.text(min_size=1, max_size=300))
def test_any_text_fits_and_changes_nothing_but_the_texts(title: str) -> None:
    entry = an_entry(title=title)
    alert = Alert.of(entry.event, a_handoff(client=title), PAGE, minute(5))

    found = push_message(entry, alert, Priority.HIGH, "token")

    said = json.loads(found.text)
    assert len(found.text) <= LARGEST_TEXT
    assert (said["path"], said["tag"], said["silent"]) == (content(an_entry())["path"], entry.subject, False)
    assert len(said["title"].splitlines()) <= 1
