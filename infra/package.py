"""Packages the app: `python -m infra.package --stage local --out DIR`.

Chalice makes the functions and the REST API and merges `infra/template.yaml` into them. The deployment archive is then
made anew, with the dependencies and with bytecode.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from infra.archive import add_tree, compile_bytecode, unpack, unpacked_bytes
from infra.dependencies import ROOT, dependencies_archive

TEMPLATE = ROOT / "infra" / "template.yaml"
STAGES = ("local", "dev", "prod")

#: Lambda refuses a function whose archive unpacks to more.
LAMBDA_LIMIT_BYTES = 250 * 1024 * 1024


class PackageTooLarge(Exception):
    """The unpacked archive passes Lambda's limit."""


def package(stage: str, out_dir: Path) -> Path:
    """Write `template.json` and `deployment.zip` for `stage` into `out_dir`, and return `out_dir`.

    Raises ValueError for an unknown stage, PackageTooLarge, and CalledProcessError when pip or Chalice fails; they then
    have said why on stderr.
    """
    if stage not in STAGES:
        raise ValueError(f"no stage {stage!r}; the stages are {', '.join(STAGES)}")
    out_dir.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as scratch:
        packaged = _run_chalice(stage, Path(scratch))
        template = _with_api_calling_by_name(yaml.safe_load((packaged / "sam.yaml").read_text()))
        _write_archive(stage, packaged / "deployment.zip", out_dir / "deployment.zip")
    (out_dir / "template.json").write_text(json.dumps(template, indent=1, sort_keys=True) + "\n")
    return out_dir


def _run_chalice(stage: str, scratch: Path) -> Path:
    project, packaged = scratch / "project", scratch / "packaged"
    _copy_app(project)
    command = "import sys; from chalice.cli import main; sys.exit(main())"
    arguments = ["package", "--stage", stage, "--merge-template", str(TEMPLATE), str(packaged)]
    subprocess.run(
        [sys.executable, "-c", command, *arguments], cwd=project, env=_environment(), check=True, stdout=sys.stderr
    )
    return packaged


def _with_api_calling_by_name(template: dict[str, Any]) -> dict[str, Any]:
    """Have the REST API find its function by a name that is known beforehand.

    By the function's attribute, as Chalice has it, there would be a circle: the API needs the function, the function
    the client of the user pool whose tokens it takes, that client the address of the page, and the page the API.
    """
    api, function = (template["Resources"][name]["Properties"] for name in ("RestAPI", "APIHandler"))
    arn = (
        "arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:" + function["FunctionName"]["Fn::Sub"]
    )
    api["DefinitionBody"] = json.loads(json.dumps(api["DefinitionBody"]).replace("${APIHandler.Arn}", arn))
    return template


def _copy_app(project: Path) -> None:
    """The app without `requirements.txt`: Chalice only warns when a wheel is missing, so pip is run by our own hand."""
    without_bytecode = shutil.ignore_patterns("__pycache__", "deployments", "deployed")
    for folder in ("chalicelib", ".chalice"):
        shutil.copytree(ROOT / folder, project / folder, ignore=without_bytecode)
    shutil.copy(ROOT / "app.py", project)


def _environment() -> dict[str, str]:
    """Packaging talks to no service: Chalice asks botocore for a region and nothing else."""
    kept = {name: value for name, value in os.environ.items() if name != "AWS_ENDPOINT_URL"}
    return {"AWS_DEFAULT_REGION": "us-east-1", "PYTHONDONTWRITEBYTECODE": "1", **kept}


def _write_archive(stage: str, app: Path, archive: Path) -> None:
    shutil.copy(dependencies_archive(stage), archive)
    with TemporaryDirectory() as scratch:
        unpack(app, Path(scratch))
        compile_bytecode(Path(scratch))
        add_tree(archive, Path(scratch))
    size = unpacked_bytes(archive)
    if size > LAMBDA_LIMIT_BYTES:
        raise PackageTooLarge(f"{archive} unpacks to {size} bytes, Lambda takes {LAMBDA_LIMIT_BYTES}")


def main() -> None:
    """Package from the command line."""
    parser = argparse.ArgumentParser(description="Package the app for a stage.")
    parser.add_argument("--stage", choices=STAGES, required=True)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    print(package(arguments.stage, arguments.out))


if __name__ == "__main__":
    main()
