"""Remove somebody from the account's directory."""

from chalicelib import log
from chalicelib.actions.retry_stale import retry_stale
from chalicelib.domain.errors import Forbidden, NotFound
from chalicelib.domain.instants import Instant
from chalicelib.domain.people import Caller
from chalicelib.store import connections, departures, engineer_removal, engineers
from chalicelib.store.stale_write import StaleWrite


def remove_engineer(engineer_id: str, *, by: Caller, at: Instant) -> None:
    """Remove somebody else from the directory: from now on nothing is sent to them and no list has them.

    They keep the cases that they hold until somebody takes these. Their open pages get no more events. They are not
    locked out: a new sign-in puts them into the directory again (ADR 0061). A repeated removal succeeds, and completes
    an interrupted one. Raises Forbidden for the caller's own id, NotFound for somebody who never was in the directory,
    and Unavailable.
    """
    if engineer_id == by.id:
        raise Forbidden("You cannot remove yourself. Ask another admin.")

    def remove() -> None:
        engineer = engineers.find(by.account_id, engineer_id)
        if engineer is None:
            if departures.find(by.account_id, engineer_id) is None:
                raise NotFound("engineer")
        elif not engineer_removal.remove(by.account_id, engineer, at):
            raise StaleWrite

    retry_stale(remove, what="The directory")
    connections.remove_all_of(by.account_id, engineer_id)
    log.info("engineer removed", engineer_id=engineer_id)
