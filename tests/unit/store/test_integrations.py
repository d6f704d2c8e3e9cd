import pytest

from chalicelib.domain.errors import NotFound
from chalicelib.store import integrations, webhook_deliveries
from chalicelib.store.keys import delivery_mark
from tests.support.builders import ACME, START


def test_mark_of_a_delivery_is_no_integration(tables: None) -> None:
    webhook_deliveries.mark(ACME, "psa", "id:1", START)

    with pytest.raises(NotFound):
        integrations.load(ACME, delivery_mark("psa", "id:1"))
