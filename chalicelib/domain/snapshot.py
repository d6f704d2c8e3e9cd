"""The frozen picture of a session inside a handoff."""

from collections.abc import Iterable, Sequence

from chalicelib.domain.correction import Corrected, Correction
from chalicelib.domain.frozen_model import FrozenModel
from chalicelib.domain.instants import Instant
from chalicelib.domain.session import Session
from chalicelib.domain.ticket_facts import TicketFacts
from chalicelib.domain.turn import Message, Note, Step, Turn
from chalicelib.domain.turn_selection import most_telling

SNAPSHOT_BYTES = 64 * 1024
"""The most that a snapshot may weigh, as UTF-8 JSON: a DynamoDB item ends at 400 KB."""


class Snapshot(FrozenModel):
    """What a session looked like when it was handed off. `omitted` counts the turns left out.

    `last_seq` is the `seq` of the session's last turn at that time: what has a higher one was added since.
    `ticket` is what was known of the ticket then.
    """

    problem_summary: str
    problem_domain: str | None
    psa_ticket_id: str | None
    ticket: TicketFacts | None = None
    step_count: int
    steps: tuple[Step, ...]
    messages: tuple[Message, ...]
    notes: tuple[Note, ...]
    omitted: int
    last_seq: int
    taken_at: Instant

    @property
    def step_seqs(self) -> frozenset[int]:
        """The `seq` numbers that evidence may point at; a step that was struck out is none."""
        return frozenset(step.seq for step in self.steps if step.struck is None)

    @property
    def turns(self) -> dict[int, Turn]:
        """The turns by their `seq`."""
        found: list[Turn] = [*self.steps, *self.messages, *self.notes]
        return {turn.seq: turn for turn in found}

    def applying(self, corrections: Iterable[Correction]) -> "Snapshot":
        """Return the snapshot as it would be, had it been taken after the corrections."""
        found = list(corrections)
        facts = {"ticket": None} if any(one.of is Corrected.TICKET for one in found) else {}  # of the wrong ticket
        turns = {one.seq: one.turn for one in found if one.turn is not None}
        return self.model_copy(
            update={
                **facts,
                **{one.of.value: one.now for one in found if one.is_of_field},
                "steps": tuple(turns.get(step.seq, step) for step in self.steps),
                "messages": tuple(turns.get(message.seq, message) for message in self.messages),
                "notes": tuple(turns.get(note.seq, note) for note in self.notes),
            }
        )

    @property
    def client_name(self) -> str | None:
        """The company whom the ticket is for; None where that is not known."""
        return self.ticket.client.name if self.ticket and self.ticket.client else None

    @property
    def contact_name(self) -> str | None:
        """The person whom the ticket is for; None where that is not known."""
        return self.ticket.contact.name if self.ticket and self.ticket.contact else None

    @property
    def own_note(self) -> Note | None:
        """What the sender wrote when handing the session off."""
        last = self.notes[-1] if self.notes else None
        return last if last and (last.seq, last.created_at) == (self.last_seq, self.taken_at) else None


class Since(FrozenModel):
    """What was added to the session after the snapshot, and corrected of it, while the handoff was open, oldest first.

    Of a closed handoff the notes and corrections alone. `omitted` counts the turns left out.
    """

    corrections: tuple[Correction, ...] = ()
    steps: tuple[Step, ...]
    messages: tuple[Message, ...]
    notes: tuple[Note, ...]
    omitted: int

    @property
    def ticket_correction(self) -> Correction | None:
        """The last correction of the ticket; None without one, or when it was changed back."""
        return next((one for one in self.corrections if one.of is Corrected.TICKET), None)

    @property
    def turns(self) -> tuple[Turn, ...]:
        """All turns, by kind."""
        return (*self.steps, *self.messages, *self.notes)

    @classmethod
    def of(cls, turns: Sequence[Turn], corrections: Sequence[Correction] = (), *, is_open: bool) -> "Since":
        """Return as many of `turns`, given oldest first, as fit into 64 KB, chosen as for a snapshot.

        Of the corrections the newest come before them, in half the room.
        """
        shown = [turn for turn in turns if is_open or isinstance(turn, Note)]
        told = _newest_fitting(corrections, SNAPSHOT_BYTES // 2)
        room = SNAPSHOT_BYTES - sum(map(_weight, told))
        kept = most_telling(shown[::-1], room, lambda turn: _weight(turn) + len(","))
        return cls(
            corrections=told,
            steps=tuple(turn for turn in kept if isinstance(turn, Step)),
            messages=tuple(turn for turn in kept if isinstance(turn, Message)),
            notes=tuple(turn for turn in kept if isinstance(turn, Note)),
            omitted=len(shown) - len(kept) + len(corrections) - len(told),
        )


def take_snapshot(session: Session, newest_turns: Sequence[Turn], note: Note | None = None, *, at: Instant) -> Snapshot:
    """Freeze `session` with as many of its turns, given newest first, as fit into 64 KB.

    `note` is what its holder writes with the hand off, the session's last turn; it is kept whole. Notes and every step
    come before messages: what was tried is never pushed out by a pasted log. Long texts are cut where they have to be.
    """
    turns = [note, *newest_turns] if note else [*newest_turns]
    turn_count = session.turn_count + (1 if note else 0)
    frame = Snapshot(
        problem_summary=session.problem_summary,
        problem_domain=session.problem_domain,
        psa_ticket_id=session.psa_ticket_id,
        ticket=session.ticket,
        step_count=session.step_count,
        steps=(),
        messages=(),
        notes=(),
        omitted=turn_count,
        last_seq=turn_count,
        taken_at=at,
    )
    kept = most_telling(turns, SNAPSHOT_BYTES - _weight(frame), lambda turn: _weight(turn) + len(","), note)
    return frame.model_copy(
        update={
            "steps": tuple(turn for turn in kept if isinstance(turn, Step)),
            "messages": tuple(turn for turn in kept if isinstance(turn, Message)),
            "notes": tuple(turn for turn in kept if isinstance(turn, Note)),
            "omitted": turn_count - len(kept),
        }
    )


def corrections_of(snapshot: Snapshot, found: Iterable[Correction]) -> list[Correction]:
    """Return the corrections of what `snapshot` says, oldest first, each field's with what was handed over.

    What was changed back, and turns that are not in the snapshot, are left out.
    """
    of_fields = (
        one.model_copy(update={"was": getattr(snapshot, one.of.value)}) if one.is_of_field else one for one in found
    )
    told = [one for one in of_fields if (one.was != one.now if one.is_of_field else one.seq in snapshot.turns)]
    return sorted(told, key=lambda one: one.at)


def _newest_fitting(corrections: Sequence[Correction], room: int) -> tuple[Correction, ...]:
    kept: list[Correction] = []
    for correction in reversed(corrections):
        room -= _weight(correction)
        if room < 0:
            break
        kept.append(correction)
    return tuple(reversed(kept))


def _weight(value: FrozenModel) -> int:
    return len(value.model_dump_json().encode())
