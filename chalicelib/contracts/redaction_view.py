"""What the API answers about the secrets of a text."""

from collections.abc import Iterable

from pydantic import Field

from chalicelib.contracts.shape import StrictModel
from chalicelib.domain.redaction import Kind, Span


class SecretSpanView(StrictModel):
    """Where a secret stands, and what it is. Offsets count UTF-16 code units, as strings of JavaScript do."""

    start: int = Field(ge=0, description="The first UTF-16 code unit of the secret.")
    end: int = Field(ge=0, description="The first UTF-16 code unit behind it.")
    kind: Kind


class RedactionPreviewView(StrictModel):
    """The secrets of a text in order, none overlapping: what will be masked when the text leaves."""

    spans: list[SecretSpanView]

    @classmethod
    def of(cls, text: str, spans: Iterable[Span]) -> "RedactionPreviewView":
        """Return the view of `spans`, whose offsets count code points of `text`, in order."""
        views, at, units = [], 0, 0
        for span in spans:
            start = units + _utf16_length(text[at : span.start])
            end = start + _utf16_length(text[span.start : span.end])
            views.append(SecretSpanView(start=start, end=end, kind=span.kind))
            at, units = span.end, end
        return cls(spans=views)


def _utf16_length(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
