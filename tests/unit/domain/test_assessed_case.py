"""What an assessment knows of a case, and what came after it."""

import pytest

from chalicelib.domain.assessed_case import Newer, Seen
from chalicelib.domain.snapshot import Since
from chalicelib.domain.turn import Struck, Turn
from tests.support.builders import SAM, a_note, a_snapshot, a_step, minute

SNAPSHOT = a_snapshot()
LAST = SNAPSHOT.last_seq
SEEN = Seen(last_seq=LAST + 1)


def since(*turns: Turn) -> Since:
    return Since.of(turns, is_open=True)


def test_newer_counts_the_steps_and_notes_behind_the_last_seen_turn() -> None:
    found = since(a_step(seq=LAST + 1), a_step(seq=LAST + 2), a_step(seq=LAST + 3), a_note(seq=LAST + 4))

    assert Newer.than(SEEN, found) == Newer(steps=2, notes=1, corrections=0)


def test_nothing_is_newer_than_what_was_seen_last() -> None:
    found = since(a_step(seq=LAST + 1), a_note(seq=LAST + 2))

    assert Newer.than(Seen.of(SNAPSHOT, found), found) is None


def test_turn_of_a_later_epoch_is_not_counted() -> None:
    found = since(a_step(seq=LAST + 2, epoch=3), a_step(seq=LAST + 3, epoch=4))

    assert Newer.than(SEEN, found, until_epoch=4) == Newer(steps=1, notes=0, corrections=0)


def test_known_step_that_was_struck_out_counts_as_a_correction() -> None:
    struck = Struck(by=SAM.person, reason="Wrong host", at=minute(30))
    found = since(a_step(seq=LAST + 1, struck=struck), a_step(seq=LAST + 2, struck=struck))

    assert Newer.than(SEEN, found) == Newer(steps=0, notes=0, corrections=1)
    assert Newer.than(Seen.of(SNAPSHOT, found), found) is None


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ((1, 0, 0), "1 newer step"),
        ((0, 2, 0), "2 newer notes"),
        ((3, 1, 0), "3 newer steps and 1 newer note"),
        ((3, 1, 2), "3 newer steps, 1 newer note and 2 newer corrections"),
    ],
)
def test_newer_is_said_in_words(counts: tuple[int, int, int], words: str) -> None:
    steps, notes, corrections = counts

    assert Newer(steps=steps, notes=notes, corrections=corrections).words == words
