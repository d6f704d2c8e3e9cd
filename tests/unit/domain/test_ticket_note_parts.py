import html
import re
from collections.abc import Callable, Sequence
from itertools import accumulate

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.domain.documentation import record_of
from chalicelib.domain.renderings import DocumentLine, LineStyle, to_html, to_note, to_text
from chalicelib.domain.ticket_note_parts import LEAST_LIMIT, cut_into_parts
from tests.support.builders import a_handoff, a_snapshot, a_step

EVENT_ID = "9b1f0c0e-0000-5000-8000-0123456789ab"
RENDERINGS = {"text": to_text, "note": to_note, "html": to_html}
MARKER = re.compile(r"\[FlowPilot 0123456789ab (\d+)/(\d+)\]")

Render = Callable[[Sequence[DocumentLine]], str]

words = st.text(st.sampled_from("ab <&>\"'\n😀é"), max_size=1500)
limits = st.integers(LEAST_LIMIT, 1500)
lines = st.lists(
    st.builds(DocumentLine, style=st.sampled_from([LineStyle.PARAGRAPH, LineStyle.ITEM, LineStyle.TITLE]), text=words),
    max_size=6,
)
rendered = pytest.mark.parametrize("render", RENDERINGS.values(), ids=RENDERINGS)


def letters(text: str) -> str:
    """What a reader sees, whatever the white space: without tags, markers and the dashes of lists."""
    shown = html.unescape(re.sub(r"</?[a-z][^>]*>", "", text))
    return re.sub(r"\s+|(?m:^- )", "", MARKER.sub("", shown))


@rendered
@given(lines=lines, limit=limits)
def test_every_part_is_within_the_limit(render: Render, lines: list[DocumentLine], limit: int) -> None:
    parts = cut_into_parts(EVENT_ID, lines, render, limit)

    assert max(len(part.text.encode("utf-16-le")) // 2 for part in parts) <= limit


@given(lines=lines, limit=limits)
def test_parts_lose_and_repeat_nothing(lines: list[DocumentLine], limit: int) -> None:
    parts = cut_into_parts(EVENT_ID, lines, to_html, limit)

    texts = "".join(letters(part.text) for part in parts)
    assert texts == letters(to_html(lines))


@rendered
@given(lines=lines, limit=limits)
def test_parts_are_numbered_from_one_and_know_how_many_they_are(
    render: Render, lines: list[DocumentLine], limit: int
) -> None:
    parts = cut_into_parts(EVENT_ID, lines, render, limit)

    numbers = [MARKER.findall(part.text)[0] for part in parts]
    assert numbers == [(str(number), str(len(parts))) for number in range(1, len(parts) + 1)]


seen_as_one = st.sampled_from(["e\u0301", "👍🏽", "❤\ufe0f", "👩\u200d👩\u200d👧", "🇩🇪", "각", "नि", "x"])


@settings(max_examples=20)
@given(some=st.lists(seen_as_one, min_size=1, max_size=9), limit=limits)
def test_grapheme_is_never_split(some: list[str], limit: int) -> None:
    text = some * (3000 // len("".join(some)))

    parts = cut_into_parts(EVENT_ID, [DocumentLine(style=LineStyle.PARAGRAPH, text="".join(text))], to_html, limit)

    texts = [letters(part.text) for part in parts]
    cuts = list(accumulate(map(len, texts)))
    assert set(cuts) <= set(accumulate(map(len, text)))
    assert "".join(texts) == "".join(text)


def test_heap_of_accents_on_nothing_is_cut_all_the_same() -> None:
    parts = cut_into_parts(
        EVENT_ID, [DocumentLine(style=LineStyle.PARAGRAPH, text="\u0301" * 5000)], to_text, LEAST_LIMIT
    )

    assert sum(part.text.count("\u0301") for part in parts) == 5000


@rendered
@given(lines=lines, limit=limits)
def test_trace_is_in_its_own_part_alone(render: Render, lines: list[DocumentLine], limit: int) -> None:
    parts = cut_into_parts(EVENT_ID, lines, render, limit)

    assert [[part.trace in other.text for other in parts] for part in parts] == [
        [part is other for other in parts] for part in parts
    ]


def test_text_that_fits_stays_in_one_part() -> None:
    parts = cut_into_parts(EVENT_ID, list(record_of(a_handoff()).lines()), to_text, 4000)

    assert [part.text.splitlines()[0] for part in parts] == ["[FlowPilot 0123456789ab 1/1]"]


def test_longest_record_is_cut_too() -> None:
    steps = tuple(a_step(seq, "Rebooted & waited " * 110) for seq in range(1, 30))
    handoff = a_handoff(engineer_notes="<" * 10_000, snapshot=a_snapshot(steps=steps))

    parts = cut_into_parts(EVENT_ID, list(record_of(handoff).lines()), to_html, 4000)

    assert letters("".join(part.text for part in parts)).count("<") == 10_000


def test_limit_without_room_for_words_is_refused() -> None:
    with pytest.raises(ValueError, match="room for 500"):
        cut_into_parts(EVENT_ID, [], to_text, LEAST_LIMIT - 1)
