"""The query of a route that lists something: apart from the other requests, since every route loads it."""

from typing import Annotated

from pydantic import Field

from chalicelib.contracts.shape import StrictModel


class PageQuery(StrictModel):
    """The page of a list."""

    limit: Annotated[int, Field(ge=1, le=100)] = 25
    cursor: Annotated[str, Field(min_length=1, max_length=1_000)] | None = None
