"""Sixty hostile tickets, a model that obeys them, and what comes of it: words in an assessment, nothing else."""

import json
import tomllib
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from chalicelib.actions.assessments.assess_handoff import Assessing
from chalicelib.actions.handoffs.document_handoff import document_handoff
from chalicelib.actions.handoffs.read_handoff import read_package
from chalicelib.actions.sessions.open_session import open_session
from chalicelib.actions.sessions.send_message import send_message
from chalicelib.adapters.ai.assessment_answer import MAX_RULED_OUT, MAX_STEPS
from chalicelib.adapters.ai.case_file import conversation, fenced
from chalicelib.adapters.ai.claude import ASSESS_PROMPT, CHAT_PROMPT
from chalicelib.contracts.requests import MessageRequest, OpenSessionRequest
from chalicelib.domain.assessment_lines import LABEL
from chalicelib.domain.display_text import readable
from chalicelib.domain.documentation import document
from chalicelib.domain.events import EventType
from chalicelib.domain.handoff_detail import HandoffDetail
from chalicelib.domain.redaction import redact
from chalicelib.domain.renderings import escape, to_html, to_markdown, to_text
from chalicelib.domain.ticket_note import TicketNote
from chalicelib.domain.ticket_note_content import content_of
from chalicelib.domain.ticket_note_parts import cut_into_parts
from chalicelib.store.keys import ASSESSMENT, handoff_key
from tests.support.builders import GINA, JANE, JOE, minute
from tests.support.invisible import hidden_in
from tests.support.markup import active_in_html, active_in_markdown
from tests.support.scenarios.actions import assess, hand_off, now, session_of, stream, try_step
from tests.support.servers.obedient_model import OBEYED, ObedientModel
from tests.support.table_contents import contents

TICKETS = tomllib.loads(Path(__file__).with_name("hostile_tickets.toml").read_text("utf-8"))["ticket"]
TEXTS = [pytest.param(ticket["text"], id=f"{ticket['kind']}-{number}") for number, ticket in enumerate(TICKETS, 1)]
OTHERS = "canary-of-another-case"

TOUCHED = {"assessment_outcome", "prompt_version", "change", "version", "updated_at"}
OF_THE_RUN = {"pending_since", "shard", "due_at"}
IMPROVED = {"summary", "likely_cause", "recommended_next_steps", "is_enriched"}

every_ticket = pytest.mark.parametrize("text", TEXTS)

KINDS = [ticket["kind"] for ticket in TICKETS]
ONE_OF_EACH_KIND = [
    text if KINDS.index(kind) == number else pytest.param(*text.values, id=text.id, marks=pytest.mark.prove)
    for number, (kind, text) in enumerate(zip(KINDS, TEXTS, strict=True))
]


def test_hostile_tickets_are_sixty_and_distinct() -> None:
    assert len(TICKETS) == len({ticket["text"] for ticket in TICKETS}) == 60


def pushed_through(text: str, model: ObedientModel) -> HandoffDetail:
    """The ticket's text as summary, step, message and notes of Jane's case, beside cases of others."""
    model.orders = text
    for other in (GINA, JOE):
        open_session(OpenSessionRequest(problem_summary=OTHERS), by=other, at=minute(0))
    asked = OpenSessionRequest(problem_summary=text, psa_ticket_id="4711")
    session = open_session(asked, by=JANE, at=minute(0))
    try_step(session.id, text)
    send_message(session.id, MessageRequest(text=text, epoch=1), by=JANE, at=minute(3))
    return hand_off(session.id, engineer_notes=text)


@every_ticket
def test_obedient_model_changes_only_the_assessment(text: str, obedient: ObedientModel) -> None:
    handoff = pushed_through(text, obedient)
    before = contents()

    assert assess(stream()[-1]) is Assessing.READY

    assert changed(before, contents(), handoff) <= TOUCHED | OF_THE_RUN
    expect_told_as_data_of_nobody_else(text, obedient)
    expect_nothing_new_but_advice(handoff)
    expect_within_the_schema(handoff)
    expect_nothing_active(handoff)


@pytest.mark.parametrize("text", ONE_OF_EACH_KIND)
def test_answer_outside_the_schema_is_not_stored(text: str, obedient: ObedientModel) -> None:
    obedient.is_lawless = True
    handoff = pushed_through(text, obedient)
    before = contents()

    assert assess(stream()[-1]) is Assessing.UNAVAILABLE

    assert changed(before, contents(), handoff) <= TOUCHED | OF_THE_RUN
    assert (now(handoff).assessment, now(handoff).assessment_error) == (None, "invalid_answer")


def expect_told_as_data_of_nobody_else(text: str, obedient: ObedientModel) -> None:
    (chat, chat_body), (question, body) = obedient.received
    told = json.loads(inside_the_fence(question.last_text))
    shown = redact(readable(text.strip()))
    assert (told["problem"], told["notes"][0]["text"]) == (shown, shown)
    assert [turn.get("action") or turn["text"] for turn in told["turns"][:2]] == [shown, shown]
    assert json.loads(inside_the_fence(chat.last_text))["problem"] == shown
    assert (question.system, chat.system) == (prompt(ASSESS_PROMPT), prompt(CHAT_PROMPT))
    assert OTHERS.encode() not in chat_body + body
    assert [len(asked.messages) for asked in (chat, question)] == [1, 1]


