"""The base of every row, and the number of its layout."""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from pynamodb.attributes import NumberAttribute
from pynamodb.connection.table import TableConnection
from pynamodb.models import Model

from chalicelib.store.connection import dynamodb

Image = dict[str, dict[str, Any]]
"""An item as DynamoDB's JSON: `{"status": {"S": "claimed"}}`."""

Upgrade = Callable[[Image], Image]
"""Return an item of one layout as an item of the next, without changing the one given."""


class UnknownLayout(Exception):
    """An item was written by a later release of the product, which this one cannot read without losing something."""

    def __init__(self, row: type["Row"], layout: int, *, attribute: str = "", known: int | None = None) -> None:
        """`attribute`: the one with a layout of its own that is refused, of which this release knows `known`."""
        place = f"{row.__name__}.{attribute}" if attribute else row.__name__
        super().__init__(
            f"{place} in {row.Meta.table_name} has layout {layout}; this release knows {known or row.LAYOUT}"
        )


class Row(Model):
    """The base of every row. pynamodb would build a client for each table; one is enough, and starts faster.

    Whatever is put carries the layout of its kind. An item of an older layout is upgraded when it is read, step by step
    by `UPGRADES`, which has a function for each layout before `LAYOUT`; one of a newer layout is refused with
    UnknownLayout. An entry of an index that does not carry the number is read as it is.
    """

    LAYOUT: ClassVar[int] = 1
    UPGRADES: ClassVar[Mapping[int, Upgrade]] = {}

    layout = NumberAttribute(null=True)

    def serialize(self, null_check: bool = True) -> Image:  # noqa: FBT001, FBT002  as pynamodb calls it
        """Return the row as it is put, with the number of its layout."""
        self.layout = self.LAYOUT
        image: Image = super().serialize(null_check)
        return image

    def deserialize(self, attribute_values: Image) -> None:
        """Load an item as DynamoDB returns it. Raises UnknownLayout."""
        super().deserialize(self._upgraded(attribute_values))

    @property
    def key_values(self) -> tuple[Any, Any]:
        """The keys of the row: partition and sort key."""
        return getattr(self, self._hash_keyname or ""), getattr(self, self._range_keyname or "")

    @classmethod
    def _instantiate(cls, attribute_values: Image) -> Self:
        return super()._instantiate(cls._upgraded(attribute_values))

    @classmethod
    def _upgraded(cls, image: Image) -> Image:
        if "layout" not in image:
            return image
        layout = int(image["layout"]["N"])
        if layout > cls.LAYOUT:
            raise UnknownLayout(cls, layout)
        for older in range(layout, cls.LAYOUT):
            image = cls.UPGRADES[older](image)
        return image

    @classmethod
    def _get_connection(cls) -> TableConnection:
        table = super()._get_connection()
        table.connection._client = dynamodb().client
        return table
