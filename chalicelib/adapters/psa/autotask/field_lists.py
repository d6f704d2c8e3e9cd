"""The descriptions of Autotask's fields: which values a tenant's picklists have."""

import time
from collections.abc import Callable
from typing import Any, NamedTuple

Labels = dict[str, str]
"""Values that a field may have, and what the tenant calls them."""

FRESH_S = 60.0
"""How long a description is not read again, whatever is missing in it: the calls of a database are counted."""


class _Kept(NamedTuple):
    body: Any
    read_at: float


class FieldLists:
    """The descriptions of the fields of each entity, each kept once it was read.

    `fetch` reads that of one entity; `clock` counts seconds.
    """

    def __init__(self, fetch: Callable[[str], Any], clock: Callable[[], float] = time.monotonic) -> None:
        self._fetch = fetch
        self._clock = clock
        self._kept: dict[str, _Kept] = {}

    def read(self, entity: str, understood: Callable[[Any], Labels], is_known: Callable[[Labels], bool]) -> Labels:
        """Return what `understood` makes of the entity's description, read again when what it has is not known there.

        What cannot be understood is not kept. Raises what `fetch` and `understood` raise.
        """
        kept = self._kept.get(entity)
        if kept:
            labels = understood(kept.body)
            if is_known(labels) or self._clock() - kept.read_at < FRESH_S:
                return labels
        body = self._fetch(entity)
        labels = understood(body)
        self._kept[entity] = _Kept(body, self._clock())
        return labels


def picklist_in(body: Any, field: str, *, is_past_too: bool) -> Labels:
    """Return the values of a field that may be set now; with `is_past_too`, also those that only older rows have.

    Field names are matched in any letter case. Raises LookupError or ValueError when the answer does not describe it.
    """
    described = next((entry for entry in body["fields"] if entry["name"].casefold() == field.casefold()), None)
    if described is None:
        raise ValueError(f"the answer does not describe {field}")
    values = described.get("picklistValues") or []
    return {str(value["value"]): str(value["label"]) for value in values if is_past_too or value.get("isActive", True)}
