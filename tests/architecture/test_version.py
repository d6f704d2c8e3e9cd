"""The project's version stands in the places that other people's tools read it from, and is the same in each."""

import json
import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "web"


def test_version_of_the_project_is_the_newest_of_the_changelog() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]

    newest = re.search(r"^## (\d+\.\d+\.\d+)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert newest
    assert newest[1] == project["version"]


def test_version_of_the_page_is_that_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    lock = json.loads((PAGE / "package-lock.json").read_text("utf-8"))

    stated = [json.loads((PAGE / "package.json").read_text("utf-8")), lock, lock["packages"][""]]
    assert {where["version"] for where in stated} == {project["version"]}
