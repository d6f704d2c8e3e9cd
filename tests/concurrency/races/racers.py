"""Those who race for a handoff, over HTTP or in this process, and how their answers read in a history."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple, Protocol

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
from chalicelib.domain.people import Caller
from chalicelib.store import stale_write
from tests.concurrency.races.history import Answer, Broken, LostClaim, RefusedClaim, Released, Saw, Tenure, Unknown, Won


class Place(NamedTuple):
    """Where a handoff is."""

    session_id: str
    handoff_id: str


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
    client: httpx2.Client

    def claim(self, place: Place) -> Answer:
        """Press the button."""
        return self._ask("POST", place, "/claim", lambda receipt: Won(_tenure(receipt)))

    def release(self, place: Place) -> Answer:
        """Put the session back."""
        return self._ask("POST", place, "/release", lambda _: Released())

    def read(self, place: Place) -> Answer:
        """Read the handoff."""
        return self._ask("GET", place, "", lambda it: Saw(_tenure(it) if it["claimed_by"] else None, it["claim_epoch"]))

    def _ask(self, method: str, place: Place, verb: str, accept: Callable[[Any], Answer]) -> Answer:
        path = f"/sessions/{place.session_id}/handoffs/{place.handoff_id}{verb}"
        try:
            response = self.client.request(method, path, json={} if method == "POST" else None)
        except httpx2.TransportError:
            return Unknown()
        body = response.json()
        match response.status_code, body.get("code"):
            case 200, None:
                return accept(body)
            case 409, "already_claimed":
                return LostClaim(_tenure(body))
            case 403, "own_handoff":
                return RefusedClaim()
            case status, code:
                return Broken(f"{status} {code}: {body.get('detail')}")


def _tenure(body: Any) -> Tenure:
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
        return _told(lambda: Won(_holding(self.way_to_claim(*place, by=self.caller, at=_now()))))

    def release(self, place: Place) -> Answer:
        """Release."""

        def release() -> Answer:
            release_handoff(*place, "", by=self.caller, at=_now())
            return Released()

        return _told(release)

    def read(self, place: Place) -> Answer:
        """Read the handoff."""

        def read() -> Answer:
            handoff = read_handoff(*place, by=self.caller)
            return Saw(_holding(handoff.receipt) if handoff.claimed_by else None, handoff.claim_epoch)

        return _told(read)


def _told(ask: Callable[[], Answer]) -> Answer:
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
