"""Detector: one-time codes in the words in which services send them: the code comes before what says that it is one."""

import re
from collections.abc import Iterator

from chalicelib.domain.redaction.scan import Scan
from chalicelib.domain.redaction.spans import Kind, Span

_DIGITS = r"(\d{3}[ -]\d{3}|\d{4,8})(?![\w-])"
_GIVEN = re.compile(
    rf"(?<![\w.,:/#-])(?:g-)?{_DIGITS} (?:is|ist|est) (?:your|ihr|dein|uw|je|jouw|votre)(?=[ ])([^\n.,;:]{{1,60}})"
)
_ASKED = re.compile(
    rf"(?<![\w-])(?:use|enter|gebruik|utilisez)[ ](?:(?:the|code|de|le)[ ]){{0,2}}{_DIGITS}"
    r"[ ](?:as|to|for|als|om|voor|comme|pour)(?=[ ])([^\n]{1,60})"
)
_PARTED = re.compile(
    r"(?:verification|security|one-time|login|sign-in|confirmation|authentication|mfa|2fa|sms|bestatigungs|sicherheits|"
    r"verificatie|bevestigings)[ -]?(?:pass)?code(?:[ ](?:is|ist|lautet|was))?+[ ]?+:?+[ ](\d{3}[ -]\d{3})(?![\w-])"
)
_PURPOSES = re.compile(r"\b(?:\w{0,20}code|otp|password|wachtwoord|passwort)\b")
_USES = re.compile(r"\b(?:\w{0,20}code|otp|sign in|log in|verify|confirm|authenticate)\b")
_OTHER_CODES = re.compile(r"\b(?:error|exit|status|event|stop|zip|post|postal|country|area|product)[ ]?code\b")


def find(scanned: Scan) -> Iterator[Span]:
    """Yield `482913` of `482913 is your verification code`, and `482 913` behind such words."""
    lower = scanned.lower
    for pattern, said in ((_GIVEN, _PURPOSES), (_ASKED, _USES)):
        for match in pattern.finditer(lower):
            if said.search(match.group(2)) and not _OTHER_CODES.search(match.group(2)):
                yield Span(*match.span(1), Kind.CODE)
    if "code" in lower:
        for match in _PARTED.finditer(lower):
            yield Span(*match.span(1), Kind.CODE)
