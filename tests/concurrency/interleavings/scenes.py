"""The case in which orders are tried: one session of Jane's, and everything that people may do to it."""

import hashlib
import json
from collections.abc import Callable
from typing import Any, NamedTuple

from chalicelib.domain.correction import Correction
from chalicelib.domain.handoff import Handoff, Intent, Priority
from chalicelib.domain.handoff_detail import HandoffDetail
from chalicelib.domain.people import Caller
from chalicelib.domain.session import Session
from chalicelib.domain.turn import Turn
from chalicelib.store import assessments, handoffs, policies, sessions, turns
from chalicelib.store.handoff_rows import handoff_in
from tests.support.assessments import an_assessment
from tests.support.builders import ALEX, JANE, SAM, minute
from tests.support.scenarios import session_texts
from tests.support.scenarios.actions import claim, hand_off, open_case, release, resolve, try_step, undo, withdraw
from tests.support.scenarios.store import BETTER
from tests.support.tables import PREFIX, moto_tables, restore_tables, save_tables

Act = Callable[[], object]
Image = dict[str, Any]

_PLAIN: dict[str, object] = {"engineer_notes": "", "priority": Priority.NORMAL}


class Seen(NamedTuple):
    """An item as it was at some time."""

    digest: str
    image: Image


class ExploredCase:
    """One session with its handoff, and a memory of every image that the handoffs had."""

    has_side_effects = False
    handed_off: HandoffDetail

    def __init__(
        self,
        *,
        claimed_by: Caller | None = None,
        is_handed_off: bool = True,
        prepare: Callable[["ExploredCase"], None] | None = None,
        **asked: object,
    ) -> None:
        """`prepare` is what happens to the case before it is explored; `asked` is said when it is handed off."""
        self.session_id, self.epoch, self.handoff_id = open_case(ticket_id=None).id, 1, ""
        self.step(JANE)()
        if is_handed_off:
            self.handed_off = hand_off(self.session_id, at_minute=2, **(_PLAIN | asked))  # type: ignore[arg-type]
            self.handoff_id = self.handed_off.id
            self.epoch += 1
        if claimed_by:
            claim(self.handed_off, claimed_by, at_minute=3)
            self.epoch += 1
        if prepare:
            prepare(self)
        self._seen: dict[str, tuple[Seen, ...]] = {}
        self.record_images()

    def save(self) -> Any:
        """Return what the tables hold, and every image that the handoffs had."""
        return save_tables(), dict(self._seen)

    def restore(self, saved: Any) -> None:
        tables, seen = saved
        restore_tables(tables)
        self._seen = dict(seen)

    def digest(self) -> str:
        """Return a digest of what the tables hold, and of every image that the handoffs had."""
        seen = {id_: [digest for digest, _ in images] for id_, images in self._seen.items()}
        return f"{digest_of_tables()} {json.dumps(seen, sort_keys=True)}"

    def begin_process(self) -> None:
        """Forget the policies, as a process that has just started knows none."""
        policies.forget()

    def record_images(self) -> None:
        """Record the handoffs as they stand, as the stream would."""
        for seen in _seen_in(f"{PREFIX}handoffs"):
            handoff_id = seen.image["handoff_id"]["S"]
            before = self._seen.get(handoff_id, ())
            if not before or before[-1].digest != seen.digest:
                self._seen[handoff_id] = (*before, seen)

    @property
    def images(self) -> dict[str, list[Handoff]]:
        """All that each handoff has been."""
        return {id_: [handoff_in(seen.image) for seen in images] for id_, images in self._seen.items()}

    def session(self) -> Session:
        return sessions.load(JANE.account_id, self.session_id)

    def handoff(self, handoff_id: str) -> HandoffDetail:
        return handoffs.load_detail(JANE.account_id, self.session_id, handoff_id)

    def corrections(self, handoff_id: str) -> list[Correction]:
        """What was corrected of what the handoff handed over."""
        return handoffs.read_parts(JANE.account_id, handoff_id).corrections

    def turns(self) -> list[Turn]:
        return turns.newest(JANE.account_id, self.session_id)[::-1]

    def claim(self, by: Caller) -> Act:
        return lambda: claim(self.handed_off, by, at_minute=10)

    def withdraw(self) -> Act:
        return lambda: withdraw(self.handed_off)

    def release(self, by: Caller) -> Act:
        return lambda: release(self.handed_off, by, at_minute=12)

    def undo(self, by: Caller) -> Act:
        return lambda: undo(self.handed_off, by, epoch=self.epoch, since_minute=3)

    def step(self, by: Caller) -> Act:
        return lambda: try_step(self.session_id, by=by, epoch=self.epoch, at_minute=1)

    def hand_off(self, by: Caller, **asked: object) -> Act:
        given = {"priority": Priority.NORMAL, **asked}
        return lambda: hand_off(self.session_id, by, epoch=self.epoch, at_minute=13, **given)  # type: ignore[arg-type]

    def resolve(self, by: Caller) -> Act:
        return lambda: resolve(self.session_id, by, epoch=self.epoch)

    def leave_note(self, by: Caller) -> Act:
        return lambda: session_texts.leave_note(self.session_id, 9, by)

    def correct_step(self, by: Caller) -> Act:
        return lambda: session_texts.change_turn(self.session_id, 9, by)

    def correct_summary(self, by: Caller) -> Act:
        return lambda: session_texts.correct_summary(self.session_id, 9, by, self.epoch)

    def enrich(self, lease_id: str) -> Act:
        def run() -> bool:
            lease = assessments.take_lease(JANE.account_id, self.handoff_id, lease_id, minute(5), minute(7))
            if lease is None:
                return False
            return assessments.store_ready(lease.handoff, lease_id, an_assessment(), BETTER, minute(6))

        return run


