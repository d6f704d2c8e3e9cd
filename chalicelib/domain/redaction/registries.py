"""Detector: credentials in known fields: registries of containers and packages, Windows LAPS, constants of PHP."""

import re
from collections.abc import Iterator

from chalicelib.domain.redaction.evidence import is_evidence
from chalicelib.domain.redaction.scan import Scan
from chalicelib.domain.redaction.spans import Kind, Span

_FIELD = re.compile(
    r"(?<![A-Za-z0-9])(?:\\{0,7}\"auth\\{0,7}\"|\.dockerconfigjson|\.dockercfg|_auth|_authToken|_password)"
    r"[ \t]*+[:=][ \t]*+\\{0,7}[\"']?([A-Za-z0-9+/=_.~-]{8,16384})"
)
_CONSTANT = re.compile(
    r"define\([ ]{0,4}[\"'][A-Za-z0-9_]{0,40}(?:PASSWORD|PASSWD|PASS|SECRET|TOKEN|SALT|_KEY)[\"'],[ ]{0,4}"
    r"[\"']([^\"'\n]{3,256})[\"'][ ]{0,4}\)"
)
_NAMES = ("auth", ".docker", "_password")
_LAPS = re.compile(
    r"\{\\{0,3}\"n\\{0,3}\":\\{0,3}\"[^\"\n]{1,64}\",\\{0,3}\"t\\{0,3}\":\\{0,3}\"[0-9a-f]{8,20}\\{0,3}\","
    r"\\{0,3}\"p\\{0,3}\":\\{0,3}\"([^\"\\\n]{4,128})"
)
"""The value of msLAPS-Password: name, time in hexadecimal digits, password."""


def find(scanned: Scan) -> Iterator[Span]:
    """Yield the encoded user and password, the token, or the password of a computer."""
    text = scanned.text
    if '{"n' in text or '{\\"n' in text:
        for match in _LAPS.finditer(text):
            yield Span(match.start(1), match.end(1), Kind.PASSWORD)
    for match in _CONSTANT.finditer(text) if "define(" in text else ():
        if not is_evidence(match.group(1)):
            yield Span(match.start(1), match.end(1), Kind.SECRET)
    if not any(name in text for name in _NAMES):
        return
    for match in _FIELD.finditer(text):
        if not is_evidence(match.group(1)):
            yield Span(match.start(1), match.end(1), Kind.CREDENTIALS)
