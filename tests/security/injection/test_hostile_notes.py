"""Whatever people paste, a note on a ticket leads nowhere, loads nothing and runs nothing, however the PSA shows it."""

from collections.abc import Callable, Sequence

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from chalicelib.domain.renderings import DocumentLine, LineStyle, to_html, to_note
from chalicelib.domain.ticket_note_parts import LEAST_LIMIT, cut_into_parts
from tests.support.markup import acting_in_markdown, active_in_html

EVENT_ID = "9b1f0c0e-0000-5000-8000-0123456789ab"
marks = list("[]()!<>/:\\`|\"'* x\n")
words = [
    "&lt;",
    "&#60;",
    "a",
    "img",
    "script",
    " src=x onerror=y",
    "javascript:alert(1)",
    "//evil.example/p",
    "?php",
    "!--",
]
hostile = st.lists(st.sampled_from(marks + words), max_size=60).map("".join)

Render = Callable[[Sequence[DocumentLine]], str]
Look = Callable[[str], list[str]]


def parts_of(text: str, render: Render) -> list[str]:
    lines = [
        DocumentLine(style=LineStyle.ITEM, text=text, lead="Tried: ", tail=" (failed)"),
        DocumentLine(style=LineStyle.PARAGRAPH, text=text),
    ]
    return [part.text for part in cut_into_parts(EVENT_ID, lines, render, LEAST_LIMIT)]


@pytest.mark.parametrize(("render", "look"), [(to_note, acting_in_markdown), (to_html, active_in_html)])
@given(text=hostile)
@example("![x](//evil.example/p.png)")
@example("[a]: //evil.example\n[a]")
@example("[a][b]\n\n[b]:\n//evil.example")
@example("<img src=x onerror=y>")
@example("</p><script>alert(1)</script>")
@example("<!-- x --> <?php x ?> <![CDATA[x]]>")
@example("\\[a](javascript:alert(1))")
@example("`]`(x)" + "[a](b)" * 200)
def test_pasted_text_becomes_no_active_markup(render: Render, look: Look, text: str) -> None:
    assert [found for part in parts_of(text, render) for found in look(part)] == []


def test_what_is_parted_can_still_be_read() -> None:
    [note] = parts_of("Ran `cat < in > out`; arr[0](x) gave <nothing>, see https://kb.example/1.", to_note)

    assert "Ran `cat < in > out`; arr[0] (x) gave < nothing>, see https://kb.example/1." in note
