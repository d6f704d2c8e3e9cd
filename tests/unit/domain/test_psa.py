from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.psa import LONGEST_PAUSE_S, pause_after_attempt_s


def test_pauses_grow_with_every_attempt() -> None:
    assert [pause_after_attempt_s(attempt, None) for attempt in (1, 2, 3, 4, 5)] == [5, 30, 180, 1080, 1080]


@given(attempt=st.integers(1, 10), asked_s=st.floats(0, 10**6))
def test_pause_is_never_shorter_than_asked_for_nor_longer_than_sqs_can_wait(attempt: int, asked_s: float) -> None:
    pause_s = pause_after_attempt_s(attempt, asked_s)

    assert min(asked_s, LONGEST_PAUSE_S) <= pause_s <= LONGEST_PAUSE_S
