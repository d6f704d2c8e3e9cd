"""Detector: private key files pasted as they are (PEM, OpenSSH, SSH2, PGP, PuTTY, OpenVPN)."""

import re
from collections.abc import Iterator

from chalicelib.domain.redaction.scan import Scan
from chalicelib.domain.redaction.spans import Kind, Span

_BEGIN = re.compile(
    r"-{4,5} ?BEGIN ((?:[A-Za-z0-9]{1,20} ){0,4}(?:PRIVATE KEY(?: BLOCK)?|Static key V1)) ?-{4,5}", re.ASCII
)
_PUTTY = "PuTTY-User-Key-File-"
_MAC = re.compile(r"Private-(?:MAC|Hash):[ \t]*+[0-9a-fA-F]*+")


def find(scanned: Scan) -> Iterator[Span]:
    """Yield each block with its first and last line; a block without an end reaches to the end of the text."""
    text = scanned.text
    at = 0
    while at < len(text) and (begin := _BEGIN.search(text, at)):
        at = _end(text, begin)
        yield Span(begin.start(), at, Kind.KEY_BLOCK)
    at = text.find(_PUTTY)
    while at >= 0:
        last = _MAC.search(text, at)
        end = last.end() if last else len(text.rstrip())
        yield Span(at, end, Kind.KEY_BLOCK)
        at = text.find(_PUTTY, end)


def _end(text: str, begin: re.Match[str]) -> int:
    dashes = begin.group()[: len(begin.group()) - len(begin.group().lstrip("-"))]
    for last in (f"END {begin.group(1)}{dashes}", f"END {begin.group(1)} {dashes}"):
        found = text.find(last, begin.end())
        if found >= 0:
            return found + len(last)
    return max(begin.end(), len(text.rstrip()))