def pool_when_unclaimed(case: ExploredCase) -> dict[str, Act]:
    """What people may do at once to a handoff that nobody has claimed."""
    return {
        "Sam claims": case.claim(SAM),
        "Alex claims": case.claim(ALEX),
        "Sam claims again": case.claim(SAM),
        "Jane claims her own": case.claim(JANE),
        "Jane withdraws": case.withdraw(),
        "Jane notes a step": case.step(JANE),
        "the AI answers": case.enrich("first"),
        "the AI answers again": case.enrich("second"),
        "Jane corrects a step": case.correct_step(JANE),
        "Jane leaves a note": case.leave_note(JANE),
    }


def pool_when_claimed(case: ExploredCase) -> dict[str, Act]:
    """What people may do at once to a session that Sam holds by claim."""
    return {
        "Sam undoes": case.undo(SAM),
        "Sam undoes again": case.undo(SAM),
        "Sam releases": case.release(SAM),
        "Alex claims": case.claim(ALEX),
        "Sam resolves": case.resolve(SAM),
        "Sam hands off": case.hand_off(SAM),
        "Sam notes a step": case.step(SAM),
        "Jane withdraws": case.withdraw(),
        "the AI answers": case.enrich("late"),
        "Sam corrects the summary": case.correct_summary(SAM),
        "Jane corrects a step": case.correct_step(JANE),
    }


def pool_when_active(case: ExploredCase) -> dict[str, Act]:
    """What Jane may do at once, in several windows, to the session that she holds."""
    return {
        "Jane escalates": case.hand_off(JANE),
        "Jane parks": case.hand_off(JANE, intent=Intent.PARK),
        "Jane notes a step": case.step(JANE),
        "Jane resolves": case.resolve(JANE),
        "Jane corrects a step": case.correct_step(JANE),
        "Jane corrects the summary": case.correct_summary(JANE),
    }


def digest_of_tables() -> str:
    """Return a digest of what all tables hold, in whatever order it was written."""
    return json.dumps({name: sorted(seen.digest for seen in _seen_in(name)) for name in moto_tables()})


def _seen_in(name: str) -> list[Seen]:
    return [_seen(item) for item in moto_tables()[name].all_items()]


def _seen(item: Any) -> Seen:
    """Compute an item's digest once: the tests' moto replaces an item that changes by another object."""
    if (known := vars(item).get("seen")) is None:
        image = item.to_json()["Attributes"]
        digest = hashlib.sha256(json.dumps(image, sort_keys=True).encode()).hexdigest()
        known = item.seen = Seen(digest, image)
    found: Seen = known
    return found
