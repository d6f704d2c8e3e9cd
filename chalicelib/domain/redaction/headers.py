"""Detector: credentials in HTTP headers (`Authorization`, `Cookie`) and behind `Bearer`, `Basic` and `AUTH PLAIN`."""

import re
from collections.abc import Generator, Iterator

from chalicelib.domain.redaction.evidence import is_evidence, looks_secret
from chalicelib.domain.redaction.scan import Scan
from chalicelib.domain.redaction.spans import Kind, Span

_LINK = re.compile(r"\\{0,7}[\"']?[ \t]{0,8}+[:=][ \t]{0,8}+\\{0,7}[\"']?")
_SCHEME = re.compile(
    r"(?:(?i:basic|bearer|token|digest|negotiate|ntlm|apikey|sharedaccesssignature|sso-key)[ \t]++)?+"
    r"([^\s\"'\\<>]{4,8192})"
)
_FREE = re.compile(r"[ \t]{1,3}+([\w+/=.~-]{8,8192})")
_ATTRIBUTES = frozenset(("path", "domain", "expires", "max-age", "samesite", "priority", "version"))


def find(scanned: Scan) -> Iterator[Span]:
    """Yield what the headers hold; the names of cookies and the scheme stay."""
    text, past = scanned.text, 0
    for start, end in scanned.headers:
        if start < past:
            continue
        link = _LINK.match(text, end)
        if link and scanned.lower.startswith("cookie", start):
            past = yield from _cookies(text, link.end())
        elif link and scanned.lower.startswith("auth", start):
            scheme = _SCHEME.match(text, link.end())
            yield from _token(scheme) if scheme else ()
        elif _is_scheme(scanned.lower, start) and (free := _FREE.match(text, end)):
            yield from _token(free)


def _is_scheme(lower: str, start: int) -> bool:
    """Return whether a word says how what follows is written: `Bearer`, `Basic`, `AUTH PLAIN` of SMTP."""
    return lower[start] == "b" or (lower[start] == "p" and lower.startswith("auth ", start - 5))


def _token(match: re.Match[str]) -> Iterator[Span]:
    value = match.group(1).rstrip(",;.)")
    if (looks_secret(value) or value.endswith("=")) and not is_evidence(value):
        yield Span(match.start(1), match.start(1) + len(value), Kind.TOKEN)


def _cookies(text: str, at: int) -> Generator[Span, None, int]:
    stop = text.find("\n", at)
    stop = stop if stop >= 0 else len(text)
    for part in text[at:stop].split(";"):
        name, _, _value = part.partition("=")
        start, end = at + len(name) + 1, at + len(part.rstrip(" \t\"'\\,"))
        if name.strip(" \t\"'").lower() not in _ATTRIBUTES and end - start > 3 and not _is_plain(text[start:end]):
            yield Span(start, end, Kind.COOKIE)
        at += len(part) + 1
    return stop


def _is_plain(value: str) -> bool:
    return is_evidence(value) and not (len(value) == 36 and value.count("-") == 4)
