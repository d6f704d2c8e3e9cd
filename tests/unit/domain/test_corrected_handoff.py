"""What a corrected case looks like in a handoff: documentation, the AI's input, the older package."""

from chalicelib.domain.correction import Corrected, Correction
from chalicelib.domain.documentation import document, record_of
from chalicelib.domain.handoff_detail import HandoffDetail
from chalicelib.domain.snapshot import SNAPSHOT_BYTES, Since, corrections_of
from chalicelib.domain.turn import Struck
from tests.support.builders import JANE, SAM, a_handoff, a_note, a_snapshot, a_step, minute

WRONG = Struck(by=JANE.person, reason="That was *another* laptop", at=minute(8))


def corrected(*corrections: Correction) -> HandoffDetail:
    handoff = a_handoff()
    since = Since.of((), corrections_of(handoff.snapshot, corrections), is_open=True)
    return handoff.model_copy(update={"since": since})


def of_summary(now: str, at_minute: int = 21) -> Correction:
    return Correction(of=Corrected.SUMMARY, now=now, by=SAM.person, at=minute(at_minute))


def test_step_that_was_struck_out_is_documented_as_withdrawn_and_no_evidence() -> None:
    snapshot = a_snapshot(steps=(a_step(3, "Swapped the cable", struck=WRONG), a_step(4)))
    handoff = a_handoff(snapshot=snapshot)

    assert "1. Swapped the cable: That was \\*another\\* laptop (withdrawn)" in document(handoff)
    assert [attempt.is_withdrawn for attempt in record_of(handoff).tried] == [True, False]
    assert handoff.snapshot.step_seqs == {4}
    assert handoff.package.steps_tried == ("Restarted Outlook (no effect)",)


def test_note_that_was_struck_out_is_documented_by_its_reason_alone() -> None:
    note = a_note(6, "The password is on the desk", struck=WRONG)

    documented = document(a_handoff(snapshot=a_snapshot(notes=(note,))))

    assert "Withdrawn: That was" in documented
    assert "on the desk" not in documented


def test_correction_stands_before_what_was_handed_over() -> None:
    documented = document(corrected(of_summary("Teams shows no calendar")))

    assert documented.index("Problem changed by Sam") < documented.index("Teams shows no calendar")
    assert documented.index("Teams shows no calendar") < documented.index("Outlook keeps asking")


def test_assessment_is_made_of_the_corrected_case() -> None:
    step = a_step(3, "Swapped the dock", edited_at=minute(21))
    handoff = corrected(Correction.of_turn(step, by=JANE.person, at=minute(21)), of_summary("Teams shows no calendar"))

    assert handoff.as_it_stands.problem_summary == "Teams shows no calendar"
    assert step in handoff.as_it_stands.steps
    assert step not in handoff.snapshot.steps


def test_corrections_of_turns_that_were_not_handed_over_are_left_out() -> None:
    assert corrected(Correction.of_turn(a_step(99), by=JANE.person, at=minute(21))).since.corrections == ()


def test_corrections_take_half_the_room_at_most_newest_first() -> None:
    long = [of_summary(str(number) * 2_000, number) for number in range(10, 60)]

    since = Since.of([a_step(7)], long, is_open=True)

    assert since.corrections[-1] == long[-1]
    assert since.steps == (a_step(7),)
    assert len(since.model_dump_json().encode()) < SNAPSHOT_BYTES
    assert since.omitted == len(long) - len(since.corrections) > 0
