from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.session import Session
from chalicelib.domain.snapshot import SNAPSHOT_BYTES, Snapshot, take_snapshot
from chalicelib.domain.turn import Message, Step
from tests.support.builders import SUMMARY, TURNS, a_message, a_session, a_snapshot, a_step, minute

Turns = list[Message | Step]

sizes = st.integers(0, 200) | st.integers(0, 30_000)
fillings = st.sampled_from(["a", "é", "漢", "😀", "\x00", '"', "\n"])
is_step = st.booleans()
drafts = st.lists(st.tuples(sizes, fillings, is_step), max_size=30)


def numbered(drafts: list[tuple[int, str, bool]]) -> Turns:
    return [
        a_step(seq, filling * size) if is_step else a_message(seq, filling * size)
        for seq, (size, filling, is_step) in enumerate(drafts, 1)
    ]


def taken_of(turns: Turns, session: Session | None = None) -> Snapshot:
    return take_snapshot(session or a_session(turn_count=len(turns)), reversed(turns), at=minute(10))


def kept_in(snapshot: Snapshot) -> Turns:
    return sorted([*snapshot.steps, *snapshot.messages], key=lambda turn: turn.seq)


def weight(snapshot: Snapshot) -> int:
    return len(snapshot.model_dump_json().encode())


def test_a_short_session_is_kept_whole() -> None:
    assert taken_of(list(TURNS)) == a_snapshot()


@given(drafts.map(numbered))
def test_a_snapshot_weighs_at_most_64_kb(turns: Turns) -> None:
    assert weight(taken_of(turns)) <= 64 * 1024


@given(drafts.map(numbered))
def test_the_newest_turns_are_kept_without_a_gap(turns: Turns) -> None:
    kept = kept_in(taken_of(turns))

    assert kept == turns[len(turns) - len(kept) :]


@given(drafts.map(numbered))
def test_steps_and_messages_stand_in_order(turns: Turns) -> None:
    snapshot = taken_of(turns)

    seqs = [[turn.seq for turn in part] for part in (snapshot.steps, snapshot.messages)]
    assert seqs == [sorted(part) for part in seqs]


@given(drafts.map(numbered))
def test_what_is_kept_and_what_is_omitted_make_up_the_session(turns: Turns) -> None:
    snapshot = taken_of(turns)

    assert snapshot.omitted + len(kept_in(snapshot)) == len(turns)


@given(drafts.map(numbered))
def test_the_newest_turn_left_out_would_not_have_fitted(turns: Turns) -> None:
    snapshot = taken_of(turns)
    left_out = [] if snapshot.omitted == 0 else [turns[snapshot.omitted - 1]]

    one_more = [weight(snapshot) + len(turn.model_dump_json().encode()) for turn in left_out]
    assert all(total > SNAPSHOT_BYTES - len(",,,00") for total in one_more)


def test_a_turn_too_big_for_any_snapshot_hides_what_came_before_it() -> None:
    turns: Turns = [a_message(1), a_message(2, "x" * SNAPSHOT_BYTES), a_step(3)]

    assert kept_in(taken_of(turns)) == turns[2:]


def test_a_newest_turn_too_big_for_any_snapshot_leaves_none() -> None:
    turns: Turns = [a_message(1), a_message(2, "x" * SNAPSHOT_BYTES)]

    snapshot = taken_of(turns)

    assert (kept_in(snapshot), snapshot.omitted) == ([], 2)


def test_no_turn_is_read_past_the_first_that_does_not_fit() -> None:
    read: list[int] = []

    def newest_first() -> Iterator[Message]:
        for seq in range(100, 0, -1):
            read.append(seq)
            yield a_message(seq, "x" * 30_000)

    take_snapshot(a_session(turn_count=100), newest_first(), at=minute(10))

    assert read == [100, 99, 98]


def test_the_problem_counts_towards_the_weight() -> None:
    session = a_session(problem_summary="x" * 60_000, turn_count=1)

    assert kept_in(taken_of([a_message(1, "y" * 10_000)], session)) == []


def test_the_facts_of_the_session_are_copied() -> None:
    facts = {"problem_summary": SUMMARY, "problem_domain": "e-mail", "psa_ticket_id": "4711", "step_count": 3}

    snapshot = taken_of(list(TURNS))

    assert snapshot.model_dump(include=set(facts)) == facts


def test_the_steps_are_counted_even_where_left_out() -> None:
    assert taken_of([a_step(1, "x" * SNAPSHOT_BYTES)], a_session(turn_count=1, step_count=1)).step_count == 1


def test_evidence_may_point_at_kept_steps_alone() -> None:
    assert a_snapshot().step_seqs == {3, 4, 5}
