"""Detector: secrets in lines of the configurations of routers, switches, firewalls and access points."""

import re
from collections.abc import Iterator

from chalicelib.domain.redaction.evidence import is_evidence, looks_secret
from chalicelib.domain.redaction.scan import Scan
from chalicelib.domain.redaction.spans import Kind, Span
from chalicelib.domain.redaction.vocabulary.network import ANCHORS, CONTEXTS, FILLERS, FOLLOWERS

_WORD = re.compile(r"[^\s\"';]{1,400}")
_TYPED = re.compile(r"[a-z]{3,8}[ \t]++(?:[04-9]|14)[ \t]++([\w$./+=!@#%^&*-]{3,300})")
_ENC = re.compile(r"ENC[ \t]++([A-Za-z0-9+/=]{6,2000})")
_CIPHER = re.compile(r"cipher[ \t]++(\S{6,400})")
_PARTS = re.compile(r"[a-z]++")
_BY_WORD = {**dict.fromkeys(("password", "passwd", "secret", "key"), (_TYPED,)), "enc": (_ENC,), "cipher": (_CIPHER,)}
_CONTEXT = re.compile("|".join(["community", *sorted({word for words in CONTEXTS.values() for word in words})]))
_CONFIG = re.compile(r"line (?:vty|con|aux)|aaa-server|radius|tacacs|crypto |snmp-server|interface ")
_ALONE = frozenset(anchor.rpartition("-")[2] for anchor, words in CONTEXTS.items() if not words)


def find(scanned: Scan) -> Iterator[Span]:
    """Yield what follows an anchor in a line that is one of a configuration."""
    text, at = scanned.text, 0
    is_config = bool(scanned.anchors) and _CONFIG.search(scanned.lower) is not None
    for start, end in scanned.anchors:
        if text[end : end + 1] not in (" ", "\t"):
            continue
        for pattern in _BY_WORD.get(scanned.lower[start:end], ()):
            yield from _typed(pattern.match(text, start))
        if start >= at:
            line = max(text.rfind("\n", at, start) + 1, at)
            stop = text.find("\n", end)
            at = stop if stop >= 0 else len(text)
            if text[line : line + 1] in (" ", "\t"):
                yield from _alone(text, line, at, is_config=is_config)
            if _CONTEXT.search(scanned.lower, line, at) or _ALONE & set(_PARTS.findall(scanned.lower, line, at)):
                yield from _in_line(text, line, at)


def _alone(text: str, start: int, stop: int, *, is_config: bool) -> Iterator[Span]:
    """Yield the secret of an indented line such as ` key …` or ` password …`, which is all that the line holds."""
    words = text[start:stop].split()
    if len(words) != 2 or words[0] not in ("key", "password", "secret") or is_evidence(words[1]):
        return
    if looks_secret(words[1]) or (is_config and len(words[1]) > 3):
        at = text.index(words[1], start + len(words[0]))
        yield Span(at, at + len(words[1]), ANCHORS[words[0]])


def _typed(match: re.Match[str] | None) -> Iterator[Span]:
    if match and looks_secret(match.group(1)) and not is_evidence(match.group(1)):
        yield Span(match.start(1), match.end(1), _kind(match.group()))


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
            if _is_secret(match.group(), following):
                yield Span(match.start(), match.end(), ANCHORS[anchor])
            anchor = ""
        elif anchor:
            typed = word in ("0", "5", "6", "7", "8", "9", "14")
        is_granted = word == "community" and text[match.end() : match.end() + 80].lower().split()[1:2] in (
            ["ro"],
            ["rw"],
        )
        if word in ANCHORS and (is_granted or not CONTEXTS[word] or CONTEXTS[word] & before):
            anchor, typed = word, False
        before.add(word)


def _is_secret(word: str, following: str) -> bool:
    if len(word) < 3 or is_evidence(word) or word[-1] in ":," or word in ANCHORS:
        return False
    return looks_secret(word) or not following or following in FOLLOWERS or following.isdigit()
