"""An alert as an SMS: one line of at most two parts, with the link to the pickup screen at its end.

Phones make links of whatever looks like an address; a blank behind the dots and at signs of a ticket's text keeps them
from it. A word joiner, as in e-mails, would cost more than half of the message: it is not in the phones' alphabet.
"""

import re

from chalicelib.domain.deliveries.alert import WAITING, Alert
from chalicelib.domain.deliveries.sms_parts import in_gsm, parts_of

MOST_PARTS = 2

SHORTEST_TITLE = 24
"""Facts are left out before the title is cut to less than this."""

_NUMBER = re.compile(r"\d+\.\d+\D?")
_LINKING = re.compile(r"(?<=\S)([.@])(?=[^\s.])|(:)(?=/)")


def sms_text(alert: Alert) -> str:
    """Return `alert` as the text of an SMS, in the phones' alphabet where its letters allow that.

    What does not fit is cut: the end of a long title, then the facts from the last on. The link stays whole.
    """
    title = without_links(alert.title)
    facts = [_said(name, without_links(value)) for name, value in alert.facts if value not in alert.title]
    for count in range(len(facts), -1, -1):
        found = _cut(title, facts[:count], alert.url)
        if found:
            return found
    return _fitted(title, [], alert.url, 0)


def code_text(code: str) -> str:
    """Return the text of the SMS that a number is confirmed by."""
    return f"FlowPilot: {code} is your code. It is good for 10 minutes. If you did not ask for it, ignore this message."


def without_links(text: str) -> str:
    """Return `text` with nothing in it that phones take for an address; a number such as `1.5` stays as it is."""
    return " ".join(word if _NUMBER.fullmatch(word) else _LINKING.sub(r"\1\2 ", word) for word in text.split(" "))


def _said(name: str, value: str) -> str:
    return f"waiting {value}" if name == WAITING else value


def _cut(title: str, facts: list[str], url: str | None) -> str | None:
    """Return the longest text that fits, None when too little would be left of the title."""
    if parts_of(whole := _fitted(title, facts, url, len(title))) <= MOST_PARTS:
        return whole
    shortest, longest = min(SHORTEST_TITLE, len(title)), len(title)
    if parts_of(_fitted(title, facts, url, shortest)) > MOST_PARTS:
        return None
    while longest - shortest > 1:
        middle = (shortest + longest) // 2
        if parts_of(_fitted(title, facts, url, middle)) <= MOST_PARTS:
            shortest = middle
        else:
            longest = middle
    return _fitted(title, facts, url, shortest)


def _fitted(title: str, facts: list[str], url: str | None, length: int) -> str:
    shown = title if length >= len(title) else f"{title[:length].rstrip()}..."
    said = f"FlowPilot: {shown}" + (f" ({', '.join(facts)})" if facts else "")
    plain = in_gsm(said)
    words = " ".join((said if plain is None else plain).split())
    return f"{words} {url}" if url else words
