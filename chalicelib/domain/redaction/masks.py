"""Find the secrets of a text, and put a mask in the place of each."""

import re
from collections.abc import Iterable, Iterator, Sequence

from chalicelib.domain.redaction.folding import fold
from chalicelib.domain.redaction.marked import marked_places
from chalicelib.domain.redaction.spans import Kind, Span

_MASK = re.compile(r"\[masked(?:: ([A-Za-z -]{1,30}?)(?: (\d{1,4}))?)?\]")
_EDGE = "\"'`.,;:!?()[]{}<>"
_STRONG_LENGTH, _LONGEST = 8, 256

_WORDS = re.compile(r"\S{8,300}+")


def find_secrets(text: str, marked: Sequence[str] = ()) -> list[Span]:
    """Return the secrets of `text` in order, none overlapping; offsets count code points.

    `marked` are passages that the author wants masked too; nothing that is found can be unmarked.
    """
    return _secrets([text], marked)[0]


def redact(text: str) -> str:
    """Return `text` with a mask such as `[masked: password]` in the place of each secret.

    Where secrets of one kind differ, each has a number: the same secret has the same one throughout the text. Masks
    that are there already, also those typed by hand, stay; masking twice changes nothing more.
    """
    return redact_together([text])[0]


def redact_together(texts: Sequence[str]) -> list[str]:
    """Return the texts redacted as one that leaves as a whole: the same secret has the same number in all of them."""
    found = _secrets(texts)
    if not any(found):
        return list(texts)
    by_kind: dict[Kind, dict[str, int]] = {}
    numbers = [_numbers(text, spans, by_kind) for text, spans in zip(texts, found, strict=True)]
    masks = _masks(texts, by_kind)
    return [_replaced(text, spans, own, masks) for text, spans, own in zip(texts, found, numbers, strict=True)]


def _numbers(text: str, spans: list[Span], by_kind: dict[Kind, dict[str, int]]) -> list[int]:
    """Return which secret of its kind each span is, in the order of reading; what is new is added to `by_kind`."""
    numbers = []
    last, secrets = None, dict[str, int]()
    for start, end, kind in spans:
        if kind is not last:
            last, secrets = kind, by_kind.setdefault(kind, {})
        numbers.append(secrets.setdefault(_identity(text[start:end]), len(secrets)))
    return numbers


def _masks(texts: Sequence[str], by_kind: dict[Kind, dict[str, int]]) -> dict[Kind, list[str]]:
    """Return the masks of each kind: numbered where there are several secrets of it."""
    used = _numbers_used(texts)
    masks = {}
    for kind, secrets in by_kind.items():
        first = used.get(kind.value, 0) + 1
        is_numbered = len(secrets) > 1 or first > 1
        masks[kind] = [
            f"[masked: {kind.value} {number}]" if is_numbered else f"[masked: {kind.value}]"
            for number in range(first, first + len(secrets))
        ]
    return masks


def _replaced(text: str, spans: list[Span], numbers: list[int], masks: dict[Kind, list[str]]) -> str:
    parts, at = [], 0
    last, names = None, list[str]()
    for (start, end, kind), number in zip(spans, numbers, strict=True):
        if kind is not last:
            last, names = kind, masks[kind]
        parts.append(text[at:start])
        parts.append(names[number])
        at = end
    parts.append(text[at:])
    return "".join(parts)


def _numbers_used(texts: Sequence[str]) -> dict[str, int]:
    used: dict[str, int] = {}
    for text in texts:
        for match in _MASK.finditer(text):
            if match.group(1):
                used[match.group(1)] = max(used.get(match.group(1), 0), int(match.group(2) or 1))
    return used


def _identity(written: str) -> str:
    """Return a secret in the form in which it is compared: folded, without the point that may end its sentence."""
    return (written if written.isascii() else fold(written).text).rstrip(".")


