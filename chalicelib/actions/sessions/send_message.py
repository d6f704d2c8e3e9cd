"""Send a message to the assistant and get its reply."""

from typing import NamedTuple
from uuid import uuid5

from chalicelib import log
from chalicelib.actions.ai_permission import MessagePermission
from chalicelib.actions.sessions.append_turn import append_turn
from chalicelib.contracts.requests import MessageRequest
from chalicelib.domain.assessment import AssessmentError
from chalicelib.domain.errors import DomainError, TooManyRequests
from chalicelib.domain.instants import Instant
from chalicelib.domain.keyed_request import REQUEST_NAMESPACE, KeyedRequest
from chalicelib.domain.people import Caller
from chalicelib.domain.session import Session
from chalicelib.domain.turn import ASSISTANT, Author, Message, Turn
from chalicelib.store import sessions, turns

REPLY_WITHIN_S = 23.0
"""The longest wait for the model; the answer as a whole is promised within 25 s, and API Gateway hangs up after 29."""


class Exchange(NamedTuple):
    """A message, and the reply where there is one. `reply_error` says why there is none."""

    message: Message
    reply: Message | None
    reply_error: str | None = None


def send_message(
    session_id: str, body: MessageRequest, *, by: Caller, at: Instant, request: KeyedRequest | None = None
) -> Exchange:
    """Append the caller's message, then the assistant's reply. The message is kept whether or not a reply comes.

    Raises what `append_turn` raises, and before anything is written TooManyRequests, over a limit on AI calls, and
    Unavailable when the policy that may have the AI off cannot be read. A repeat of a message that was kept gets its
    reply, or `budget` in place of one, instead of the former. Where the AI is off the message is kept, not counted, and
    nothing is sent.
    """
    permission = MessagePermission(by, at)

    def make(session: Session) -> Message:
        permission.count(session)
        return Message(
            seq=session.turn_count + 1,
            author=Author.engineer(by.person),
            text=body.text,
            created_at=at,
            epoch=session.epoch,
        )

    try:
        message = append_turn(session_id, make, by=by, epoch=body.epoch, request=request)
    except TooManyRequests:
        if not (request and (kept := turns.find_made_by(by.account_id, session_id, request))):
            raise
        return _kept_over_budget(session_id, kept, by=by)
    if not isinstance(message, Message):
        raise TypeError("an idempotency key of a message names a step")
    if request and (reply := _find_reply(session_id, message, by=by)):
        return Exchange(message, reply)
    return _ask(session_id, message, permission, by=by, at=at)


def _kept_over_budget(session_id: str, kept: Turn, *, by: Caller) -> Exchange:
    """Return a message that an earlier request has kept; the model is not called for it."""
    if not isinstance(kept, Message):
        raise TypeError("an idempotency key of a message names a step")
    reply = _find_reply(session_id, kept, by=by)
    return Exchange(kept, reply, None if reply else AssessmentError.BUDGET.value)


def _ask(session_id: str, message: Message, permission: MessagePermission, *, by: Caller, at: Instant) -> Exchange:
    from chalicelib.adapters.ai import claude

    session = sessions.load(by.account_id, session_id)
    try:
        session.require_writable(by.person, message.epoch)
    except DomainError:  # as when a message comes again long after its session was handed off
        return Exchange(message, None, "session_moved_on")
    if not permission.may_reply(session):
        log.info("no reply", session_id=session_id, reason=AssessmentError.OFF.value)
        return Exchange(message, None, AssessmentError.OFF.value)
    newest = turns.newest_with_steps(session)
    try:
        text = claude.reply(session.problem_summary, newest[::-1], deadline_s=REPLY_WITHIN_S)
    except claude.AiUnavailable as fault:
        log.info("no reply", session_id=session_id, reason=fault.reason.value)
        return Exchange(message, None, fault.reason.value)
    try:
        return Exchange(message, _keep(session_id, message, text, by=by, at=at))
    except DomainError as refusal:
        log.info("reply came too late", session_id=session_id, refusal=type(refusal).__name__)
        return Exchange(message, None, "session_moved_on")


def _find_reply(session_id: str, message: Message, *, by: Caller) -> Message | None:
    made = turns.find_made_by(by.account_id, session_id, _reply_request(session_id, message, by))
    return made if isinstance(made, Message) else None


def _keep(session_id: str, message: Message, text: str, *, by: Caller, at: Instant) -> Message:
    def make(session: Session) -> Message:
        return Message(
            seq=session.turn_count + 1,
            author=ASSISTANT,
            text=text,
            created_at=max(at, session.updated_at),  # a step may have been noted while the assistant thought
            epoch=session.epoch,
            reply_to=message.seq,
        )

    once = _reply_request(session_id, message, by)
    reply = append_turn(session_id, make, by=by, epoch=message.epoch, request=once)
    if not isinstance(reply, Message):
        raise TypeError("a reply names a step")
    return reply


def _reply_request(session_id: str, message: Message, by: Caller) -> KeyedRequest:
    """The request that makes the reply to `message`, the same for every caller: so there is one at most."""
    name = f"reply/{by.account_id}/{session_id}/{message.seq}"
    return KeyedRequest(id=uuid5(REQUEST_NAMESPACE, name), sha256="")