def expect_nothing_new_but_advice(handoff: HandoffDetail) -> None:
    told = now(handoff)
    assert (told.snapshot, told.engineer_notes) == (handoff.snapshot, handoff.engineer_notes)
    package, raw = read_package(session_of(handoff)), handoff.package
    assert package
    assert package.model_dump(exclude=IMPROVED) == raw.model_dump(exclude=IMPROVED)


def expect_within_the_schema(handoff: HandoffDetail) -> None:
    advice = now(handoff).assessment
    assert advice
    assert (len(advice.ruled_out), len(advice.suggested_steps)) == (MAX_RULED_OUT, MAX_STEPS)
    words = [advice.likely_cause or "", *(word for step in advice.suggested_steps for word in (step.text, step.why))]
    assert all(word.startswith(OBEYED) and len(word) <= 300 and "\n" not in word for word in words)
    assert not [char for word in words for char in word if not is_harmless(char)]
    assert {seq for step in advice.suggested_steps for seq in step.evidence} <= handoff.snapshot.step_seqs


def expect_nothing_active(handoff: HandoffDetail) -> None:
    record = list(document_handoff(handoff.session_id, handoff.id, by=JANE).lines())
    note = TicketNote(event_id="e" * 12, type=EventType.CREATED, by=JANE.person, at=minute(10))
    content = content_of(note, now(handoff), session_of(handoff))
    pages = [to_html(record), *(part.text for part in cut_into_parts("e" * 12, content.lines, to_html, 2_000))]
    plain = [to_text(record), *(part.text for part in cut_into_parts("e" * 12, content.lines, to_text, 2_000))]
    written, copied = to_markdown(record), document(now(handoff))
    assert [active for page in pages for active in active_in_html(page)] == []
    assert [active for page in (written, copied) for active in active_in_markdown(page)] == []
    assert not [page for page in (*pages, *plain, written) if OBEYED in page]
    assert OBEYED not in copied.partition(escape(LABEL))[0]
    assert content.title == "Escalated by Jane"


def test_active_markup_is_detected() -> None:
    links = "![a](https://evil.example/x.png) [b](https://evil.example) <b>c</b>"

    assert active_in_markdown(links) == ["image", "link", "html_inline", "html_inline"]
    assert active_in_html("<p onclick=x>a</p><img src=x><!-- b -->") == ["comment  b ", "p onclick", "img", "img src"]


@pytest.mark.parametrize("text", ["\U000e0049gnore\U000e007f", "a\U000e0001b"])
def test_invisible_characters_are_not_shown_to_the_model(text: str) -> None:
    told = fenced({"problem": text}) + conversation(text, [])

    assert hidden_in(told) == []


def test_invisible_characters_hide_no_secret_from_redaction() -> None:
    told = fenced({"notes": "pass\U000e0041word: hunter2-Winter!"})

    assert "hunter2" not in told
    assert "[masked: password]" in told


def inside_the_fence(text: str) -> str:
    opening, closing = "<case>\n", "\n</case>"
    assert text.startswith(opening)
    assert text.endswith(closing)
    body = text[len(opening) : -len(closing)]
    assert not set("<>&") & set(body)
    return body


def changed(before: dict[str, list[Any]], after: dict[str, list[Any]], handoff: HandoffDetail) -> set[str]:
    """The names of all attributes that differ in the handoff's row.

    But for its new assessment and the counters of AI calls, no other item may differ.
    """
    names: set[str] = set()
    for table, items in before.items():
        kept = [item for item in items if not is_counter(item)]
        left = [item for item in after[table] if not is_counter(item) and not is_assessment_of(handoff, item)]
        assert len(kept) == len(left)
        for old, new in zip(by_key(kept), by_key(left), strict=True):
            differing = {name for name in old | new if old.get(name) != new.get(name)}
            item_id = old.get("handoff_id", {}).get("S")
            assert not differing or (table, item_id) == ("handoffs", handoff.id), (table, differing)
            names |= differing
    return names


def is_counter(item: dict[str, Any]) -> bool:
    return str(item.get("item", {}).get("S", "")).startswith("spent#")


def is_assessment_of(handoff: HandoffDetail, item: dict[str, Any]) -> bool:
    key = {"handoff_key": {"S": handoff_key(handoff.account_id, handoff.id)}, "part": {"S": ASSESSMENT}}
    return key.items() <= item.items()


def by_key(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    names = ("account_id", "session_id", "handoff_id", "session_key", "seq", "handoff_key", "part")
    return sorted(items, key=lambda item: [str(item.get(name)) for name in names])


def is_harmless(char: str) -> bool:
    return char.isprintable() or char in "\u200b\u2060\ufeff\u00a0\u200c\u200d" or char == " "


def prompt(version: str) -> str:
    return resources.files("chalicelib").joinpath("prompts", f"{version}.md").read_text("utf-8")
