"""Detector: secrets in lines of the configurations of routers, switches, firewalls and access points."""

import re
from collections.abc import Iterator

from chalicelib.domain.redaction.evidence import is_evidence, looks_secret
from chalicelib.domain.redaction.spans import Kind, Span
from chalicelib.domain.redaction.vocabulary.network import ANCHORS, CONTEXTS, FILLERS, FOLLOWERS

_WORD = re.compile(r"[^\s\"';]{1,400}")
_TYPED = re.compile(r"(?<![\w-])(?:password|passwd|secret|key)[ \t]+([04-9]|14)[ \t]+([\w$./+=!@#%^&*-]{3,300})")
_ENC = re.compile(r"(?<![\w-])ENC[ \t]+([A-Za-z0-9+/=]{6,2000})")
_CIPHER = re.compile(r"(?<![\w-])(?:irreversible-)?cipher[ \t]+(\S{6,400})")
_ANCHOR = re.compile(r"(?<![\w-])(" + "|".join(sorted(ANCHORS, key=len, reverse=True)) + r")[ \t]")
_LONGEST_LINE = 1_000


def find(text: str) -> Iterator[Span]:
    """Yield what follows an anchor in a line that is one of a configuration."""
    for pattern, group in ((_TYPED, 2), (_ENC, 1), (_CIPHER, 1)):
        for match in pattern.finditer(text):
            if looks_secret(match.group(group)) and not is_evidence(match.group(group)):
                yield Span(match.start(group), match.end(group), _kind(match.group()))
    at = 0
    while found := _ANCHOR.search(text, at):
        start = max(text.rfind("\n", 0, found.start()) + 1, found.start() - _LONGEST_LINE, at)
        stop = text.find("\n", found.end())
        stop = stop if stop >= 0 else len(text)
        yield from _in_line(text, start, stop)
        at = stop


def _kind(line: str) -> Kind:
    return Kind.KEY if line.startswith("key") else Kind.PASSWORD


def _in_line(text: str, start: int, stop: int) -> Iterator[Span]:
    before: set[str] = set()
    anchor, typed = "", False
    words = list(_WORD.finditer(text, start, stop))
    for index, match in enumerate(words):
        word = match.group().lower()
        if anchor and (typed or word not in FILLERS):
            following = words[index + 1].group().lower() if index + 1 < len(words) else ""
            if _is_secret(match.group(), following, anchor):
                yield Span(match.start(), match.end(), ANCHORS[anchor])
            anchor = ""
        elif anchor:
            typed = word in ("0", "5", "6", "7", "8", "9", "14")
        if word in ANCHORS and (not CONTEXTS[word] or CONTEXTS[word] & before):
            anchor, typed = word, False
        before.add(word)


def _is_secret(word: str, following: str, anchor: str) -> bool:
    if len(word) < 3 or is_evidence(word) or word[-1] in ":," or word in ANCHORS:
        return False
    return looks_secret(word) or not following or following in FOLLOWERS or following.isdigit()
