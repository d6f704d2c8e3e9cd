"""Detector: addresses that are keys, or hold one: webhooks, signed links, function codes, passwords of URLs."""

import re
from collections.abc import Iterator

from chalicelib.domain.redaction.evidence import has_marks, is_evidence, looks_secret
from chalicelib.domain.redaction.scan import Scan
from chalicelib.domain.redaction.spans import Kind, Span
from chalicelib.domain.redaction.vocabulary.webhooks import ALWAYS, MAYBE, WEBHOOKS

_ADDRESS = re.compile(r"://([^\s/?#\"'<>]*+)([^\s\"'<>`|]*+)")
_PARAMETER = re.compile(r"(?:^|[?&;#])([\w.-]{1,40})=([^\s&#\"'<>;]++)")
_NETWORK = re.compile(r"WIFI:(?:[STHE]:(?:[^;\\\n]|\\.){0,64};){0,4}P:((?:[^;\\\n]|\\.){1,128}+)")
"""What the QR code of a wireless network says."""
_SIGNATURE = re.compile(r"(?<![\w])(sig)=([\w%+/=.~-]{8,}+)")
_LONGEST_USER = 140
_SCHEME_SIGNS = "+.-"
_TRAILING = ".,;:)]}*!'\"`>"


def find(scanned: Scan) -> Iterator[Span]:
    """Yield the secret parts; scheme, host and the harmless part of the path stay, being evidence."""
    text = scanned.text
    for match in _ADDRESS.finditer(text):
        before = text[match.start() - 1 : match.start()]
        if not (before.isalnum() or before in _SCHEME_SIGNS) or not before:
            continue
        yield from _of_user(match)
        host, path = match.group(1).rpartition("@")[2].lower().partition(":")[0], match.group(2)
        start = match.start(2)
        if lead := _webhook_lead(host, path):
            end = start + len(path.rstrip(_TRAILING + "/"))
            if end > start + lead:
                yield Span(start + lead, end if lead > 5 else _segment(path, start, lead), Kind.WEBHOOK)
        yield from _of_query(path, start)
    yield from _of_users(text)
    for match in _NETWORK.finditer(text) if "WIFI:" in text else ():
        if not is_evidence(match.group(1)):
            yield Span(match.start(1), match.end(1), Kind.PASSWORD)
    for match in _SIGNATURE.finditer(text) if "sig=" in text else ():
        yield Span(match.start(2), match.start(2) + len(match.group(2).rstrip(_TRAILING)), Kind.KEY)


def _of_user(match: re.Match[str]) -> Iterator[Span]:
    authority, rest = match.groups()
    whole = authority + rest if "@" not in authority and "@" in rest[:64] and ":" in authority else authority
    user, at, _host = whole.rpartition("@")
    _name, colon, password = user.partition(":")
    if at and colon and password and not is_evidence_of_user(password):
        end = match.start(1) + len(user)
        yield Span(end - len(password), end, Kind.PASSWORD)


def _of_users(text: str) -> Iterator[Span]:
    """Yield the password of `user:password@host`, as tools for other systems take it, without a scheme."""
    at = text.find("@")
    while at >= 0:
        if text[at - 1 : at] not in ("", "@", " ") and text[at + 1 : at + 2].isalnum():
            lead = text[max(0, at - _LONGEST_USER) : at]
            user, colon, password = lead[lead.rfind(" ") + 1 :].rpartition(":")
            is_secret = len(user) > 1 and colon and looks_secret(password) and has_marks(password) and "//" not in user
            if is_secret and not set("\"'<>()=?&\n\t/") & set(password):
                yield Span(at - len(password), at, Kind.PASSWORD)
        at = text.find("@", at + 1)


def is_evidence_of_user(password: str) -> bool:
    """Return whether a URL has a placeholder where its password belongs."""
    return password.startswith(("$", "<", "{", "%(", "[masked", "*")) or set(password) <= {"x", "*", "."}


def _webhook_lead(host: str, path: str) -> int:
    for name, leads in WEBHOOKS:
        if host == name or host.endswith(f".{name}"):
            for lead in leads:
                if path.startswith(lead) and len(path) > len(lead) + 5:
                    return len(lead)
    return 0


def _segment(path: str, start: int, lead: int) -> int:
    end = path.find("/", lead)
    return start + (end if end >= 0 else len(path.rstrip(_TRAILING)))


def _of_query(path: str, start: int) -> Iterator[Span]:
    if "=" not in path:
        return
    for match in _PARAMETER.finditer(path):
        name, value = match.group(1).lower(), match.group(2).rstrip(_TRAILING)
        base = name.replace("-", "_").rpartition("_")[2] if name not in MAYBE else name
        if name in ALWAYS or base in ALWAYS:
            is_secret = bool(value) and not is_evidence_of_user(value)
        else:
            is_secret = (name in MAYBE or base in MAYBE) and _is_key(value)
        if is_secret:
            at = start + match.start(2)
            yield Span(at, at + len(value), Kind.TOKEN if "token" in name else Kind.KEY)


def _is_key(value: str) -> bool:
    return len(value) >= 8 and looks_secret(value) and not is_evidence(value)
