r"""Detector: logins without a label: `name/password` that devices are delivered with, and `domain\name / password`."""

import re
from collections.abc import Iterator

from chalicelib.domain.redaction.evidence import is_evidence, is_numbered, looks_secret
from chalicelib.domain.redaction.scan import Scan
from chalicelib.domain.redaction.spans import Kind, Span
from chalicelib.domain.redaction.vocabulary.default_logins import DEFAULT_LOGINS

_PAIR = re.compile(r"([a-z]{1,20}+)[ ]?[/:][ ]?([a-z0-9]{1,20}+)(?![\w/.-])")
_SECRETS = sorted({secret for _, secret in DEFAULT_LOGINS})
_ACCOUNT = re.compile(r"\\[\w.$-]{1,64}+ / (\S{7,128})")
_OF_DEVICE = re.compile(r"(?<![\w/\\.-])(?:root|ubnt)/([\w!#$%+=@^~.-]{8,64}+)(?![/\\])")
_TRAILING = ".,;:)]}\"'`*"
_PATH_SIGNS = frozenset("/\\.-_")


def find(scanned: Scan) -> Iterator[Span]:
    """Yield the password of each pair that is known or names an account of a domain; the name stays."""
    lower = scanned.lower
    for name in {name for name, secret in DEFAULT_LOGINS if secret in lower}:
        at = lower.find(name)
        while at >= 0:
            before = lower[at - 1 : at] if at else ""
            match = _PAIR.match(lower, at) if not before.isalnum() and before not in _PATH_SIGNS else None
            if match and match.groups() in DEFAULT_LOGINS:
                yield Span(match.start(2), match.end(2), Kind.PASSWORD)
            at = lower.find(name, at + len(name))
    if "\\" in lower and " / " in lower:
        yield from _changed(_ACCOUNT, scanned.text)
    if "root/" in lower or "ubnt/" in lower:
        yield from _changed(_OF_DEVICE, scanned.text)


def _changed(pair: re.Pattern[str], text: str) -> Iterator[Span]:
    """Yield the passwords of pairs that are not known."""
    for match in pair.finditer(text):
        secret = match.group(1).rstrip(_TRAILING)
        if looks_secret(secret) and not is_numbered(secret) and not is_evidence(secret):
            yield Span(match.start(1), match.start(1) + len(secret), Kind.PASSWORD)
