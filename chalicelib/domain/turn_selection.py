"""Which turns of a long session are kept where room is short: what was tried before what was pasted."""

from collections.abc import Callable, Iterable, Sequence

from chalicelib.domain.display_text import cut_in_middle
from chalicelib.domain.turn import Message, Note, Step, Turn

LONG_TEXT = 4_000
"""From how many characters on a text is long, and cut where room is short."""


def most_telling(
    newest_turns: Sequence[Turn], room: int, weigh: Callable[[Turn], int], whole: Turn | None = None
) -> list[Turn]:
    """Return the turns, given newest first, that weigh at most `room` together, oldest first.

    When all fit they are returned as they are. Else `whole` comes first, then notes, in half the room left, then every
    step, then messages; of each kind the newest, without a gap. Long notes and messages are cut in the middle, with a
    mark that says how much.
    """
    if sum(map(weigh, newest_turns)) <= room:
        return sorted(newest_turns, key=_seq)
    kept: list[Turn] = []
    if whole is not None and weigh(whole) <= room:
        kept, room = [whole], room - weigh(whole)
    others = [turn for turn in newest_turns if turn is not whole]
    notes = _fitting((_shortened(turn) for turn in others if isinstance(turn, Note)), room // 2, weigh)
    room -= sum(map(weigh, notes))
    steps = _fitting((turn for turn in others if isinstance(turn, Step)), room, weigh)
    room -= sum(map(weigh, steps))
    messages = _fitting((_shortened(turn) for turn in others if isinstance(turn, Message)), room, weigh)
    return sorted([*kept, *notes, *steps, *messages], key=_seq)


def _shortened(turn: Message | Note) -> Turn:
    return turn.model_copy(update={"text": cut_in_middle(turn.text, LONG_TEXT)})


def _fitting(turns: Iterable[Turn], room: int, weigh: Callable[[Turn], int]) -> list[Turn]:
    kept: list[Turn] = []
    for turn in turns:
        room -= weigh(turn)
        if room < 0:
            break
        kept.append(turn)
    return kept


def _seq(turn: Turn) -> int:
    return turn.seq
