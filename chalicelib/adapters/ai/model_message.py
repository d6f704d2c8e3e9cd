"""The Messages API as far as the product uses it: https://platform.claude.com/docs/en/api/messages."""

import hashlib
import json
from functools import partial
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, NonNegativeInt

from chalicelib.domain.assessment import Usage
from chalicelib.domain.display_text import tidy_line


class Question(BaseModel):
    """All that a model is shown, and how long its answer may be, in tokens."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    system: str
    content: str
    max_tokens: int
    answer_schema: dict[str, Any] | None = None

    @property
    def sha256(self) -> str:
        """The digest of what the model is shown: equal questions have equal digests."""
        shown = self.model_dump(include={"system", "content", "answer_schema"})
        return hashlib.sha256(json.dumps(shown, sort_keys=True).encode()).hexdigest()


class _Read(BaseModel):
    """Unknown fields are accepted, so that the API may grow. Errors never quote what the model wrote."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True, defer_build=True)


class ContentBlock(_Read):
    """A piece of the answer. Only blocks of type `text` are read; others, like `thinking`, have no `text`."""

    type: str
    text: str = ""


class Tokens(_Read):
    """Tokens paid for; the cache counters are null where the model has no cache."""

    input_tokens: NonNegativeInt
    output_tokens: NonNegativeInt
    cache_read_input_tokens: NonNegativeInt | None = None
    cache_creation_input_tokens: NonNegativeInt | None = None

    def to_usage(self) -> Usage:
        """Return the counters as the product stores them."""
        return Usage(
            input_tokens=self.input_tokens,
            output_tokens=self.output_tokens,
            cache_read_input_tokens=self.cache_read_input_tokens or 0,
            cache_creation_input_tokens=self.cache_creation_input_tokens or 0,
        )


class ModelMessage(_Read):
    """One answer of a model."""

    model: Annotated[str, AfterValidator(partial(tidy_line, limit=100))]
    stop_reason: str
    content: tuple[ContentBlock, ...]
    usage: Tokens

    @property
    def text(self) -> str:
        """The text of the answer, without the model's thinking."""
        return "".join(block.text for block in self.content if block.type == "text")
