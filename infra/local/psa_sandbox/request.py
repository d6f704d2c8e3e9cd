"""A call to the PSA sandbox, and what a PSA makes of it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs


@dataclass(frozen=True)
class Request:
    """A call; `path` is what comes after the system's own address, and header names are in small letters."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    raw: bytes

    @property
    def body(self) -> Any:
        """The body as JSON; nothing when there is none."""
        return json.loads(self.raw) if self.raw else None

    @property
    def form(self) -> dict[str, str]:
        """The body as a form."""
        return {name: values[0] for name, values in parse_qs(self.raw.decode()).items()}

    @property
    def parts(self) -> list[str]:
        """The path in pieces, in small letters."""
        return [part for part in self.path.lower().split("/") if part]


def is_note_written(system: str, request: Request) -> bool:
    """Whether the call writes a note."""
    last = request.parts[-1:] == ["actions"] if system == "halopsa" else request.parts[-1:] == ["notes"]
    return request.method == "POST" and last
