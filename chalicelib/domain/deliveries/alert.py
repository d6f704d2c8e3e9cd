"""What a message to people says of an event: one title and a few facts, masked here and nowhere else."""

from collections.abc import Sequence

from chalicelib.domain.display_text import tidy_line
from chalicelib.domain.events import Event, EventType
from chalicelib.domain.frozen_model import FrozenModel
from chalicelib.domain.handoff import Handoff, HandoffStatus, Priority
from chalicelib.domain.instants import Instant
from chalicelib.domain.redaction import redact

LONGEST_TITLE = 200
LONGEST_FACT = 120

MOST_NAMED = 6
"""How many events a message that gathers them names; a push message has room for no more in any script."""

WAITING = "Waiting"
"""The fact that says how long a handoff has waited."""

URGENT = ("Priority", Priority.URGENT.value.capitalize())
"""The fact that says that a handoff is urgent."""


_PAGES = {
    EventType.PAGE_TEST: "/notifications",
    EventType.READINESS_WARNING: "/readiness",
    EventType.SHIFT_TAKEN: "/rotas",
    EventType.INTEGRATION_FAILED: "/integrations",
    EventType.INTEGRATION_RECOVERED: "/integrations",
}


def page_of(event: Event) -> str | None:
    """Return the page that a message leads to which is about no case, None for one that is about a case."""
    return "/channels" if "channel_id" in event.data else _PAGES.get(event.type)


class Alert(FrozenModel):
    """A title, facts by name, and the address that the message's one button leads to (None: no button).

    Its texts are single readable lines with secrets masked. Each kind of message escapes them in its own way. A message
    that gathers several events has their titles as numbered facts, and a `heading` for where these are shown below it.
    """

    title: str
    facts: tuple[tuple[str, str], ...]
    url: str | None
    waiting_since: Instant | None = None
    heading: str | None = None

    @classmethod
    def of(cls, event: Event, handoff: Handoff | None, page_url: str, at: Instant) -> "Alert":
        """Return what is said of `event` at `at`: nothing of the session but the title of its notification."""
        title = _line(event.title or event.type.value.replace("_", " "), LONGEST_TITLE)
        if page := page_of(event):
            facts = tuple((_line(name, LONGEST_FACT), _line(what, LONGEST_FACT)) for name, what in _lines(event))
            return cls(title=title, facts=facts, url=page_url + page if page_url else None)
        url = f"{page_url}/pilot/{event.session_id}?pickup=true" if page_url and event.session_id else None
        since = handoff.created_at if handoff and handoff.status is HandoffStatus.UNCLAIMED else None
        return cls(title=title, facts=_facts(handoff, at) if handoff else (), url=url, waiting_since=since)

    @classmethod
    def of_many(cls, told: Sequence[tuple[Event, Handoff | None]], page_url: str, at: Instant) -> "Alert":
        """Return what is said of several events in one message: the first of them by name, and how many there are."""
        if len(told) == 1:
            return cls.of(*told[0], page_url, at)
        titles = [_line(event.title or event.type.value.replace("_", " "), LONGEST_FACT) for event, _ in told]
        waits = all(handoff and handoff.status is HandoffStatus.UNCLAIMED for _, handoff in told)
        urgent = "urgent " if all(handoff and handoff.priority is Priority.URGENT for _, handoff in told) else ""
        heading = f"{len(titles)} more " + (f"{urgent}escalations are waiting" if waits else "messages")
        facts = [(f"{number}", title) for number, title in enumerate(titles[:MOST_NAMED], 1)]
        if len(titles) > MOST_NAMED:
            facts.append(("And", f"{len(titles) - MOST_NAMED} more"))
        title = _line(f"{heading}: {titles[0]}", LONGEST_TITLE)
        return cls(title=title, facts=tuple(facts), url=f"{page_url}/" if page_url else None, heading=heading)

    @classmethod
    def of_none(cls, count: int, page_url: str) -> "Alert":
        """Return what replaces a message that gathered `count` events, once none of its cases waits any more."""
        one, many = "This escalation is no longer waiting", f"None of {count} escalations is waiting any more"
        return cls(title=one if count == 1 else many, facts=(), url=f"{page_url}/" if page_url else None)

    @classmethod
    def test(cls) -> "Alert":
        """Return the alert of a test message."""
        return cls(title="Test message from FlowPilot", facts=(("Result", "This channel works."),), url=None)


def _lines(event: Event) -> list[tuple[str, str]]:
    return [(name, what) for name, what in event.data.get("lines", [])]


def _facts(handoff: Handoff, at: Instant) -> tuple[tuple[str, str], ...]:
    found = [("Priority", handoff.priority.value.capitalize())]
    if handoff.client:
        found.append(("Client", _line(handoff.client, LONGEST_FACT)))
    if handoff.status is HandoffStatus.UNCLAIMED:
        found.append((WAITING, waiting_for(handoff.created_at, at)))
    elif handoff.claimed_by:
        found.append(("With", _line(handoff.claimed_by.name, LONGEST_FACT)))
    return tuple(found)


def waiting_for(since: Instant, at: Instant) -> str:
    """Return how long something has waited, in words, in the largest whole unit below it."""
    minutes = max(int((at - since).total_seconds()) // 60, 0)
    if minutes < 1:
        return "less than a minute"
    if minutes < 60:
        return f"{minutes} min"
    hours, rest = divmod(minutes, 60)
    return f"{hours} h {rest} min" if hours < 48 else f"{hours // 24} days"


def _line(text: str, limit: int) -> str:
    try:
        return tidy_line(redact(text), limit)
    except ValueError:
        return "(no text)"
