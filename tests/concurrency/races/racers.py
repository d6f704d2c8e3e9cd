"""Clients that race for a handoff, over HTTP or in this process, and how their answers are recorded in a history."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

import httpx2
from botocore.exceptions import ConnectionError as NoConnection
from botocore.exceptions import HTTPClientError
from pynamodb.exceptions import PynamoDBException

from chalicelib.actions.handoffs.claim_handoff import claim_handoff
from chalicelib.actions.handoffs.read_handoff import read_handoff
from chalicelib.actions.handoffs.release_handoff import release_handoff
from chalicelib.domain.errors import AlreadyClaimed, DomainError, OwnHandoff
from chalicelib.domain.handoff import Receipt
from chalicelib.domain.instants import format_instant, to_milliseconds
from chalicelib.domain.people import Caller, Role
from chalicelib.store import stale_write
from infra.local.api import Api, Json, Refused
from tests.concurrency.races.history import Answer, Broken, LostClaim, RefusedClaim, Released, Saw, Tenure, Unknown, Won
from tests.support.builders import a_caller
from tests.support.scenarios import http
from tests.support.scenarios.actions import Place, hand_off, open_case, place_of


class Racer(Protocol):
    """Somebody who acts on handoffs and tells what came of it."""

    @property
    def who(self) -> str:
        """The id that answers name them by."""

    def claim(self, place: Place) -> Answer:
        """Try to pick the session up."""

    def release(self, place: Place) -> Answer:
        """Put it back."""

    def read(self, place: Place) -> Answer:
        """Look who has it."""


@dataclass(frozen=True)
class HttpRacer:
    """Speaks to the deployed API with a token of their own."""

    who: str
    api: Api

    def claim(self, place: Place) -> Answer:
        """Press the button."""
        return _answer_of(lambda: Won(_tenure(self.api.post(f"{_path(place)}/claim"))))

    def release(self, place: Place) -> Answer:
        """Put the session back."""

        def release() -> Answer:
            self.api.post(f"{_path(place)}/release")
            return Released()

        return _answer_of(release)

    def read(self, place: Place) -> Answer:
        """Read the handoff."""

        def read() -> Answer:
            seen = self.api.get(_path(place))
            return Saw(_tenure(seen) if seen["claimed_by"] else None, seen["claim_epoch"])

        return _answer_of(read)


def _path(place: Place) -> str:
    return f"/sessions/{place.session_id}/handoffs/{place.handoff_id}"


def _answer_of(ask: Callable[[], Answer]) -> Answer:
    try:
        return ask()
    except httpx2.TransportError:
        return Unknown()
    except Refused as refusal:
        match refusal.status, refusal.problem.get("code"):
            case 409, "already_claimed":
                return LostClaim(_tenure(refusal.problem))
            case 403, "own_handoff":
                return RefusedClaim()
            case _:
                return Broken(str(refusal))


def _tenure(body: Json) -> Tenure:
    return Tenure(body["claimed_by"]["id"], body["claimed_at"])


@dataclass(frozen=True)
class InProcessRacer:
    """Calls the actions themselves; the way to claim can be another one, to see what a wrong one would do."""

    caller: Caller
    way_to_claim: Callable[..., Receipt] = claim_handoff

    @property
    def who(self) -> str:
        """The caller's id."""
        return self.caller.id

    def claim(self, place: Place) -> Answer:
        """Claim."""
        return _answer_to(lambda: Won(_holding(self.way_to_claim(*place, by=self.caller, at=_now()))))

    def release(self, place: Place) -> Answer:
        """Release."""

        def release() -> Answer:
            release_handoff(*place, "", by=self.caller, at=_now())
            return Released()

        return _answer_to(release)

    def read(self, place: Place) -> Answer:
        """Read the handoff."""

        def read() -> Answer:
            handoff = read_handoff(*place, by=self.caller)
            return Saw(_holding(handoff.receipt) if handoff.claimed_by else None, handoff.claim_epoch)

        return _answer_to(read)


JANE = InProcessRacer(a_caller("Jane", Role.SENIOR))
"""Who hands off: a senior herself, so that it is not her role that keeps her from claiming."""


def seniors(count: int, way_to_claim: Callable[..., Receipt] = claim_handoff) -> list[InProcessRacer]:
    """That many seniors of Jane's account."""
    return [InProcessRacer(a_caller(f"Senior-{number}", Role.SENIOR), way_to_claim) for number in range(count)]


def escalated_by(sender: InProcessRacer) -> Place:
    """A session that the sender opened and handed off, in this process."""
    return place_of(hand_off(open_case(sender.caller).id, sender.caller))


def escalated_over_http_by(sender: HttpRacer) -> Place:
    """The same over HTTP."""
    handoff = http.a_handoff(sender.api)
    return Place(handoff["session_id"], handoff["id"])


def _answer_to(ask: Callable[[], Answer]) -> Answer:
    try:
        return ask()
    except AlreadyClaimed as refusal:
        return LostClaim(Tenure(refusal.claimed_by.id, format_instant(refusal.claimed_at)))
    except OwnHandoff:
        return RefusedClaim()
    except (DomainError, stale_write.StaleWrite) as refusal:
        return Broken(f"{type(refusal).__name__}: {refusal}")
    except PynamoDBException as failure:
        if isinstance(failure.cause, HTTPClientError | NoConnection):
            return Unknown()
        return Broken(f"{type(failure).__name__}: {failure}")


def _holding(receipt: Receipt) -> Tenure:
    if receipt.claimed_by is None or receipt.claimed_at is None:
        raise ValueError(f"{receipt} names no holder")
    return Tenure(receipt.claimed_by.id, format_instant(receipt.claimed_at))


def _now() -> datetime:
    return to_milliseconds(datetime.now(UTC))
