"""`make advice`: has the AI of the settings advise on every case, and prints how good the advice was.

With `ANTHROPIC_API_KEY` set it asks Claude, and each case is one paid call; without, the rehearsal model, which shows
the way and knows nothing. `ADVICE_RUNS=3` asks three times, as a model does not say the same thing twice.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr
from io import StringIO

from chalicelib.adapters.ai.claude import ASSESS_PROMPT, assess
from chalicelib.adapters.ai.faults import AiUnavailable
from chalicelib.domain.assessment import Assessment
from chalicelib.settings import settings
from tests.evaluation.advice.baselines import Adviser, the_parrot, the_silent
from tests.evaluation.advice.cases import Case, all_cases
from tests.evaluation.advice.scoring import Score, score, table_of
from tests.support.environment import configured
from tests.support.servers.rehearsal_model import a_rehearsal_model, forget_connections

DEADLINE_S = 90


@contextmanager
def the_model() -> Iterator[str]:
    """Have the settings name the AI, and yield what to call it."""
    if os.environ.get("ANTHROPIC_API_KEY"):
        yield settings().ai_model
        return
    with redirect_stderr(StringIO()), a_rehearsal_model() as model:  # which tells of every request
        with configured(AI_PROVIDER="rehearsal", AI_BASE_URL=model.url):
            yield "rehearsal model"
        forget_connections()


def advised(case: Case) -> Assessment | None:
    """The model's advice, None when there is none."""
    try:
        return assess(case.snapshot(), [case.note] if case.notes else [], deadline_s=DEADLINE_S).assessment
    except AiUnavailable as fault:
        sys.stderr.write(f"{case.name}: no advice ({fault.reason})\n")
        return None


def scores_of(adviser: Adviser, cases: tuple[Case, ...]) -> list[Score]:
    """The adviser's score on each case."""
    return [score(case, adviser(case)) for case in cases]


def main() -> None:
    """Print the table."""
    cases = all_cases() * int(os.environ.get("ADVICE_RUNS", "1"))
    with the_model() as name:
        columns = {
            name: scores_of(advised, cases),
            "says nothing": scores_of(the_silent, cases),
            "repeats what it read": scores_of(the_parrot, cases),
        }
    sys.stdout.write(f"prompt {ASSESS_PROMPT}, {len(all_cases())} cases\n\n{table_of(columns)}\n")


if __name__ == "__main__":
    main()
