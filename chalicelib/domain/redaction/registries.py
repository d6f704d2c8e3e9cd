"""Detector: credentials of container and package registries (Docker's and npm's configuration files)."""

import re
from collections.abc import Iterator

from chalicelib.domain.redaction.evidence import is_evidence
from chalicelib.domain.redaction.scan import Scan
from chalicelib.domain.redaction.spans import Kind, Span

_FIELD = re.compile(
    r"(?<![A-Za-z0-9])(?:\\{0,7}\"auth\\{0,7}\"|\.dockerconfigjson|\.dockercfg|_auth|_authToken|_password)"
    r"[ \t]*+[:=][ \t]*+\\{0,7}[\"']?([A-Za-z0-9+/=_.~-]{8,16384})"
)


def find(scanned: Scan) -> Iterator[Span]:
    """Yield the encoded user and password, or the token."""
    text = scanned.text
    for match in _FIELD.finditer(text):
        if not is_evidence(match.group(1)):
            yield Span(match.start(1), match.end(1), Kind.CREDENTIALS)
