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
FIRST_SCREEN = "\nimport chalicelib.entry.start"  # which its first request imports
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
BUDGET_OF_FIRST_SCREEN = 1.7

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
        first_screen = _compared(compiled, N, OURS + FIRST_SCREEN)
        with_tokens = _compared(compiled, N, OURS + WITH_TOKENS, ITS_LIBRARIES + WITH_TOKENS)
        without = _compared(plain, N_WITHOUT_BYTECODE)
    gain = Pair(without.ours, with_bytecode.ours)
    return [
        _row("cold import of the API, CPU, against its libraries alone", with_bytecode, BUDGET),
        _row("    the same and the routes of the first screen", first_screen, BUDGET_OF_FIRST_SCREEN),
        _row("    the import alone, with PyJWT on both sides", with_tokens, None),
        _row("cold import without compiled bytecode", without, None),
        _row("import without bytecode, against with", gain, None),
    ]


def _compared(folder: Path, n: int, ours: str = OURS, theirs: str = ITS_LIBRARIES) -> Pair:
    """CPU times as fresh processes tell them themselves: without the start of Python, and whatever else runs."""
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
