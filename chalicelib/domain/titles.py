"""One-line titles of sessions and events, short enough for a list or a notification."""

from chalicelib.domain.display_text import between_characters, one_line

SNIPPET_LENGTH = 70
"""The longest snippet, its ellipsis included, in characters."""

SUMMARY_LENGTH = 200
"""The most that a list shows of a summary, in characters."""

SUMMARY_BYTES = 200
"""The most that a list shows of a summary, in bytes of UTF-8: 200 ASCII letters, 100 Greek ones, 66 Chinese ones."""

DOMAIN_BYTES = 52
"""The most that a list shows of a problem's domain, in bytes of UTF-8."""

CLIENT_BYTES = 60
"""The most that a list shows of a client's name, in bytes of UTF-8."""

CONTACT_BYTES = 24
"""The most that a list shows of a contact's name, in bytes of UTF-8."""

ATTRIBUTE_NAME_BYTES = 8

WORD_SEARCH = 20
"""How far back from the cut a word boundary is looked for, in characters."""


def snippet(text: str) -> str:
    """Return `text` as one readable line of at most 70 characters.

    A longer text ends in `…`, cut at a word boundary where one lies within the last 20 characters before the cut, and
    never inside an emoji or a letter with its accents.
    """
    line = one_line(text)
    if len(line) <= SNIPPET_LENGTH:
        return line
    head = line[: SNIPPET_LENGTH - 1]
    if line[SNIPPET_LENGTH - 1] == " ":
        return head + "…"
    boundary = head.rfind(" ", len(head) - WORD_SEARCH)
    return line[: between_characters(line, len(head)) if boundary <= 0 else boundary] + "…"


def summary_start(text: str, *beside: str | None) -> str:
    """Return what a list shows of `text`: its first 200 characters, or fewer where those take more than 200 bytes.

    The texts `beside` it in the same row take their bytes from its 200, each with 8 for the name of its attribute.

    Rows and indexes that a claim writes hold it, so its size in UTF-8 decides what a claim costs (ADR 0022).
    """
    taken = sum(len(other.encode()) + ATTRIBUTE_NAME_BYTES for other in beside if other)
    return _cut(text[:SUMMARY_LENGTH], SUMMARY_BYTES - taken)


def domain_start(text: str | None) -> str | None:
    """Return what a list shows of a problem's domain: all of it, or as much as 52 bytes hold.

    The domain of a handoff is its start, so whatever is compared with it has to be cut in the same way.
    """
    return text and _cut(text, DOMAIN_BYTES)


def client_start(name: str | None) -> str | None:
    """Return what a list shows of a client's name: all of it, or as much as 60 bytes hold.

    The client of a handoff is its start, so whatever is compared with it has to be cut in the same way.
    """
    return name and _cut(name, CLIENT_BYTES)


def contact_start(name: str | None) -> str | None:
    """Return what a list shows of a contact's name: all of it, or as much as 24 bytes hold."""
    return name and _cut(name, CONTACT_BYTES)


def comparable_domain(text: str | None) -> str:
    """Return what of a domain, or of a skill in it, is compared: its start on one line, whatever the letters' case."""
    return one_line(domain_start(text) or "").casefold()


def _cut(text: str, most_bytes: int) -> str:
    return text.encode()[:most_bytes].decode(errors="ignore")


def about(lead: str, ticket_id: str | None, summary: str) -> str:
    """Return `{lead} · #{ticket}: {snippet}` on one readable line, leaving out what is empty."""
    ticket, cut = ticket_mark(ticket_id), snippet(summary)
    return one_line(f"{lead} · {ticket}" if ticket else lead) + (f": {cut}" if cut else "")


def split_title(title: str) -> tuple[str, str]:
    """Return the lead of a title that `about` made, and the rest: `#{ticket}: {snippet}`, or what there is of it."""
    lead, mark, rest = title.partition(" · #")
    if mark and lead:
        return lead, f"#{rest}"
    lead, colon, rest = title.partition(": ")
    return (lead, rest) if colon and lead and rest else (title, "")


def notification_title(name: str, ticket_id: str | None, summary: str) -> str:
    """Return the title of a new escalation's notification: `Escalation from {name} · #{ticket}: {snippet}`."""
    return about(f"Escalation from {name}", ticket_id, summary)


def ticket_mark(ticket_id: str | None) -> str:
    """Return `#4711` for a ticket's id or number, an empty text without one."""
    name = one_line(ticket_id or "").lstrip("#")
    return f"#{name}" if name else ""


def ticket_subject(ticket_id: str | None) -> str:
    """Return `Ticket #4711` to begin a sentence with, `The ticket` where its number is unknown."""
    mark = ticket_mark(ticket_id)
    return f"Ticket {mark}" if mark else "The ticket"
