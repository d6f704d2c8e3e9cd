"""The account of the state machine as it is before anything happens: its directory, its rota and its policy."""

import copy
from datetime import date
from typing import Any

from chalicelib.domain.clock.rota import Handover, Rota
from chalicelib.domain.clock.saved import SavedRota
from chalicelib.store import engineers, policies, rotas
from tests.stateful.choices import PEOPLE
from tests.stateful.reference_timing import POLICY
from tests.support.builders import ACME, SAM, minute
from tests.support.tables import PREFIX, moto_tables

TABLES = (f"{PREFIX}engineers", f"{PREFIX}accounts")
_ALWAYS_SAM = Rota(
    time_zone="Europe/Brussels", people=(SAM.id,), handover=Handover(time="00:00"), starts_on=date(2026, 11, 1)
)
_items: dict[str, Any] = {}


def restore() -> None:
    """Put the account into tables that are empty: written once, copied from then on."""
    if not _items:
        for person in PEOPLE:
            engineers.enter(person)
        policies.save(ACME, POLICY, policies.load(ACME))
        always = SavedRota(
            account_id=ACME, id="always", name="Always Sam", rota=_ALWAYS_SAM, updated_at=minute(0), version=1
        )
        rotas.save(always, None)
        _items.update({name: copy.deepcopy(moto_tables()[name].items) for name in TABLES})
    for name, items in _items.items():
        moto_tables()[name].items = copy.deepcopy(items)
    policies.forget()
