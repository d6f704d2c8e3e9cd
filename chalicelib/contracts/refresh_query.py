"""The query that reads a screen again."""

from typing import Annotated, Literal, Self, get_args

from pydantic import Field, model_validator

from chalicelib.contracts.requests import Id
from chalicelib.contracts.shape import StrictModel

RefreshPart = Literal[
    "escalations", "handed_off", "sessions", "notifications", "session", "turns", "handoffs", "history"
]
"""What a screen shows and reads again by name; from `session` on of one session."""

PARTS_OF_SESSION = ("session", "turns", "handoffs", "history")


class RefreshQuery(StrictModel):
    """The parts of the screen to read again, separated by commas, and the session that some of them are of."""

    parts: Annotated[
        str, Field(max_length=200, pattern=r"^[a-z_]+(,[a-z_]+)*$", description="Names of parts, parted by commas.")
    ] = "escalations,handed_off,sessions,notifications"
    session_id: Id | None = None
    limit: Annotated[int, Field(ge=1, le=100, description="The most items of each list.")] = 25

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the parts."""
        return tuple(dict.fromkeys(self.parts.split(",")))

    @model_validator(mode="after")
    def _require_known(self) -> Self:
        if not set(self.names) <= set(get_args(RefreshPart)):
            raise ValueError(f"The parts are {', '.join(get_args(RefreshPart))}.")
        if self.session_id is None and set(self.names) & set(PARTS_OF_SESSION):
            raise ValueError("Name the session_id that these parts are of.")
        return self
