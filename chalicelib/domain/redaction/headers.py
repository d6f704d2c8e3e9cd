"""Detector: credentials in HTTP headers (`Authorization`, `Cookie`) and behind `Bearer` and `Basic`."""

import re
from collections.abc import Generator, Iterator

from chalicelib.domain.redaction.evidence import is_evidence, looks_secret
from chalicelib.domain.redaction.spans import Kind, Span

_HEADER = re.compile(r"(?i:(?:proxy-)?authorization|(?:set-)?cookie2?)\\{0,7}[\"']?[ \t]*+[:=][ \t]*+\\{0,7}[\"']?")
_SCHEME = re.compile(r"(?:(?i:basic|bearer|token|digest|negotiate|ntlm|apikey|sso-key)[ \t]++)?+([^\s\"'\\,;<>]{4,8192})")
_FREE = re.compile(r"(?<![\w])(?i:bearer|basic)[ \t]{1,3}+([\w+/=.~-]{8,8192})")
_COOKIE = re.compile(r"([^\s=;,\"']{1,80})=([^;\s\"'\\]{1,8192})")
_ATTRIBUTES = frozenset("path domain expires max-age samesite secure httponly priority partitioned version".split())


def find(text: str) -> Iterator[Span]:
    """Yield what the headers hold; the names of cookies and the scheme stay."""
    past = 0
    for match in _HEADER.finditer(text):
        if match.start() < past:
            continue
        if "ookie" in match.group().lower():
            past = yield from _cookies(text, match.end())
        elif found := _SCHEME.match(text, match.end()):
            yield from _token(found)
    for match in _FREE.finditer(text):
        yield from _token(match)


def _token(match: re.Match[str]) -> Iterator[Span]:
    value = match.group(1)
    if (looks_secret(value) or value.endswith("=")) and not is_evidence(value):
        yield Span(match.start(1), match.end(1), Kind.TOKEN)


def _cookies(text: str, at: int) -> Generator[Span, None, int]:
    stop = text.find("\n", at)
    stop = stop if stop >= 0 else len(text)
    for match in _COOKIE.finditer(text, at, stop):
        name, value = match.groups()
        if name.lower() not in _ATTRIBUTES and len(value) > 3 and not _is_plain(value):
            yield Span(match.start(2), match.end(2), Kind.COOKIE)
    return stop


def _is_plain(value: str) -> bool:
    return is_evidence(value) and not (len(value) == 36 and value.count("-") == 4)
