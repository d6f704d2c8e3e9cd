"""What a cold start imports, in fresh processes, from the archive that is deployed, with and without its bytecode."""

import subprocess
import sys
import tempfile
from pathlib import Path
from zipfile import ZipFile

from infra.local.packages import packaged
from tests.benchmarks.paired import Pair, in_ms, side_by_side
from tests.benchmarks.table import Row

MEMORY = Path("/dev/shm") if Path("/dev/shm").is_dir() else None
OURS = "import app"
WITH_TOKENS = "\nimport jwt"  # which the first request with a token loads, and most functions never do
ITS_LIBRARIES = """
from chalice.app import Blueprint
from pynamodb.models import Model
from pydantic import BaseModel
class Shape(BaseModel):  # pydantic loads itself when it makes a first model
    name: str
"""
N = 10
N_WITHOUT_BYTECODE = 4
BUDGET = 1.25

PROGRAM = """
import sys, time
sys.path.insert(0, {folder!r})
began = time.process_time()
{statement}
print(time.process_time() - began)
if "anthropic" in sys.modules:
    raise SystemExit("anthropic was imported")
"""


def rows() -> list[Row]:
    """What importing the API takes against its libraries alone, and what the bytecode in the archive is worth."""
    with tempfile.TemporaryDirectory(dir=MEMORY) as folder:
        compiled, plain = Path(folder, "compiled"), Path(folder, "plain")
        with ZipFile(packaged() / "deployment.zip") as archive:
            archive.extractall(compiled)
            archive.extractall(plain, [name for name in archive.namelist() if not name.endswith(".pyc")])
        with_bytecode = _compared(compiled, N)
        with_tokens = _compared(compiled, N, WITH_TOKENS)
        without = _compared(plain, N_WITHOUT_BYTECODE)
    gain = Pair(without.ours, with_bytecode.ours)
    return [
        _row("cold import of the API, CPU, against its libraries alone", with_bytecode, BUDGET),
        _row("    the same with PyJWT on both sides", with_tokens, None),
        _row("the same without compiled bytecode", without, None),
        _row("import without bytecode, against with", gain, None),
    ]


def _compared(folder: Path, n: int, and_then: str = "") -> Pair:
    """CPU times as fresh processes tell them themselves: without the start of Python, and whatever else runs."""
    ours, theirs = OURS + and_then, ITS_LIBRARIES + and_then
    taken: dict[str, list[float]] = {ours: [], theirs: []}

    def run(statement: str) -> None:
        program = PROGRAM.format(folder=str(folder), statement=statement)
        done = subprocess.run(  # noqa: S603  Python, with a program of ours
            [sys.executable, "-I", "-B", "-c", program], capture_output=True, text=True, check=True
        )
        taken[statement].append(float(done.stdout))

    side_by_side(lambda _: run(ours), lambda _: run(theirs), n, warm_up=1)
    return Pair(taken[ours][1:], taken[theirs][1:])


def _row(what: str, pair: Pair, at_most: float | None) -> Row:
    return Row(what, in_ms(pair.ours), in_ms(pair.against), pair.ratio, pair.n, at_most)
