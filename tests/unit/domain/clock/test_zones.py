import os
import subprocess
import sys
import zoneinfo
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import tzdata

from chalicelib.domain.clock.zones import to_utc, zone_data_version, zone_named

REQUIREMENTS = Path(__file__).parents[4] / "requirements.txt"

REGIONS = [
    ("America/Vancouver", "2026-12-01", -7),
    ("America/Edmonton", "2026-12-01", -6),
    ("America/Inuvik", "2026-12-01", -6),
    ("America/Winnipeg", "2026-12-01", -5),
    ("Africa/Casablanca", "2026-12-01", 0),
    ("America/Havana", "2026-12-01", -4),
    ("America/Havana", "2027-12-01", -5),
]
"""Six regions that left their old clock in 2026, which older zone data do not know, and where one stands later."""


def test_requirements_pin_the_zone_data_that_are_installed() -> None:
    assert f"tzdata=={tzdata.__version__}" in REQUIREMENTS.read_text().splitlines()


def test_zone_data_version_is_that_of_the_pinned_package() -> None:
    assert zone_data_version() == tzdata.IANA_VERSION


def test_zone_data_version_says_system_while_the_machines_files_come_first(tmp_path: Path) -> None:
    zoneinfo.reset_tzpath(to=(tmp_path,))
    try:
        assert zone_data_version() == "system"
    finally:
        zoneinfo.reset_tzpath(to=())


@pytest.mark.parametrize(("name", "day", "hours"), REGIONS)
def test_pinned_zone_data_know_the_clocks_that_changed_in_2026(name: str, day: str, hours: int) -> None:
    at = datetime.fromisoformat(day).replace(tzinfo=zone_named(name))

    assert at.utcoffset() == timedelta(hours=hours)


def test_chisinau_changes_its_clock_at_one_in_utc() -> None:
    zone = zone_named("Europe/Chisinau")
    before, after = (datetime(2027, 3, 28, hour, minute, tzinfo=UTC) for hour, minute in ((0, 59), (1, 0)))

    assert [at.astimezone(zone).utcoffset() for at in (before, after)] == [timedelta(hours=2), timedelta(hours=3)]


def test_process_with_an_empty_zone_path_reads_the_pinned_data() -> None:
    program = (
        "from datetime import datetime; from chalicelib.domain.clock.zones import zone_data_version, zone_named\n"
        "print(zone_data_version(), datetime(2026, 12, 1, tzinfo=zone_named('America/Vancouver')).utcoffset())"
    )
    environment = {**os.environ, "PYTHONTZPATH": "", "PYTHONPATH": str(REQUIREMENTS.parent)}
    said = subprocess.run(  # noqa: S603 (this interpreter, a program of this test)
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
    )

    assert said.stdout.strip() == f"{tzdata.IANA_VERSION} -1 day, 17:00:00"


@pytest.mark.parametrize(
    "name",
    [
        "",
        "Mars/Base",
        "Europe",
        "europe/brussels/",
        "/etc/passwd",
        "../Europe/Brussels",
        "Europe/../Europe/Brussels",
        "right/Europe/Brussels",
        "posix/Europe/Brussels",
        "localtime",
        "Factory",
        "Europe/Brussels\x00",
        "Europe/Brussels\n",
        "E" * 5000,
        "Éurope/Brussels",
    ],
)
def test_zone_refuses_a_name_that_is_no_iana_zone(name: str) -> None:
    with pytest.raises(ValueError, match="is no time zone of the IANA database"):
        zone_named(name)


def test_local_time_shown_twice_is_the_first_of_the_two() -> None:
    assert to_utc(datetime(2026, 10, 25, 2, 30), zone_named("Europe/Brussels")) == datetime(
        2026, 10, 25, 0, 30, tzinfo=UTC
    )


def test_local_time_that_clocks_skip_counts_as_before_they_moved() -> None:
    assert to_utc(datetime(2027, 3, 28, 2, 30), zone_named("Europe/Brussels")) == datetime(
        2027, 3, 28, 1, 30, tzinfo=UTC
    )
