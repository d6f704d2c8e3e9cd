"""Text of people in the record is shown as written, and makes no markup."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from chalicelib.domain.display_text import one_line
from chalicelib.domain.documentation import document
from chalicelib.domain.handoff_detail import HandoffDetail
from chalicelib.domain.people import Person
from chalicelib.domain.renderings import escape
from chalicelib.domain.turn import StepResult
from tests.support.builders import a_handoff, a_snapshot, a_step

RENDERERS = [MarkdownIt("commonmark"), MarkdownIt("gfm-like", {"html": True}).enable(["table", "strikethrough"])]
"""Strict CommonMark, and the dialect of GitHub with tables and bare addresses made links; both let HTML through."""
RENDERERS[1].linkify.set({"fuzzy_link": False})  # type: ignore[union-attr]  # a guess at `word.tld` is no markup


HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</p><b>bold</b>",
    "<!-- gone -->",
    "&lt;b&gt; &amp; &#60; &copy;",
    "[click](https://evil.example)",
    "![pixel](https://evil.example/x.png)",
    "[a]: https://evil.example\n\n[a]",
    "<https://evil.example>",
    "<joe@evil.example>",
    "https://evil.example/a?b=c",
    "ftp://evil.example",
    "mailto:joe@evil.example",
    "joe@evil.example",
    "javascript:alert(1)",
    "**bold** __bold__ *it* _it_ ~~gone~~",
    "`code` ``code``",
    "```\ncode\n```",
    "~~~\ncode\n~~~",
    "    code",
    "\tcode",
    "x\n\n    code\n\n\tcode",
    "# heading",
    "heading\n===",
    "heading\n---",
    "a\n\n***\n\n___\n\n---\n\n- - -",
    "> quote",
    "- item\n+ item\n* item",
    "1. item\n2) item",
    "a\r- item\r# heading",
    "a\x0b- item\x0c- item\x85- item\u2028- item",
    "- [x] done",
    "| a | b |\n|---|---|\n| 1 | 2 |",
    "a | b\n:-: | :-:\n1 | 2",
    "a\\|b\n:-:",
    "hard  \nbreak\\\nbreak",
    "\\*not escaped\\*",
    "\\\\`code`",
    "x^2^ and H~2~O",
    "\x00",
    "first\n\n\n\n## What was tried\n\nnothing",
    "\u00a0- item",
    "trailing \\",
]


MARKS = [*"\\`*_{}[]()<>#|!~&-+=:.1 \t\n\r\"'a@/", "://", "www.", "    ", "\n\n", "---", "```", "&amp;"]


mixtures = st.lists(st.sampled_from(MARKS), max_size=15).map("".join)


texts = st.sampled_from(HOSTILE) | mixtures | st.text(max_size=20)


def elements(markdown: str, renderer: MarkdownIt) -> list[str]:
    """The kinds of all elements that the renderer makes of a text, in order."""
    return [node.type for node in SyntaxTreeNode(renderer.parse(markdown)).walk()]


def shown(markdown: str, renderer: MarkdownIt) -> str:
    """What a reader sees of a text, on one line."""
    tree = SyntaxTreeNode(renderer.parse(markdown))
    lines = [
        "".join(node.content if node.type == "text" else "\n" for node in one.children)
        for one in tree.walk()
        if one.type == "inline"
    ]
    return folded("\n".join(lines))


def folded(text: str) -> str:
    return " ".join(text.replace("\x00", "\ufffd").split())


def a_hostile_handoff(text: str) -> HandoffDetail:
    steps = tuple(a_step(seq, text, result=result, finding=text) for seq, result in enumerate(StepResult, 1))
    snapshot = a_snapshot(problem_summary=text, problem_domain=text, psa_ticket_id=f"T{text}", steps=steps, omitted=3)
    return a_handoff(engineer_notes=text, suspicion=text, snapshot=snapshot, sender=Person(id="1", name=text))


@pytest.mark.parametrize("renderer", RENDERERS, ids=["commonmark", "github"])
@given(text=texts)
@example("a\\|b\n:-:")
def test_escaped_text_is_paragraphs_of_plain_text_and_nothing_else(renderer: MarkdownIt, text: str) -> None:
    assert set(elements(escape(text), renderer)) <= {"root", "paragraph", "inline", "text", "softbreak"}


@pytest.mark.parametrize("renderer", RENDERERS, ids=["commonmark", "github"])
@given(text=texts)
def test_escaped_text_is_shown_as_it_was_written(renderer: MarkdownIt, text: str) -> None:
    assert shown(escape(text), renderer) == folded(text)


@pytest.mark.parametrize("renderer", RENDERERS, ids=["commonmark", "github"])
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_makes_no_element_that_plain_words_do_not(text: str, renderer: MarkdownIt) -> None:
    breaks = {"softbreak", "paragraph", "inline", "text"}

    def made(words: str) -> list[str]:
        return [kind for kind in elements(document(a_hostile_handoff(words)), renderer) if kind not in breaks]

    assert made(text) == made("plain words" if one_line(text) else "")


@pytest.mark.parametrize("renderer", RENDERERS, ids=["commonmark", "github"])
@given(text=texts)
def test_text_makes_no_element_that_plain_words_do_not(renderer: MarkdownIt, text: str) -> None:
    words = "plain words" if one_line(text) else ""

    breaks = {"softbreak", "paragraph", "inline", "text"}
    made = [
        [kind for kind in elements(document(a_hostile_handoff(one)), renderer) if kind not in breaks]
        for one in (text, words)
    ]
    assert made[0] == made[1]


@pytest.mark.parametrize("text", HOSTILE)
def test_html_of_hostile_text_has_no_tag_but_the_templates(text: str) -> None:
    html = RENDERERS[1].render(document(a_hostile_handoff(text)))

    assert set(re.findall(r"</?(\w+)", html)) <= {"h1", "h2", "ul", "ol", "li", "p"}


def test_indented_notes_keep_their_look() -> None:
    assert escape("if down:\n    reboot") == "if down:\n\u00a0\u00a0\u00a0\u00a0reboot"


def test_ordinary_words_and_figures_are_left_as_they_are() -> None:
    plain = "10:30, the printer (2nd floor) said: 5 jobs, 100 %. Isn't it off?\n1.5 GB left\n2026-11-23"

    assert escape(plain) == plain
