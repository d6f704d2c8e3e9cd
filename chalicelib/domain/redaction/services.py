"""Detector: keys that their shape gives away, without a label (cloud services, Windows, BitLocker, JSON Web Tokens)."""

import re
from collections.abc import Iterator

from chalicelib.domain.redaction.scan import Scan
from chalicelib.domain.redaction.spans import Kind, Span
from chalicelib.domain.redaction.vocabulary.services import HEX_TAILS, PREFIXES

_RUN = re.compile(r"[A-Za-z0-9_.~-]{17,}+")
_BASE64_TAIL = re.compile(r"[\w+/=-]*+")
_CRYPT = re.compile(r"\$(?:1|2[aby]|5|6|8|9|14|y|argon2\w{1,2})\$[\w./$,=+-]{8,400}")
_NT_HASHES = re.compile(r"(?<![0-9a-fA-F])[0-9a-fA-F]{32}:[0-9a-fA-F]{32}(?=:::)")
"""The hashes of a Windows account, as tools list them: they log in as the password does."""
_BITLOCKER = re.compile(r"\d{6}(?:-\d{6}){7}")
_PRODUCT_KEY = re.compile(r"[A-Z0-9]{5}(?:-[A-Z0-9]{5}){4}")
_AWS_IDS = ("AKIA", "ASIA")
_AWS_SECRET = re.compile(r"(?: / |[\s,;:|\"'`]{1,12}+)([A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])")
"""The secret half of an access key, as it stands behind the id in the file that AWS gives out, and in notes."""
_ENTRA_LENGTHS = range(34, 45)
_LEADS = {prefix[:2] for prefix in PREFIXES}
_BY_LEAD = {lead: [prefix for prefix in PREFIXES if prefix.startswith(lead)] for lead in _LEADS}
_HEX = frozenset("0123456789abcdef")


def find(scanned: Scan) -> Iterator[Span]:
    """Yield the keys of services and password hashes."""
    text = scanned.text
    for match in _RUN.finditer(text):
        run = match.group()
        kind = _kind(run)
        if kind:
            end = match.end()
            if run.startswith(("whsec_", "pypi-")) and (tail := _BASE64_TAIL.match(text, end)):
                end = tail.end()
            yield Span(match.start(), match.start() + len(text[match.start() : end].rstrip(".-~")), kind)
            if run.startswith(_AWS_IDS) and (secret := _AWS_SECRET.match(text, end)):
                yield Span(*secret.span(1), Kind.KEY)
    yield from _hashes(text)


def _hashes(text: str) -> Iterator[Span]:
    for pattern, sign in ((_NT_HASHES, ":::"), (_CRYPT, "$")):
        for match in pattern.finditer(text) if sign in text else ():
            yield Span(match.start(), match.end(), Kind.PASSWORD)


def _kind(run: str) -> Kind | None:
    if run[:2] in _LEADS:
        for prefix in _BY_LEAD[run[:2]]:
            if run.startswith(prefix):
                length, kind = PREFIXES[prefix]
                if len(run) >= length and _is_mixed(run[len(prefix) : 512]):
                    return kind
    return _windows_kind(run) or _other_kind(run)


def _is_mixed(tail: str) -> bool:
    """Return whether a tail is no name such as `sk-bratislava-dc`: it holds a digit or both cases of letters."""
    return any(map(str.isdigit, tail)) or not (tail.islower() or tail.isupper())


def _windows_kind(run: str) -> Kind | None:
    core = run.rstrip(".-~")
    if len(core) == 55 and _BITLOCKER.fullmatch(core):
        return Kind.KEY
    if len(core) == 29 and core[5] == "-" and _PRODUCT_KEY.fullmatch(core) and not core.replace("-", "").isdigit():
        return Kind.KEY
    return None


def _other_kind(run: str) -> Kind | None:
    lead = run[:2]
    if lead in HEX_TAILS and len(run) == HEX_TAILS[lead][0] and set(run[2:]) <= _HEX:
        return HEX_TAILS[lead][1]
    if len(run) in _ENTRA_LENGTHS and run[3].isdigit() and run[4:6] == "Q~":
        return Kind.SECRET
    if lead == "sk" and run[2] == "-" and run[3:].isalnum() and any(map(str.isdigit, run)) and len(run) > 22:
        return Kind.KEY
    return None
