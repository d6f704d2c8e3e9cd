"""What an account's policy permits the AI to see, read again before each call to the model (ADR 0047)."""

from datetime import datetime
from functools import cached_property

from chalicelib.actions.ai_budget import spend_message
from chalicelib.domain.ai_switch import may_ai_see
from chalicelib.domain.clock.policy import Policy
from chalicelib.domain.people import Caller
from chalicelib.domain.session import Session
from chalicelib.store import policies, sessions


def may_assess(account_id: str, session_id: str) -> bool:
    """Whether the AI may see the session, as its ticket is known now.

    Raises Unavailable, or what the database raises, when the policy cannot be read: then nothing may be sent.
    """
    session = sessions.load(account_id, session_id)
    return may_ai_see(policies.load_readable(account_id), session.ticket)


def is_ai_on(session: Session) -> bool:
    """Whether the AI is on for the session, for people to be shown: by a policy read at most a minute ago."""
    return may_ai_see(policies.find(session.account_id), session.ticket)


class MessagePermission:
    """Whether one message may go to the model: permitted by the policy, and counted against the limits first."""

    def __init__(self, by: Caller, at: datetime) -> None:
        self._by, self._at = by, at
        self._is_counted = False

    def count(self, session: Session) -> None:
        """Count the message once, and not at all where the AI is off.

        Raises TooManyRequests, with nothing counted, over a limit, and Unavailable when the policy cannot be read.
        """
        if not self._is_counted and may_ai_see(self._policy, session.ticket):
            spend_message(self._by, self._at)
            self._is_counted = True

    def may_reply(self, session: Session) -> bool:
        """Whether the message was counted, and the AI may see the session as it is by now."""
        return self._is_counted and may_ai_see(self._policy, session.ticket)

    @cached_property
    def _policy(self) -> Policy:
        return policies.load_readable(self._by.account_id)
