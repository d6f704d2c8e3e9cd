#!/bin/sh
# connectpyse 0.8.1 with schedule 1.2.2: after connectpyse's API classes are imported, `import schedule` loads
# `connectpyse/schedule`, and `schedule.every()` raises AttributeError. connectpyse/config.py puts the package's own
# folder first in sys.path, so its `config`, `company`, `project`, `schedule`, `service` and `system` hide packages and
# modules of the application with these names. A poller works or fails by the order of its imports.
# Seen by: both orders of the two imports. Fails when this changes.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check connectpyse==0.8.1 schedule==1.2.2 requests==2.34.2
for imports in 'import schedule, connectpyse.service.tickets_api' 'import connectpyse.service.tickets_api, schedule'; do
    "$folder/venv/bin/python" - "$imports" <<'PYTHON'
import sys
from pathlib import Path

exec(sys.argv[1])
found = Path(schedule.__file__).parent.relative_to(sys.prefix).parts[3:]
try:
    works = schedule.every().minute.unit
except AttributeError as error:
    works = f"AttributeError: {error}"
print(f"{sys.argv[1]}: {'/'.join(found)}: {works}")
if sys.argv[1].startswith("import schedule"):
    assert (found, works) == (("schedule",), "minutes"), (found, works)
else:
    assert found == ("connectpyse", "schedule"), found
    assert works == "AttributeError: module 'schedule' has no attribute 'every'", works
PYTHON
done
