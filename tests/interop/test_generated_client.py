"""A client that openapi-python-client makes from `docs/openapi.json`, without a warning, works a case."""

import json
import os
import subprocess
from collections import Counter
from pathlib import Path
from typing import get_args

import pytest
from pydantic import BaseModel, RootModel

from infra.openapi import DOCUMENT, OPERATIONS
from tests.support.api.client import ApiClient
from tests.support.builders import ALEX, JANE, SAM
from tests.support.servers.api_server import serving_api

ROOT = Path(__file__).resolve().parents[2]
TOOLS = ROOT / ".local" / "openapi-client-venv" / "bin"
"""Made by `make openapi-tools`; the generator's packages would not fit beside the app's."""


def run(command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a program of the generator's environment."""
    assert TOOLS.is_dir(), "run `make openapi-tools` first"
    environment = {**os.environ, "PATH": f"{TOOLS}:{os.environ['PATH']}", "PYTHONPATH": str(folder)}
    return subprocess.run(  # noqa: S603
        [str(TOOLS / command[0]), *command[1:]],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def generate(document: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """Make the package `client` in `folder`."""
    options = ["--output-path", str(folder / "client"), "--meta", "none", "--fail-on-warning"]
    return run(["openapi-python-client", "generate", "--path", str(document), *options], folder)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the generated package."""
    folder = tmp_path_factory.mktemp("generated")
    made = generate(DOCUMENT, folder)
    assert (made.returncode, "arning" in made.stdout + made.stderr) == (0, False), made.stdout + made.stderr
    return folder


def test_generated_client_has_a_function_for_every_operation(client: Path) -> None:
    made = Counter(path.stem for path in (client / "client" / "api").rglob("*.py") if path.stem != "__init__")

    assert made == Counter(operation.name for operation in OPERATIONS)


def models_read(answers: type[BaseModel] | None) -> list[str]:
    """Return the models that the client reads an answer into: a union has no model, its members have."""
    if answers is None:
        return []
    is_union = issubclass(answers, RootModel)
    members = get_args(answers.model_fields["root"].annotation) if is_union else [answers]
    return [member.__name__ for member in members]


def test_generated_client_knows_every_answer(client: Path) -> None:
    for operation in OPERATIONS:
        source = (client / "client" / "api" / operation.subject / f"{operation.name}.py").read_text("utf-8")

        assert f"response.status_code == {operation.status}:" in source
        assert [name for name in models_read(operation.answers) if f" {name}.from_dict(" not in source] == []


def test_generated_client_opens_hands_off_and_claims(client: Path, api: ApiClient) -> None:
    tokens = [api.provider.token_of(by) for by in (JANE, SAM, ALEX)]
    with serving_api(api) as url:
        walked = run(["python", str(Path(__file__).with_name("walk.py")), url, *tokens], client)

    assert walked.returncode == 0, walked.stderr
    told = json.loads(walked.stdout)
    assert told.pop("modules") > 100
    assert told == {
        "waiting": True,
        "corrected": ["Step", "No drop on a wired laptop."],
        "claimed_by": "Sam",
        "refused": [409, "Problem", "already_claimed"],
        "turns": [["Step", "Restarted Outlook"], ["Note", "Out of ideas."]],
    }


def test_generator_warns_of_what_it_cannot_make(tmp_path: Path) -> None:
    document = json.loads(DOCUMENT.read_text("utf-8"))
    document["components"]["schemas"]["Problem"]["properties"]["code"] = {"type": "unheard-of"}
    broken = tmp_path / "broken.json"
    broken.write_text(json.dumps(document), encoding="utf-8")

    assert generate(broken, tmp_path).returncode != 0
