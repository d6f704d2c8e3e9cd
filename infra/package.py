"""Packages the app: `python -m infra.package --stage local --out DIR [--architecture x86_64] [--snap-start off]`.

Chalice makes the functions and the REST API and merges `infra/template.yaml` into them. The deployment archive is then
built here, with the dependencies and, where a Python of the functions' version is at hand, with bytecode.
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
from infra.function_versions import with_alias_called
from infra.target import Target, add_target_arguments, target_in

TEMPLATE = ROOT / "infra" / "template.yaml"

#: Lambda refuses a function whose archive unpacks to more.
LAMBDA_LIMIT_BYTES = 250 * 1024 * 1024

NO_BYTECODE = (
    "No bytecode is packed: the functions run {runtime} and there is no such Python here, so each cold start without a "
    "snapshot compiles its sources. Package with {runtime} on the PATH to have it."
)

Template = dict[str, Any]


class PackageTooLarge(Exception):
    """The unpacked archive passes Lambda's limit."""


def package(target: Target, out_dir: Path) -> Path:
    """Write `template.json` and `deployment.zip` for `target` into `out_dir`, and return `out_dir`.

    Raises PackageTooLarge, and CalledProcessError when pip or Chalice fails; they then have said why on stderr.
    """
    out_dir.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as scratch:
        packaged = _run_chalice(target, Path(scratch))
        template = _template_for(target, packaged)
        _write_archive(target, packaged / "deployment.zip", out_dir / "deployment.zip")
    (out_dir / "template.json").write_text(json.dumps(template, indent=1, sort_keys=True) + "\n")
    return out_dir


def packaged_template(target: Target) -> Template:
    """Return the template that `package` writes, without building the archive."""
    with TemporaryDirectory() as scratch:
        return _template_for(target, _run_chalice(target, Path(scratch)))


def _template_for(target: Target, packaged: Path) -> Template:
    template = yaml.safe_load((packaged / "sam.yaml").read_text())
    _set_runtime(template, target)
    _keep_logs_alike(template)
    return with_alias_called(template)


def _set_runtime(template: Template, target: Target) -> None:
    """Write what Chalice takes from the machine that packages, or leaves open."""
    for resource in template["Resources"].values():
        if resource["Type"] == "AWS::Serverless::Function":
            resource["Properties"] |= {"Runtime": target.runtime, "Architectures": [target.architecture]}
    snap_start = {"ApplyOn": "PublishedVersions" if target.snap_start else "None"}
    template["Resources"]["APIHandler"]["Properties"]["SnapStart"] = snap_start


def _keep_logs_alike(template: Template) -> None:
    """Keep access logs as long as Chalice has the functions' logs kept on this stage."""
    logs = [item["Properties"] for item in template["Resources"].values() if item["Type"] == "AWS::Logs::LogGroup"]
    (days,) = {log["RetentionInDays"] for log in logs if "RetentionInDays" in log}
    for log in logs:
        log["RetentionInDays"] = days


def _run_chalice(target: Target, scratch: Path) -> Path:
    project, packaged = scratch / "project", scratch / "packaged"
    _copy_app(project)
    command = "import sys; from chalice.cli import main; sys.exit(main())"
    arguments = ["package", "--stage", target.stage, "--merge-template", str(TEMPLATE), str(packaged)]
    subprocess.run(
        [sys.executable, "-c", command, *arguments], cwd=project, env=_environment(), check=True, stdout=sys.stderr
    )
    return packaged


def _copy_app(project: Path) -> None:
    """The app without `requirements.txt`: Chalice only warns when a wheel is missing, so pip is run by our own hand."""
    without_bytecode = shutil.ignore_patterns("__pycache__", "deployments", "deployed")
    for folder in ("chalicelib", ".chalice"):
        shutil.copytree(ROOT / folder, project / folder, ignore=without_bytecode)
    shutil.copy(ROOT / "app.py", project)


def _environment() -> dict[str, str]:
    """Packaging talks to no service: Chalice asks botocore for a region and nothing else.

    It also imports the app: bytecode that this machine's Python wrote there would be packed.
    """
    kept = {name: value for name, value in os.environ.items() if name != "AWS_ENDPOINT_URL"}
    return {"AWS_DEFAULT_REGION": "us-east-1", **kept, "PYTHONDONTWRITEBYTECODE": "1"}


def _write_archive(target: Target, app: Path, archive: Path) -> None:
    shutil.copy(dependencies_archive(target), archive)
    with TemporaryDirectory() as scratch:
        unpack(app, Path(scratch))
        if target.compiler:
            compile_bytecode(Path(scratch), target.compiler)
        else:
            print(NO_BYTECODE.format(runtime=target.runtime), file=sys.stderr)
        add_tree(archive, Path(scratch))
    size = unpacked_bytes(archive)
    if size > LAMBDA_LIMIT_BYTES:
        raise PackageTooLarge(f"{archive} unpacks to {size} bytes, Lambda takes {LAMBDA_LIMIT_BYTES}")


def main() -> None:
    """Package from the command line."""
    parser = argparse.ArgumentParser(description="Package the app for a stage.")
    add_target_arguments(parser)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    print(package(target_in(arguments), arguments.out))


if __name__ == "__main__":
    main()
