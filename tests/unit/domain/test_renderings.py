import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.display_text import as_written, one_line, readable
from chalicelib.domain.documentation import record_of
from chalicelib.domain.people import Person
from chalicelib.domain.renderings import DocumentLine, LineStyle, to_html, to_note, to_text
from tests.support.builders import a_handoff, a_snapshot, a_step

HOSTILE = [
    "<script>alert(1)</script>",
    "</p></ul>\n<ul><b>bold</b>",
    "<!-- gone -->",
    "\"' onload=x",
    "&lt;b&gt;",
    "a\nb",
]
SHOWN = {LineStyle.PARAGRAPH: readable, LineStyle.STEP: as_written, LineStyle.ITEM: as_written}
texts = st.sampled_from(HOSTILE) | st.text(st.sampled_from("<>&\"'/ab \n;"), max_size=40)


class Reader(HTMLParser):
    """What a browser makes of a fragment: its tags, and its text."""

    def __init__(self, fragment: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""
        self.feed(fragment)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(" ".join([tag, *(name for name, _ in attrs)]))
        self.text += "\n" if tag == "br" else ""

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("style", LineStyle)
@given(text=texts)
def test_text_makes_no_html(style: LineStyle, text: str) -> None:
    made = Reader(to_html([DocumentLine(style=style, text=text, number=1)]))

    assert set(made.tags) <= {"h1", "h2", "ul", "ol", "li", "li value", "p", "br"}


@pytest.mark.parametrize("style", LineStyle)
@given(text=texts)
def test_html_shows_the_text_as_it_was_written(style: LineStyle, text: str) -> None:
    made = Reader(to_html([DocumentLine(style=style, text=text, number=1)]))

    shown = SHOWN[style](text) if style in SHOWN else one_line(text)
    assert made.text.removesuffix("\n").replace("\u00a0", " ") == shown


@given(text=texts)
def test_whole_record_of_hostile_words_has_the_tags_of_plain_ones(text: str) -> None:
    def tags(words: str) -> list[str]:
        snapshot = a_snapshot(problem_summary=words, psa_ticket_id=words or None, steps=(a_step(1, words),))
        handoff = a_handoff(engineer_notes=words, snapshot=snapshot, sender=Person(id="1", name=words))
        return [tag for tag in Reader(to_html(list(record_of(handoff).lines()))).tags if tag != "br"]

    assert tags(text) == tags("plain" if one_line(text) else "")


def test_plain_text_of_the_story_reads_well() -> None:
    assert (
        to_text(list(record_of(a_handoff()).lines()))
        == """\
Outlook keeps asking for the password since the office moved

Ticket: #4711
Domain: e-mail
Priority: high
Escalated: 2026-11-23T09:10:00.000Z by Jane

WHAT WAS TRIED

1. Restarted Outlook (no effect, observed)
2. Cleared the stored credentials (unclear, reported)

NOTES

Jane handed off, 2026-11-23T09:10:00.000Z:

I am out of ideas.

OPEN

- Cleared the stored credentials (unclear)
- Sign in from another network (not done)
"""
    )


def test_html_of_the_story_has_its_lists_whole() -> None:
    made = to_html(list(record_of(a_handoff()).lines()))

    assert re.findall(r"</?[uo]l>", made) == ["<ul>", "</ul>", "<ol>", "</ol>", "<ul>", "</ul>"]


PING = "ping dc01\nReply from 10.0.0.5:  time=12ms\nHost      Loss\ndc01        0%"


def steps_of(action: str) -> list[DocumentLine]:
    """The lines of a record in which this was tried."""
    return list(record_of(a_handoff(snapshot=a_snapshot(steps=(a_step(1, action),)))).lines())


def test_output_with_lines_and_columns_keeps_them_in_a_text_note() -> None:
    note = to_note(steps_of(PING))

    assert "1. ping dc01\n   Reply from 10.0.0.5:  time=12ms\n   Host      Loss\n   dc01        0%" in note


def test_output_with_lines_and_columns_keeps_them_in_an_html_note() -> None:
    note = to_html(steps_of(PING))

    assert "ping dc01<br>Reply from 10.0.0.5:\u00a0\u00a0time=12ms<br>Host" + "\u00a0" * 6 + "Loss<br>dc01" in note


def test_step_on_one_line_stays_on_one_line() -> None:
    assert "1. Restarted Outlook (" in to_note(steps_of("Restarted   Outlook\n"))


@given(text=st.text(min_size=2, max_size=60).map(one_line).filter(lambda text: len(text) > 1))
def test_halves_of_a_line_add_up_to_its_text(text: str) -> None:
    line = DocumentLine(style=LineStyle.STEP, number=1, text=text, tail=" (no effect)")

    one, other = line.halves()

    assert (one.text + other.text, one.tail, other.tail) == (text, "", " (no effect)")
    assert one.text
    assert other.text
