"""What a cold start waits for. `make bench` measures how long that takes; what it loads is the same every time."""

import json
import subprocess
import sys

import pytest

from infra.routing_table import MODULES

HEAVY = [
    "anthropic",
    "asyncio.runners",
    "aws_lambda_powertools",
    "boto3",
    "cryptography",
    "httpx2",
    "jwt",
    "openapi_pydantic",
    "phonenumbers",
    "standardwebhooks",
]
"""Libraries that are imported by the first call that needs them; the first alone takes more than a second."""

OF_OTHERS = [
    "chalicelib.actions.deliveries.plan_deliveries",
    "chalicelib.actions.deliveries.save_channel",
    "chalicelib.actions.deliveries.send_delivery",
    "chalicelib.actions.notifications.announce_change",
    "chalicelib.actions.notifications.announce_note",
    "chalicelib.actions.ticket_notes.mark_notes_failed",
    "chalicelib.actions.ticket_notes.push_notes",
    "chalicelib.actions.ticket_sync.reconcile_tickets",
    "chalicelib.actions.integrations.save_integration",
    "chalicelib.actions.ticket_sync.handle_delivery",
    "chalicelib.adapters.psa.webhooks",
    "chalicelib.adapters.ai.claude",
    "chalicelib.adapters.psa.clients",
]
"""What the functions behind the API do, what only admins ask for, and the AI: work that is imported when it is done."""

FOUNDATION = "chalice.app, pynamodb.models, pynamodb.transactions, pydantic"

LOADED = """
import json, sys
files = {name: getattr(module, "__file__", None) or "" for name, module in sys.modules.items()}
print(json.dumps(files))
"""

FUNCTIONS = [
    "chalicelib.entry.due_handoffs",
    "chalicelib.entry.notification_queue",
    "chalicelib.entry.psa_deliveries",
    "chalicelib.entry.psa_pushes",
    "chalicelib.entry.schedules",
    "chalicelib.entry.sockets",
    "chalicelib.entry.streams",
]
"""The modules of the functions beside the API; `tests/unit/infra/test_functions.py` has the handlers in them."""

HANDLERS = ["app", ", ".join(FUNCTIONS)]

WORK = ("chalicelib.actions.", "chalicelib.adapters.", "chalicelib.contracts.", "chalicelib.store.")

MADE = """
import importlib, json, sys
importlib.import_module(sys.argv[1])
from pydantic import BaseModel
def below(model):
    for each in model.__subclasses__():
        yield each
        yield from below(each)
ours = [model for model in below(BaseModel) if model.__module__.startswith("chalicelib.")]
print(json.dumps([len(ours), [model.__name__ for model in ours if model.__pydantic_complete__]]))
"""

MOST_MODELS = 20
"""Classes of pydantic models that importing the app may make, of 265; each is two thirds of a millisecond."""


def loaded_by(modules: str) -> dict[str, str]:
    """The modules, with their files, that a fresh interpreter has after importing `modules`."""
    run = subprocess.run(  # noqa: S603
        [sys.executable, "-c", f"import {modules}\n{LOADED}"], capture_output=True, text=True, check=True
    )
    files: dict[str, str] = json.loads(run.stdout)
    return files


def packages_of(modules: dict[str, str]) -> set[str]:
    """The installed packages among `modules`."""
    installed = {name.split(".")[0] for name, file in modules.items() if "site-packages" in file}
    return {name for name in installed if not name.startswith("_")}


@pytest.fixture(scope="module")
def app() -> dict[str, str]:
    return loaded_by("app")


@pytest.fixture(scope="module")
def functions() -> dict[str, str]:
    return loaded_by(", ".join(FUNCTIONS))


@pytest.mark.parametrize("module", [*HEAVY, *OF_OTHERS])
def test_module_that_few_need_is_not_imported_by_the_app(app: dict[str, str], module: str) -> None:
    assert module not in app


def test_app_imports_no_route(app: dict[str, str]) -> None:
    assert {name for name in app if name.removeprefix("chalicelib.entry.") in MODULES} == set()


def test_import_of_the_app_makes_few_models_and_builds_one_validator() -> None:
    run = subprocess.run([sys.executable, "-c", MADE, "app"], capture_output=True, text=True, check=True)  # noqa: S603

    models, built = json.loads(run.stdout)
    assert models <= MOST_MODELS
    assert built == ["Person"]  # of a constant: who the clock is


def test_functions_import_their_work_when_they_run(functions: dict[str, str]) -> None:
    assert {name for name in functions if name.startswith(WORK)} == set()


def test_garbage_is_collected_again_after_the_import() -> None:
    code = "import app, gc\nassert gc.isenabled()\nassert gc.get_freeze_count()"

    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)  # noqa: S603

    assert (run.returncode, run.stderr) == (0, "")


def test_no_package_slips_into_the_cold_start(app: dict[str, str]) -> None:
    foundation = packages_of(loaded_by(FOUNDATION))

    assert packages_of(app) - foundation == {"annotated_types", "snapshot_restore_py"}


@pytest.mark.parametrize("handler", HANDLERS)
def test_importing_a_handler_reads_no_setting_and_opens_nothing(handler: str) -> None:
    untouched = "assert not settings.settings.cache_info().currsize and not connection.dynamodb.cache_info().currsize"
    code = f"import {handler}\nfrom chalicelib import settings\nfrom chalicelib.store import connection\n{untouched}"

    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)  # noqa: S603

    assert (run.returncode, run.stderr) == (0, "")


def test_functions_of_blueprints_start_without_the_app(functions: dict[str, str]) -> None:
    """Why errors are handled around each handler: middleware of the app would never run for these functions."""
    assert "app" not in functions
