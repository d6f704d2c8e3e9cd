#!/bin/sh
# holidays 0.109: Spain has no Christmas Day in 2022. `observed=True`, the default, usually adds a day off for a holiday
# that falls on a Sunday; for Spain it removes that holiday, as the official list of days off does. Rules for on-call
# holiday hours or pay treat 6 December 2026 and 15 August 2027 as ordinary Sundays. `observed=False` includes them.
# Germany and Britain keep such holidays under the default.
# Seen by: 25 December 2022 in three countries, and Spain from 2026 to 2028. Fails when this changes.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check holidays==0.109
"$folder/venv/bin/python" - <<'PYTHON'
from datetime import date

from holidays import country_holidays

christmas = date(2022, 12, 25)
known = {country: christmas in country_holidays(country, years=2022) for country in ("ES", "DE", "GB")}
print(f"{christmas:%A}, {christmas} is a holiday:", known)
assert known == {"ES": False, "DE": True, "GB": True}, known
years = range(2026, 2029)
every = country_holidays("ES", years=years, observed=False, language="en_US")
default = country_holidays("ES", years=years, language="en_US")
lost = {f"{day:%a %Y-%m-%d}": every[day] for day in sorted(every.keys() - default.keys())}
print("with observed=False only:", lost)
assert "Sun 2026-12-06" in lost and "Sun 2027-08-15" in lost, lost
assert all(day.startswith("Sun") for day in lost), lost
PYTHON
