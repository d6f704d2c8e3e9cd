"""Working time is tested on the pinned zone data, as in the functions, whatever this machine's own data are."""

import zoneinfo
from collections.abc import Iterator

import pytest

from chalicelib.domain.clock.zones import zone_named


def _forget_zones() -> None:
    zoneinfo.ZoneInfo.clear_cache()
    zone_named.cache_clear()


@pytest.fixture(autouse=True, scope="package")
def pinned_zone_data() -> Iterator[None]:
    path = zoneinfo.TZPATH
    zoneinfo.reset_tzpath(to=())
    _forget_zones()
    yield
    zoneinfo.reset_tzpath(to=path)
    _forget_zones()
