"""The health check of the deployed API."""

import tzdata

from infra.local.api import Api


def test_health_names_the_pinned_time_zone_data(jane: Api) -> None:
    health = jane.get("/health")

    assert (health["status"], health["zone_data_version"]) == ("ok", tzdata.IANA_VERSION)
