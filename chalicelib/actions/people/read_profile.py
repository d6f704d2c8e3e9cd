"""Return the caller's profile, and add them to the account's directory."""

from chalicelib.domain.instants import Instant
from chalicelib.domain.people import Caller, Engineer
from chalicelib.store import engineers


def read_profile(by: Caller, *, at: Instant) -> Engineer:
    """Return the caller's entry of the directory, written there first where it is new or has changed.

    A person who is new there, or under a new address, gets sessions for the tickets that are already theirs.
    """
    engineer = engineers.enter(by)
    if engineer.needs_ticket_search(at):
        from chalicelib.actions.ticket_sync.ask_for_ticket_search import (
            ask_for_ticket_search,
        )  # lazy: cold start (ADR 0015)

        ask_for_ticket_search(by.account_id, engineer, at=at)
    return engineer
