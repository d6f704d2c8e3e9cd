from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.session import Session
from chalicelib.domain.snapshot import SNAPSHOT_BYTES, Since, Snapshot, take_snapshot
from chalicelib.domain.turn import Turn
from tests.support.builders import SUMMARY, TURNS, a_message, a_note, a_session, a_snapshot, a_step, minute

Turns = list[Turn]

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
    return take_snapshot(session or a_session(turn_count=len(turns)), turns[::-1], at=minute(10))


def kept_in(snapshot: Snapshot) -> Turns:
    return sorted([*snapshot.steps, *snapshot.messages, *snapshot.notes], key=lambda turn: turn.seq)


def weight(snapshot: Snapshot) -> int:
    return len(snapshot.model_dump_json().encode())


def test_short_session_is_kept_whole() -> None:
    assert taken_of(list(TURNS)) == a_snapshot()


@given(drafts.map(numbered))
def test_snapshot_weighs_at_most_64_kb(turns: Turns) -> None:
    assert weight(taken_of(turns)) <= 64 * 1024


@given(drafts.map(numbered))
def test_newest_of_each_kind_are_kept_without_a_gap(turns: Turns) -> None:
    snapshot = taken_of(turns)

    for kept, kind in ((snapshot.steps, "step"), (snapshot.messages, "message")):
        seqs = [turn.seq for turn in turns if turn.kind == kind]
        assert [turn.seq for turn in kept] == seqs[len(seqs) - len(kept) :]


@given(drafts.map(numbered))
def test_no_message_is_kept_while_a_step_is_left_out_that_would_fit_in_its_place(turns: Turns) -> None:
    snapshot = taken_of(turns)

    left_out = [turn for turn in turns if turn.kind == "step" and turn not in snapshot.steps]
    room = SNAPSHOT_BYTES - weight(snapshot) + sum(len(turn.model_dump_json().encode()) for turn in snapshot.messages)
    assert all(len(turn.model_dump_json().encode()) + len(",,,00") > room for turn in left_out[-1:])


@given(drafts.map(numbered))
def test_steps_and_messages_stand_in_order(turns: Turns) -> None:
    snapshot = taken_of(turns)

    seqs = [[turn.seq for turn in part] for part in (snapshot.steps, snapshot.messages)]
    assert seqs == [sorted(part) for part in seqs]


@given(drafts.map(numbered))
def test_kept_and_omitted_turns_make_up_the_session(turns: Turns) -> None:
    snapshot = taken_of(turns)

    assert snapshot.omitted + len(kept_in(snapshot)) == len(turns)


def test_step_is_kept_under_six_pasted_logs() -> None:
    logs = [a_message(seq, f"{seq} " + "x" * 10_000 + f" {seq}") for seq in range(2, 8)]
    turns: Turns = [a_step(1, "Swapped the cable"), *logs, *(a_step(seq) for seq in range(8, 12))]

    snapshot = taken_of(turns)

    assert [step.seq for step in snapshot.steps] == [1, 8, 9, 10, 11]
    assert [message.seq for message in snapshot.messages] == [2, 3, 4, 5, 6, 7]


def test_logs_that_do_not_fit_are_cut_in_the_middle_and_say_how_much() -> None:
    turns: Turns = [a_step(1), *(a_message(seq, "begin" + "x" * 9_990 + "enden") for seq in range(2, 12))]

    snapshot = taken_of(turns)

    assert [message.seq for message in snapshot.messages] == list(range(2, 12))
    assert {message.text for message in snapshot.messages} == {
        "begin" + "x" * 1_995 + "\n[… 6,000 characters left out …]\n" + "x" * 1_995 + "enden"
    }


def test_note_of_the_hand_off_is_kept_whole_beside_notes_of_40_kb() -> None:
    own = a_note(9, "😀" * 10_000)
    turns: Turns = [a_step(1), *(a_note(seq, "😀" * 10_000, about=None) for seq in range(2, 9))]

    snapshot = take_snapshot(a_session(turn_count=8), turns[::-1], own, at=minute(10))

    assert (snapshot.own_note, snapshot.steps) == (own, (a_step(1),))
    assert weight(snapshot) <= SNAPSHOT_BYTES


def test_notes_are_kept_whatever_was_pasted_after_them() -> None:
    turns: Turns = [a_note(1, about=None), *(a_message(seq, "漢" * 10_000) for seq in range(2, 9))]

    snapshot = taken_of(turns)

    assert snapshot.notes == (a_note(1, about=None),)
    assert [message.seq for message in snapshot.messages] == [4, 5, 6, 7, 8]


def test_note_of_the_hand_off_is_the_last_turn_of_the_snapshot() -> None:
    note = a_note(6)

    snapshot = take_snapshot(a_session(turn_count=5), TURNS[::-1], note, at=minute(10))

    assert (snapshot.notes, snapshot.last_seq, snapshot.omitted, snapshot.own_note) == ((note,), 6, 0, note)


def test_hand_off_without_a_note_takes_none_of_an_earlier_one_for_its_own() -> None:
    earlier = a_note(5, created_at=minute(5))

    snapshot = take_snapshot(a_session(turn_count=5), [earlier, *TURNS[3::-1]], at=minute(10))

    assert (snapshot.notes, snapshot.last_seq, snapshot.own_note) == ((earlier,), 5, None)


def test_problem_counts_towards_the_weight() -> None:
    session = a_session(problem_summary="x" * 63_000, turn_count=1)

    assert kept_in(taken_of([a_message(1, "y" * 10_000)], session)) == []


def test_facts_of_the_session_are_copied() -> None:
    facts = {"problem_summary": SUMMARY, "problem_domain": "e-mail", "psa_ticket_id": "4711", "step_count": 3}

    snapshot = taken_of(list(TURNS))

    assert snapshot.model_dump(include=set(facts)) == facts


def test_steps_are_counted_even_where_left_out() -> None:
    assert taken_of([a_step(1, "x" * SNAPSHOT_BYTES)], a_session(turn_count=1, step_count=1)).step_count == 1


def test_evidence_may_point_at_kept_steps_alone() -> None:
    assert a_snapshot().step_seqs == {3, 4, 5}


def test_since_holds_steps_messages_and_notes_while_the_handoff_is_open() -> None:
    added: Turns = [a_step(7), a_message(8), a_note(9)]

    since = Since.of(added, is_open=True)

    assert (since.steps, since.messages, since.notes, since.omitted) == ((a_step(7),), (a_message(8),), (a_note(9),), 0)


def test_since_holds_notes_alone_once_the_handoff_is_closed() -> None:
    since = Since.of([a_step(7), a_message(8), a_note(9)], is_open=False)

    assert (since.steps, since.messages, since.notes, since.omitted) == ((), (), (a_note(9),), 0)


@given(drafts.map(numbered))
def test_since_is_at_most_64_kb(turns: Turns) -> None:
    since = Since.of(turns, is_open=True)

    assert len(since.model_dump_json().encode()) <= SNAPSHOT_BYTES + len(
        '{"steps":[],"messages":[],"notes":[],"omitted":99}'
    )
    assert since.omitted == len(turns) - len(since.steps) - len(since.messages)
