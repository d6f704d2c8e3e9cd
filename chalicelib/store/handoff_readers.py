"""Who has opened a handoff that waits."""

from collections.abc import Iterable

from chalicelib.domain.people import Person
from chalicelib.store.keys import OPENINGS, handoff_key
from chalicelib.store.rows.handoff_parts import OpeningsRow
from chalicelib.store.transactions import update_alone


def add(account_id: str, handoff_id: str, person: Person) -> None:
    """Remember that `person` has opened the handoff; once, however often they do."""
    row, opened_by = OpeningsRow(handoff_key(account_id, handoff_id), OPENINGS), OpeningsRow.opened_by
    entry = f"{person.id}#{person.name}"  # no id has a #
    update_alone(row, [opened_by.add({entry}), OpeningsRow.layout.set(OpeningsRow.LAYOUT)], ~opened_by.contains(entry))


def find_many(account_id: str, handoff_ids: Iterable[str]) -> dict[str, list[Person]]:
    """Return by handoff who has opened it, by name: one request for each 100."""
    by_key = {handoff_key(account_id, handoff_id): handoff_id for handoff_id in handoff_ids}
    rows = OpeningsRow.batch_get([(key, OPENINGS) for key in by_key]) if by_key else []
    return {by_key[row.handoff_key]: _people_in(row) for row in rows}


def _people_in(row: OpeningsRow) -> list[Person]:
    people = {
        id_: Person(id=id_, name=name) for id_, _, name in (entry.partition("#") for entry in row.opened_by or ())
    }
    return sorted(people.values(), key=lambda person: (person.name, person.id))
