"""Requests in which an author may mark passages that nobody else is to read."""

from typing import Annotated, ClassVar, Self

from pydantic import Field, StringConstraints

from chalicelib.contracts.shape import Pasted, Printable, StrictModel
from chalicelib.domain.errors import InvalidRequest
from chalicelib.domain.redaction import mask_marked

Passage = Annotated[str, StringConstraints(min_length=2, max_length=1_000, pattern=r"\w"), Pasted, Printable]
Marked = Annotated[
    tuple[Passage, ...],
    Field(max_length=20, description="Passages of the texts beside it that are masked before anything is stored."),
]


class MarkedRequest(StrictModel):
    """A body with texts, and the passages of them that their author wants masked.

    `marked_texts` names the fields and the most characters that each may have, also when it is masked.
    """

    marked_texts: ClassVar[dict[str, int]]
    marked: Marked = ()

    def masked(self) -> Self:
        """Return the body with its passages masked, as it may be stored, and without what they were.

        Raises InvalidRequest for a passage that stands in none of the texts: it would leave unmasked.
        """
        if not self.marked:
            return self
        texts = {name: text for name in self.marked_texts if (text := getattr(self, name))}
        for index, passage in enumerate(self.marked):
            if not any(passage in text for text in texts.values()):
                raise InvalidRequest(f"/marked/{index}", "This passage is not in the text. Mark it as it stands there.")
        masked = {name: mask_marked(text, self.marked) for name, text in texts.items()}
        for name, text in masked.items():
            if len(text) > self.marked_texts[name]:
                raise InvalidRequest(
                    f"/{name}", f"With its masks the text has more than {self.marked_texts[name]:,} characters."
                )
        return self.model_copy(update={**masked, "marked": ()})
