"""The AI budget: what the limits of an account allow, asked before each call to the model."""

from datetime import datetime

from chalicelib import log
from chalicelib.domain.limits import refused_message
from chalicelib.domain.people import Caller
from chalicelib.store import limits


def spend_message(by: Caller, at: datetime) -> None:
    """Count a message of `by` to the assistant. Raises TooManyRequests, with nothing counted, over a limit."""
    allowed = limits.find(by.account_id)
    if spent := limits.spend_message(by, allowed, at):
        log.count("MessagesOverLimit", Limit=spent.value)
        raise refused_message(spent, allowed, at)


def may_assess(account_id: str, at: datetime) -> bool:
    """Count an assessment's call; return False, with nothing counted, when the account's day is used up."""
    return limits.spend_call(account_id, limits.find(account_id), at)
