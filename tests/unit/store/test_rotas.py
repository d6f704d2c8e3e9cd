"""Rotas whose id is used again while somebody else works with the one before."""

import pytest

from chalicelib.domain.clock.saved import SavedRota
from chalicelib.store import rotas
from tests.support.builders import ACME, minute
from tests.support.scenarios.due import NIGHTS


@pytest.fixture
def former(tables: None) -> SavedRota:
    """A rota that was loaded, deleted and made again by another."""
    assert rotas.save(NIGHTS, None)
    loaded = rotas.load(ACME, NIGHTS.id)
    assert rotas.delete(loaded)
    assert rotas.save(made_again(), None)
    return loaded


def made_again() -> SavedRota:
    return NIGHTS.model_copy(update={"name": "New nights", "updated_at": minute(5)})


def test_former_rota_is_not_written_over_the_new_one(former: SavedRota) -> None:
    is_saved = rotas.save(former.model_copy(update={"name": "Renamed", "version": 2}), former)

    assert (is_saved, rotas.load(ACME, NIGHTS.id)) == (False, made_again())


def test_deletion_of_the_former_rota_leaves_the_new_one(former: SavedRota) -> None:
    is_deleted = rotas.delete(former)

    assert (is_deleted, rotas.load(ACME, NIGHTS.id)) == (False, made_again())
