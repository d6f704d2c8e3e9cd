"""Mask what an author marked, and never less than without the marks."""

from collections.abc import Iterator, Sequence

from chalicelib.domain.redaction.marked import MASK, marked_places
from chalicelib.domain.redaction.masks import find_secrets

Mask = tuple[int, int, str]
"""The characters from a start up to an end, and what is put in their place."""


def mask_marked(text: str, passages: Sequence[str]) -> str:
    """Return `text` with a mask in every place where one of the passages stands.

    A secret that only a marked passage announced, as in `Password: …` with `Password` marked, would no longer be found
    when the text leaves: it is masked here too.
    """
    if not passages:
        return text
    masks = [(start, end, MASK) for start, end in marked_places(text, passages)]
    return _with_masks(text, sorted([*masks, *_no_longer_found(text, masks)]))


def _no_longer_found(text: str, masks: list[Mask]) -> Iterator[Mask]:
    """Yield the parts of secrets that are found in `text`, but not once the masks stand in it."""
    hidden = _hidden_by(text, masks)
    for span in find_secrets(text):
        start = span.start
        for at in range(span.start, span.end + 1):
            if at < span.end and at not in hidden:
                continue
            if any(map(str.isalnum, text[start:at])):
                yield start, at, f"[masked: {span.kind.value}]"
            start = at + 1


def _hidden_by(text: str, masks: list[Mask]) -> set[int]:
    """Return which characters of `text` the masks hide, and what is found in the text that has them."""
    hidden = {at for start, end, _ in masks for at in range(start, end)}
    origins: list[int] = []
    last = 0
    for start, end, mask in masks:
        origins += [*range(last, start), *[start] * len(mask)]
        last = end
    origins += range(last, len(text))
    for span in find_secrets(_with_masks(text, masks)):
        hidden.update(origins[span.start : span.end])
    return hidden


def _with_masks(text: str, masks: list[Mask]) -> str:
    parts, last = [], 0
    for start, end, mask in masks:
        parts += [text[last:start], mask]
        last = end
    return "".join([*parts, text[last:]])
