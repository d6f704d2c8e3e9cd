"""What a PSA has to choose from for a ticket mapping: its statuses, and the people who may own tickets."""

from chalicelib.domain.frozen_model import FrozenModel
from chalicelib.domain.integration import TicketMapping
from chalicelib.domain.ticket_status import plain_label


class StatusChoice(FrozenModel):
    """A status of tickets; a name that several boards have is one choice. `id` is null then."""

    id: str | None
    name: str


class OwnerChoice(FrozenModel):
    """Somebody who may own tickets; `email` is null where the PSA has or shows none."""

    id: str
    name: str
    email: str | None


class MappingChoices(FrozenModel):
    """The PSA's own lists, by name."""

    statuses: list[StatusChoice]
    owners: list[OwnerChoice]


def sorted_choices(statuses: list[tuple[str, str]], owners: list[OwnerChoice]) -> MappingChoices:
    """Return the choices by name; `statuses` are ids and names, in which names may come several times."""
    ids: dict[str, set[str]] = {}
    for status_id, name in statuses:
        ids.setdefault(name, set()).add(status_id)
    named = [StatusChoice(id=min(of) if len(of) == 1 else None, name=name) for name, of in ids.items()]
    return MappingChoices(
        statuses=sorted(named, key=lambda one: one.name.casefold()),
        owners=sorted(owners, key=lambda one: one.name.casefold()),
    )


def missing_choices(mapping: TicketMapping, choices: MappingChoices) -> list[str]:
    """Return a sentence for each status and owner of the mapping that the PSA does not list (any more).

    A list that is empty says nothing. A status is known by name or id; where names have several ids, by name alone.
    """
    names = {plain_label(name) for one in choices.statuses for name in (one.name, one.id or one.name)}
    has_all_ids = all(one.id for one in choices.statuses)
    wanted = (mapping.status_on_claim, mapping.status_on_resolve, *mapping.closed_statuses)
    unknown = [status for status in dict.fromkeys(wanted) if status and plain_label(status) not in names]
    statuses = [status for status in unknown if has_all_ids or not status.isdecimal()] if names else []
    known = {owner.id for owner in choices.owners}
    owners = [(email, owner) for email, owner in mapping.owner_ids.items() if owner.isdecimal() and owner not in known]
    return [
        *(f"The status “{status}” no longer exists there." for status in statuses),
        *(f"The owner {owner} of {email} no longer exists there." for email, owner in owners if known),
    ]
