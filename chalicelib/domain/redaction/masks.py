"""Find the secrets of a text, and put a mask in the place of each."""

import re
from collections.abc import Iterable, Iterator, Sequence

from chalicelib.domain.redaction.folding import fold
from chalicelib.domain.redaction.spans import Kind, Span

_MASK = re.compile(r"\[masked(?:: ([A-Za-z -]{1,30}?)(?: (\d{1,4}))?)?\]")
_EDGE = "\"'`.,;:!?()[]{}<>"
_STRONG_LENGTH = 8
_WORDS = re.compile(r"\S{8,300}+")


def find_secrets(text: str, marked: Iterable[tuple[int, int]] = ()) -> list[Span]:
    """Return the secrets of `text` in order, none overlapping; offsets count code points.

    `marked` are the places that the author wants masked too; nothing that is found can be unmarked. A place outside of
    the text is cut to it.
    """
    return _secrets([text], [tuple(marked)])[0]


def redact(text: str, marked: Iterable[tuple[int, int]] = ()) -> str:
    """Return `text` with a mask such as `[masked: password]` in the place of each secret.

    Where secrets of one kind differ, each has a number: the same secret has the same one throughout the text. Masks
    that are there already, also those typed by hand, stay; masking twice changes nothing more.
    """
    return _redacted([text], [tuple(marked)])[0]


def redact_together(texts: Sequence[str]) -> list[str]:
    """Return the texts redacted as one that leaves as a whole: the same secret has the same number in all of them."""
    return _redacted(texts, [()] * len(texts))


def _redacted(texts: Sequence[str], marked: Sequence[Iterable[tuple[int, int]]]) -> list[str]:
    found = _secrets(texts, marked)
    if not any(found):
        return list(texts)
    names = _names(texts, found)
    return [_replaced(text, spans, names) for text, spans in zip(texts, found, strict=True)]


def _replaced(text: str, spans: list[Span], names: dict[tuple[Kind, str], str]) -> str:
    parts, at = [], 0
    for span in spans:
        parts += [text[at : span.start], names[span.kind, _identity(text, span)]]
        at = span.end
    return "".join([*parts, text[at:]])


def _names(texts: Sequence[str], found: Sequence[list[Span]]) -> dict[tuple[Kind, str], str]:
    """Return the mask of each secret: numbered, in the order of reading, where there are several of its kind."""
    by_kind: dict[Kind, dict[str, None]] = {}
    for text, spans in zip(texts, found, strict=True):
        for span in spans:
            by_kind.setdefault(span.kind, {})[_identity(text, span)] = None
    used = _numbers_used(texts)
    names = {}
    for kind, secrets in by_kind.items():
        first = used.get(kind.value, 0) + 1
        is_numbered = len(secrets) > 1 or first > 1
        for number, secret in enumerate(secrets, first):
            names[kind, secret] = f"[masked: {kind.value} {number}]" if is_numbered else f"[masked: {kind.value}]"
    return names


def _numbers_used(texts: Sequence[str]) -> dict[str, int]:
    used: dict[str, int] = {}
    for text in texts:
        for match in _MASK.finditer(text):
            if match.group(1):
                used[match.group(1)] = max(used.get(match.group(1), 0), int(match.group(2) or 1))
    return used


def _identity(text: str, span: Span) -> str:
    written = text[span.start : span.end]
    return (written if written.isascii() else fold(written).text).rstrip(".")


def _secrets(texts: Sequence[str], marked: Sequence[Iterable[tuple[int, int]]]) -> list[list[Span]]:
    from chalicelib.domain.redaction.detectors import detect  # lazy: cold start (ADR 0015)

    found = []
    for text, places in zip(texts, marked, strict=True):
        folded = fold(text)
        spans = [span for _, span in detect(folded.text) if span.end > span.start]
        if folded.offsets is not None:
            spans = [Span(*folded.original(span.start, span.end), span.kind) for span in spans]
        spans += [Span(max(0, start), min(len(text), end), Kind.MARKED) for start, end in places if start < end]
        found.append(list(_around_masks(text, merged(spans))))
    return _repeated(texts, found)


def merged(spans: Iterable[Span]) -> list[Span]:
    """Return the spans in order, those that overlap made one; it is named as the first detector says."""
    joined: list[Span] = []
    last_end, last_rank = 0, 0
    for start, _, rank, span in sorted((span.start, -span.end, rank, span) for rank, span in enumerate(spans)):
        if joined and start < last_end:
            kind = joined[-1].kind if last_rank <= rank else span.kind
            last_end, last_rank = max(last_end, span.end), min(last_rank, rank)
            joined[-1] = Span(joined[-1].start, last_end, kind)
        else:
            joined.append(span)
            last_end, last_rank = span.end, rank
    return joined


def _around_masks(text: str, spans: list[Span]) -> Iterator[Span]:
    """Yield the spans without the masks that they hold, and without what is left of them that is no text."""
    has_masks = "[masked" in text
    for span in spans:
        at = span.start
        for mask in _MASK.finditer(text, span.start, span.end) if has_masks else ():
            yield from _with_text(text, Span(at, mask.start(), span.kind))
            at = mask.end()
        yield from _with_text(text, Span(at, span.end, span.kind))


def _with_text(text: str, span: Span) -> Iterator[Span]:
    if span.start < span.end and any(map(str.isalnum, text[span.start : span.end])):
        yield span


def _repeated(texts: Sequence[str], found: list[list[Span]]) -> list[list[Span]]:
    """Add where a secret that looks like one stands again by itself, unannounced, in any of the texts."""
    from chalicelib.domain.redaction.evidence import has_marks, looks_secret  # lazy: cold start (ADR 0015)

    known = {
        text[span.start : span.end]: span.kind
        for text, spans in zip(texts, found, strict=True)
        for span in spans
        if _STRONG_LENGTH <= span.end - span.start <= 256
        and looks_secret(text[span.start : span.end])
        and has_marks(text[span.start : span.end])
    }
    if not known:
        return found
    heads = {secret[:4] for secret in known}
    again = [list(_standing(text, known, heads)) for text in texts]
    return [merged([*spans, *more]) if more else spans for spans, more in zip(found, again, strict=True)]


def _standing(text: str, known: dict[str, Kind], heads: set[str]) -> Iterator[Span]:
    for match in _WORDS.finditer(text):
        word = match.group()
        core = word.lstrip(_EDGE)
        if core[:4] not in heads:
            continue
        start = match.start() + len(word) - len(core)
        for form in (core, core.rstrip(".,;:)\"'"), core.rstrip(_EDGE)):
            if form in known:
                yield Span(start, start + len(form), known[form])
                break
