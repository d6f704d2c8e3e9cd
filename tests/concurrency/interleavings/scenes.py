"""The little world in which orders are tried: one session of Jane's, and everything that people may do to it."""

import copy
import hashlib
import json
import re
from collections.abc import Callable
from typing import Any

from chalicelib.actions.handoffs.claim_handoff import claim_handoff
from chalicelib.actions.handoffs.hand_off_session import hand_off_session
from chalicelib.actions.handoffs.release_handoff import release_handoff
from chalicelib.actions.handoffs.withdraw_handoff import withdraw_handoff
from chalicelib.actions.sessions.add_step import add_step
from chalicelib.actions.sessions.open_session import open_session
from chalicelib.actions.sessions.resolve_session import resolve_session
from chalicelib.contracts.requests import HandOffRequest, OpenSessionRequest, ResolveRequest, StepRequest
from chalicelib.domain.handoff import Handoff, Intent
from chalicelib.domain.handoff_detail import HandoffDetail
from chalicelib.domain.people import Caller
from chalicelib.domain.session import Session
from chalicelib.domain.turn import Message, Step, StepOutcome
from chalicelib.store import assessments, handoffs, sessions, turns
from chalicelib.store.handoff_rows import handoff_in
from tests.support.builders import ALEX, JANE, SAM, SUMMARY, an_assessment, minute
from tests.support.dynamodb.request_scheduler import Stage
from tests.support.store_scenarios import BETTER
from tests.support.tables import PREFIX, forget_history, moto_tables

Act = Callable[[], object]
Image = dict[str, Any]

UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
SHARD = re.compile(r'"shard": {"N": "\d+"}')


class World:
    """One session with its handoff, and a memory of every image that the handoffs had."""

    def __init__(self, *, claimed_by: Caller | None = None, is_handed_off: bool = True) -> None:
        opened = open_session(OpenSessionRequest(problem_summary=SUMMARY), by=JANE, at=minute(0))
        self.session_id, self.epoch, self.handoff_id = opened.id, 1, ""
        self.step(JANE)()
        if is_handed_off:
            asked = HandOffRequest(intent=Intent.ESCALATE)
            self.handoff_id = hand_off_session(self.session_id, asked, by=JANE, at=minute(2)).id
            self.epoch += 1
        if claimed_by:
            claim_handoff(self.session_id, self.handoff_id, by=claimed_by, at=minute(3))
            self.epoch += 1
        self._tables = {name: copy.deepcopy(table.items) for name, table in moto_tables().items()}
        self._seen: dict[str, list[Image]] = {}

    def reset(self) -> None:
        """Put everything back to how it was made."""
        for name, table in moto_tables().items():
            table.items = copy.deepcopy(self._tables[name])
        forget_history()
        self._seen = {}
        self.look()

    def look(self) -> None:
        """Remember the handoffs as they stand, as the stream would."""
        for image in _images_of(f"{PREFIX}handoffs"):
            seen = self._seen.setdefault(image["handoff_id"]["S"], [])
            if not seen or seen[-1] != image:
                seen.append(image)

    def moment(self, stage: Stage) -> str:
        """Tell what came about: a digest of what each action asked and was answered, and of what the tables hold."""
        held = {name: _images_of(name) for name in self._tables}
        told = json.dumps([stage.exchanges, held, self._seen])
        return hashlib.sha256(_with_plain_ids(told).encode()).hexdigest()

    @property
    def images(self) -> dict[str, list[Handoff]]:
        """All that each handoff has been."""
        return {id_: [handoff_in(image) for image in images] for id_, images in self._seen.items()}

    def session(self) -> Session:
        return sessions.load(JANE.account_id, self.session_id)

    def handoff(self, handoff_id: str) -> HandoffDetail:
        return handoffs.load_detail(JANE.account_id, self.session_id, handoff_id)

    def turns(self) -> list[Message | Step]:
        return turns.newest(JANE.account_id, self.session_id)[::-1]

    def claim(self, by: Caller) -> Act:
        return lambda: claim_handoff(self.session_id, self.handoff_id, by=by, at=minute(10))

    def withdraw(self) -> Act:
        return lambda: withdraw_handoff(self.session_id, self.handoff_id, by=JANE, at=minute(11))

    def release(self, by: Caller) -> Act:
        return lambda: release_handoff(self.session_id, self.handoff_id, "Not mine.", by=by, at=minute(12))

    def step(self, by: Caller) -> Act:
        body = StepRequest(kind="step", action="Looked again", outcome=StepOutcome.FAILED, epoch=self.epoch)
        return lambda: add_step(self.session_id, body, by=by, at=minute(1))

    def hand_off(self, by: Caller, intent: Intent = Intent.ESCALATE) -> Act:
        body = HandOffRequest(intent=intent, epoch=self.epoch)
        return lambda: hand_off_session(self.session_id, body, by=by, at=minute(13))

    def resolve(self, by: Caller) -> Act:
        body = ResolveRequest(resolution="Reset the profile.", epoch=self.epoch)
        return lambda: resolve_session(self.session_id, body, by=by, at=minute(14))

    def enrich(self, lease_id: str) -> Act:
        def run() -> bool:
            lease = assessments.take_lease(JANE.account_id, self.handoff_id, lease_id, minute(5), minute(7))
            if lease is None:
                return False
            return assessments.store_ready(lease.handoff, lease_id, an_assessment(), BETTER, minute(6))

        return run


def pool_when_unclaimed(world: World) -> dict[str, Act]:
    """What people may do at once to a handoff that nobody has claimed."""
    return {
        "Sam claims": world.claim(SAM),
        "Alex claims": world.claim(ALEX),
        "Sam claims again": world.claim(SAM),
        "Jane claims her own": world.claim(JANE),
        "Jane withdraws": world.withdraw(),
        "Jane notes a step": world.step(JANE),
        "the AI answers": world.enrich("first"),
        "the AI answers again": world.enrich("second"),
    }


def pool_when_claimed(world: World) -> dict[str, Act]:
    """What people may do at once to a session that Sam holds by claim."""
    return {
        "Sam releases": world.release(SAM),
        "Alex claims": world.claim(ALEX),
        "Sam resolves": world.resolve(SAM),
        "Sam hands off": world.hand_off(SAM),
        "Sam notes a step": world.step(SAM),
        "Jane withdraws": world.withdraw(),
        "the AI answers": world.enrich("late"),
    }


def pool_when_active(world: World) -> dict[str, Act]:
    """What Jane may do at once, in several windows, to the session that she holds."""
    return {
        "Jane escalates": world.hand_off(JANE),
        "Jane parks": world.hand_off(JANE, Intent.PARK),
        "Jane notes a step": world.step(JANE),
        "Jane resolves": world.resolve(JANE),
    }


def _with_plain_ids(told: str) -> str:
    """Name the ids that each run makes by their turn, and leave out the shard, which follows from an id."""
    names: dict[str, str] = {}
    told = SHARD.sub("", told)
    return UUID.sub(lambda found: names.setdefault(found[0], f"id {len(names)}"), told)


def _images_of(name: str) -> list[Image]:
    return [item.to_json()["Attributes"] for item in moto_tables()[name].all_items()]