def _secrets(texts: Sequence[str], marked: Sequence[str] = ()) -> list[list[Span]]:
    from chalicelib.domain.redaction.evidence import forget_judgments  # lazy: cold start (ADR 0015)

    try:
        return _repeated(texts, _detected(texts, marked))
    finally:
        forget_judgments()


def _detected(texts: Sequence[str], marked: Sequence[str]) -> list[list[Span]]:
    from chalicelib.domain.redaction.detectors import detect  # lazy: cold start (ADR 0015)

    found = []
    for text in texts:
        folded = fold(_MASK.sub(_blank, text) if "[masked" in text else text)
        spans = detect(folded.text)
        if folded.offsets is not None:
            spans = [Span(*folded.original(span.start, span.end), span.kind) for span in spans]
        spans += [Span(start, end, Kind.MARKED) for start, end in marked_places(text, marked)]
        found.append(list(_around_masks(text, merged(spans))))
    return found


def _blank(mask: re.Match[str]) -> str:
    """Return what stands for a mask while secrets are looked for, so that its words announce nothing."""
    return f"[{'*' * (len(mask.group()) - 2)}]"


def merged(spans: list[Span]) -> list[Span]:
    """Return the spans in order, those that overlap made one; it is named as the first detector says."""
    starts = [span.start for span in spans]
    joined: list[Span] = []
    last_end, last_rank = 0, 0
    for rank in sorted(range(len(spans)), key=starts.__getitem__):
        span = spans[rank]
        if joined and starts[rank] < last_end:
            kind = joined[-1].kind if last_rank <= rank else span.kind
            last_end, last_rank = max(last_end, span.end), min(last_rank, rank)
            joined[-1] = Span(joined[-1].start, last_end, kind)
        else:
            joined.append(span)
            last_end, last_rank = span.end, rank
    return joined


def _around_masks(text: str, spans: list[Span]) -> Iterable[Span]:
    """Return the spans without the masks that they hold, and without what is left of them that is no text."""
    if "[masked" in text:
        return _outside_masks(text, spans)
    return (
        span for span in spans if text[span.start : span.start + 1].isalnum() or _has_text(text, span.start, span.end)
    )


def _outside_masks(text: str, spans: list[Span]) -> Iterator[Span]:
    for span in spans:
        at = span.start
        for mask in _MASK.finditer(text, span.start, span.end):
            if _has_text(text, at, mask.start()):
                yield Span(at, mask.start(), span.kind)
            at = mask.end()
        if _has_text(text, at, span.end):
            yield span if at == span.start else Span(at, span.end, span.kind)


def _has_text(text: str, start: int, end: int) -> bool:
    return start < end and (text[start].isalnum() or any(map(str.isalnum, text[start:end])))


def _repeated(texts: Sequence[str], found: list[list[Span]]) -> list[list[Span]]:
    """Add where a secret that looks like one stands again by itself, unannounced, in any of the texts."""
    from chalicelib.domain.redaction.evidence import has_marks, looks_secret  # lazy: cold start (ADR 0015)

    known = {}
    for text, spans in zip(texts, found, strict=True):
        for start, end, kind in spans:
            if (
                _STRONG_LENGTH <= end - start <= _LONGEST
                and has_marks(secret := text[start:end])
                and looks_secret(secret)
            ):
                known[secret] = kind
    if not known:
        return found
    heads = {secret[:4] for secret in known}
    again = [list(_standing(text, spans, known, heads)) for text, spans in zip(texts, found, strict=True)]
    return [merged([*spans, *more]) if more else spans for spans, more in zip(found, again, strict=True)]


def _standing(text: str, spans: list[Span], known: dict[str, Kind], heads: set[str]) -> Iterator[Span]:
    found = {span.start for span in spans}
    for match in _WORDS.finditer(text):
        if match.start() in found:
            continue
        word = match.group()
        core = word.lstrip(_EDGE)
        if core[:4] not in heads:
            continue
        start = match.start() + len(word) - len(core)
        for form in (core, core.rstrip(".,;:)\"'"), core.rstrip(_EDGE)):
            if form in known:
                yield Span(start, start + len(form), known[form])
                break
