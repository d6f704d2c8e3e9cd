"""Several secrets behind one label: `Passwords: admin …, root …`, `creds: joe / …`, `backup codes: …, …`."""

import re

from chalicelib.domain.redaction.evidence import has_marks, is_evidence, is_numbered, looks_secret
from chalicelib.domain.redaction.labels import LabelMatch
from chalicelib.domain.redaction.spans import Kind, Span
from chalicelib.domain.redaction.vocabulary.prose import STATES

_REACH = 400
_LEAD = re.compile(
    r"(?:[ ]?[(\[][^()\[\]\n]{1,40}[)\]])?+(?:[\"'`]|\*\*|__|</[a-z]{1,10}>)*+[ \t]*+(?:=>|->|→|[:=-])[ \t*]*+"
)
_PART = re.compile(r"[^\s,;]{1,257}")
_PAIR = re.compile(r"([ \t]{0,4}+[:=]|[ ]with|)[ \t]{1,4}+([\w.@\\-]{1,64}+)(?:[ ]?[/:|][ ]?)([^\s:/|]{5,128})")
_GIVEN = re.compile(
    r"[ ](?:are|were|is|sind|zijn)[ ][\w.@\\-]{1,64}+(?:[ ]?[/:|&+][ ]?|[ ](?:and|with|und|en)[ ])(\S{5,128})"
)
_BESIDE = re.compile(r"[ ][\w.+-]{1,64}+@[\w.-]{1,100}+[ ]([^\s:/|]{7,128})")
_SIGN_INS = frozenset(("login", "logon", "zugang"))
_BELOW = re.compile(r"[ ]?(?:[(\[][^()\[\]\n]{1,40}[)\]])?+[:*_`]{0,3}+[ \t]{0,8}+\n")
_CODE_BELOW = re.compile(
    r"[ \t*•>.`-]{0,8}+(?:\d{1,2}[.)][ \t]++)?+`?([0-9A-Za-z]{4,12}(?:[- ][0-9A-Za-z]{4,12}){0,3})`?[ \t]{0,8}+(?:\n|$)"
)
_MOST_BELOW = 20
_TRAILING = ".,;)]}\"'`*"
_CODE = re.compile(r"\d{4,8}(?:[- ]\d{4,8})?")
_SIGNS = re.compile(r"[:/=](?=.)|\d")


def in_list(text: str, found: LabelMatch) -> tuple[list[Span], int]:
    """Return the secrets of the list behind a label, and how far the list was read."""
    lead = _LEAD.match(text, found.end)
    if not lead:
        return _given(text, found), found.end
    stop = text.find("\n", lead.end(), lead.end() + _REACH)
    stop = stop if stop >= 0 else min(len(text), lead.end() + _REACH)
    spans, is_done = [], False
    for match in _PART.finditer(text, lead.end(), stop):
        span = None if is_done else _secret_in(text, match, found.label.kind)
        if span:
            spans.append(span)
        is_over = text[match.end() : match.end() + 1] in (",", ";") or text.startswith(
            (" and ", " und ", " / "), match.end()
        )
        is_done = not is_over and (is_done or span is not None)
        if not spans and match.group().lower() in STATES:
            return [], stop
    return spans, stop


def _given(text: str, found: LabelMatch) -> list[Span]:
    match = _GIVEN.match(text, found.end)
    value = match.group(1).rstrip(_TRAILING) if match else ""
    if not match or not looks_secret(value) or is_numbered(value) or is_evidence(value):
        return []
    return [Span(match.start(1), match.start(1) + len(value), found.label.kind)]


def below(text: str, found: LabelMatch) -> list[Span]:
    """Return the codes that stand on the lines below a label, one on each."""
    lead = _BELOW.match(text, found.end) if found.label.kind is Kind.CODE else None
    spans: list[Span] = []
    while lead and len(spans) < _MOST_BELOW and (lead := _CODE_BELOW.match(text, lead.end())):
        if not any(map(str.isdigit, lead.group(1))) or is_evidence(lead.group(1)):
            break
        spans.append(Span(lead.start(1), lead.end(1), Kind.CODE))
    return spans


def in_pair(text: str, found: LabelMatch) -> Span | None:
    """Return the secret of `user: name / secret`, which no label of its own announces."""
    match = _PAIR.match(text, found.end)
    if not match:
        return _beside(text, found)
    if "//" in match.group():
        return None
    value = match.group(3).rstrip(_TRAILING)
    is_secret = looks_secret(value) and (has_marks(value) or (match.group(1) and " / " in match.group()))
    if not is_secret or is_numbered(value) or is_evidence(value):
        return None
    return Span(match.start(3), match.start(3) + len(value), found.label.kind)


def _beside(text: str, found: LabelMatch) -> Span | None:
    match = _BESIDE.match(text, found.end)
    if not match or text[found.start : found.end].lower() not in _SIGN_INS:
        return None
    value = match.group(1).rstrip(_TRAILING)
    if not looks_secret(value) or is_numbered(value) or is_evidence(value) or value.isdigit():
        return None
    return Span(match.start(1), match.start(1) + len(value), found.label.kind)


def _secret_in(text: str, match: re.Match[str], kind: Kind) -> Span | None:
    part = match.group()
    if not looks_secret(part) and not _SIGNS.search(part):
        return None
    start, end = match.start(), match.start() + len(part.rstrip(".)]}\"'`*"))
    if _is_address(part):
        return None
    for separator in (":", "/", "="):
        name, found, rest = part.partition(separator)
        if found and name and len(rest) > 2 and name.replace(".", "").replace("-", "").isalnum():
            start += len(name) + 1
            break
    start += len(text[start:end]) - len(text[start:end].lstrip("\"'`([*"))
    value = text[start:end]
    if kind is Kind.CODE:
        return Span(start, end, kind) if _CODE.fullmatch(value) else None
    is_pair = start > match.start()
    is_secret = looks_secret(value) and not is_numbered(value) if not is_pair else len(value) > 2
    is_secret = is_secret or ("!" in value and looks_secret(value))
    return Span(start, end, kind) if is_secret and value and not is_evidence(value) else None


def _is_address(part: str) -> bool:
    return "://" in part or part.startswith(("\\\\", "/")) or part[1:3] == ":\\"
