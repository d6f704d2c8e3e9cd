"""Detector: secrets in lines of the configurations of routers, switches, firewalls and access points."""

import re
from collections.abc import Iterable, Iterator

from chalicelib.domain.redaction.evidence import is_evidence, looks_secret
from chalicelib.domain.redaction.scan import Scan
from chalicelib.domain.redaction.spans import Kind, Span
from chalicelib.domain.redaction.vocabulary.network import ANCHORS, CONTEXTS, FILLERS, FOLLOWERS

_WORD = re.compile(r"[^\s\"';]{1,400}")
_TYPED = re.compile(r"[a-z]{3,8}[ \t]++(?:[04-9]|14)[ \t]++([\w$./+=!@#%^&*-]{3,300})")
_ENC = re.compile(r"ENC[ \t]++([A-Za-z0-9+/=]{6,2000})")
_CIPHER = re.compile(r"cipher[ \t]++(\S{6,400})")
_PROFILE_KEY = re.compile(
    r"(?:key content|schlusselinhalt|sleutelinhoud|inhoud van sleutel|contenu de la cle|contenido de la clave|"
    r"contenuto chiave|conteudo da chave)[ \t]{1,40}+:[ \t]{1,4}+([^\n]{8,63})"
)
"""The line of a wireless profile, as Windows shows it (`key=clear`), in which the whole rest is the passphrase."""
_TYPES = frozenset(["0", "5", "6", "7", "8", "9", "14"])
_BEFORE_TYPED = frozenset("0456789 1\t")
_BY_WORD = {**dict.fromkeys(("password", "passwd", "secret", "key"), _TYPED), "enc": _ENC, "cipher": _CIPHER}
_CONFIG = re.compile(r"line (?:vty|con|aux)|aaa-server|radius|tacacs|crypto |snmp-server|interface ")
_LONGEST_ALONE, _LONGEST_HEAD = 400, 40
_ALONE = {anchor for anchor, words in CONTEXTS.items() if not words}
_CONTEXTS_OF = {
    last: frozenset().union(*(words for anchor, words in CONTEXTS.items() if anchor.rpartition("-")[2] == last))
    for last in {anchor.rpartition("-")[2] for anchor in CONTEXTS}
}
_ALONE_NAMES = tuple(name for name in _ALONE if "-" in name)
_BEFORE_SECRET = frozenset(" \t")


def find(scanned: Scan) -> Iterator[Span]:
    """Yield what follows an anchor in a line that is one of a configuration."""
    text, lower, stop, is_read = scanned.text, scanned.lower, -1, False
    yield from _of_profiles(lower)
    before, looked_to = set[str](), 0
    is_config = bool(scanned.anchors) and _CONFIG.search(lower) is not None
    for start, end in scanned.anchors:
        if text[end : end + 1] not in _BEFORE_SECRET:
            continue
        word = lower[start:end]
        yield from _typed(scanned, word, start, end)
        if start >= stop:
            line, stop = _line_of(text, start, end, max(stop, 0))
            before, looked_to, is_read = set(), line, False
            if text[line] in _BEFORE_SECRET:
                yield from _alone(scanned, line, stop, is_config=is_config)
        if is_read:
            continue
        if start - looked_to > 2:
            before.update(_WORD.findall(lower, looked_to, start))
            looked_to = start
        if _is_configured(word, lower, start, before):
            is_read = True
            yield from _in_line(scanned, before, start - len(_hyphenated(lower, line, start)), stop)


def _of_profiles(lower: str) -> Iterator[Span]:
    for match in _PROFILE_KEY.finditer(lower):
        yield Span(match.start(1), match.start(1) + len(match.group(1).rstrip()), Kind.KEY)


def _line_of(text: str, start: int, end: int, read_to: int) -> tuple[int, int]:
    stop = text.find("\n", end)
    return max(text.rfind("\n", read_to, start) + 1, read_to), stop if stop >= 0 else len(text)


def _is_configured(word: str, lower: str, start: int, before: set[str]) -> bool:
    """Return whether an anchor may announce a secret, by the words that stand before it in its line."""
    if word in _ALONE or (word in _CONTEXTS_OF and not _CONTEXTS_OF[word].isdisjoint(before)) or word == "community":
        return True
    return lower[start - 1 : start] == "-" and lower[max(0, start - 12) : start + len(word)].endswith(_ALONE_NAMES)


def _alone(scanned: Scan, start: int, stop: int, *, is_config: bool) -> Iterator[Span]:
    """Yield the secret of an indented line such as ` key …` or ` password …`, which is all that the line holds."""
    if stop - start > _LONGEST_ALONE:
        return
    text = scanned.text
    words = text[start:stop].split()
    if len(words) != 2 or words[0] not in ("key", "password", "secret") or is_evidence(words[1]):
        return
    if looks_secret(words[1]) or (is_config and len(words[1]) > 3):
        at = text.index(words[1], start + len(words[0]))
        scanned.answered.add(text.index(words[0], start))
        yield Span(at, at + len(words[1]), ANCHORS[words[0]])


def _typed(scanned: Scan, word: str, start: int, end: int) -> Iterable[Span]:
    pattern = _BY_WORD.get(word)
    if not pattern or (pattern is _TYPED and scanned.text[end + 1 : end + 2] not in _BEFORE_TYPED):
        return ()
    match = pattern.match(scanned.text, start)
    if not match or not looks_secret(match.group(1)) or is_evidence(match.group(1)):
        return ()
    scanned.answered.add(start)
    return (Span(match.start(1), match.end(1), _kind(match.group())),)


def _kind(line: str) -> Kind:
    return Kind.KEY if line.startswith("key") else Kind.PASSWORD


def _hyphenated(lower: str, line: int, start: int) -> str:
    """Return the beginning of a word with hyphens whose last part starts at `start`."""
    if start == 0 or lower[start - 1] != "-":
        return ""
    head = lower[max(line, start - _LONGEST_HEAD) : start]
    return head[head.rfind(" ") + 1 :]


def _in_line(scanned: Scan, before: set[str], start: int, stop: int) -> Iterator[Span]:
    anchor, anchor_end, is_typed = "", 0, False
    words = list(_WORD.finditer(scanned.lower, start, stop))
    for index, match in enumerate(words):
        word = match.group()
        if anchor:
            if is_typed or word not in FILLERS:
                following = words[index + 1].group() if index + 1 < len(words) else ""
                if _is_secret(scanned.text[match.start() : match.end()], following):
                    scanned.answered.add(anchor_end - len(anchor.rpartition("-")[2]))
                    yield Span(match.start(), match.end(), ANCHORS[anchor])
                anchor = ""
            else:
                is_typed = word in _TYPES
        contexts = CONTEXTS.get(word)
        if contexts is not None and (
            not contexts or not contexts.isdisjoint(before) or (word == "community" and _is_granted(words, index))
        ):
            anchor, anchor_end, is_typed = word, match.end(), False
        before.add(word)


def _is_granted(words: list[re.Match[str]], index: int) -> bool:
    """Return whether a community is followed by the access that it grants."""
    return index + 2 < len(words) and words[index + 2].group() in ("ro", "rw")


def _is_secret(word: str, following: str) -> bool:
    if len(word) < 3 or is_evidence(word) or word[-1] in ":," or word in ANCHORS:
        return False
    return looks_secret(word) or not following or following in FOLLOWERS or following.isdigit()
