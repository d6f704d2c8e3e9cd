"""Run many concurrent requests on one handoff, and judge their history."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from statistics import quantiles
from threading import Barrier

from tests.concurrency.races.checker import unexplained
from tests.concurrency.races.history import (
    Act,
    Answer,
    Broken,
    History,
    LostClaim,
    Operation,
    RefusedClaim,
    Unknown,
    Won,
)
from tests.concurrency.races.racers import Racer
from tests.support.scenarios.actions import Place

BORN_AT = 2
"""The epoch of a handoff: the session was opened at 1, and handing off let go of it."""

HEADING = "races"

SAID = {Won: "won", LostClaim: "told who won", RefusedClaim: "refused their own handoff", Unknown: "without an answer"}


@dataclass(frozen=True)
class Race:
    """One handoff, and all that was done to it."""

    place: Place
    originator: str
    history: History

    @property
    def unexplained(self) -> Operation | None:
        """What no order of events explains; None when all is well."""
        return unexplained(self.history, self.originator, BORN_AT)

    @property
    def answers(self) -> Counter[type[Answer]]:
        """How many claims were answered in which way."""
        return Counter(type(answer) for answer in self.history.answers(Act.CLAIM))

    @property
    def tenures(self) -> set[object]:
        """Who was told of a win, and since when."""
        return {answer.tenure for answer in self.history.answers(Act.CLAIM) if isinstance(answer, Won)}


Play = Callable[[Racer, Place, History], None]
"""What one racer does."""


def claim_once(racer: Racer, place: Place, history: History) -> None:
    """Try, and leave it at that."""
    history.record(racer.who, Act.CLAIM, lambda: racer.claim(place))


def claim_until_answered(racer: Racer, place: Place, history: History) -> None:
    """Press again as long as no answer comes, then look who has it."""
    while isinstance(history.record(racer.who, Act.CLAIM, lambda: racer.claim(place)), Unknown):
        pass
    history.record(racer.who, Act.READ, lambda: racer.read(place))


def claim_and_put_back(racer: Racer, place: Place, history: History, rounds: int = 4) -> None:
    """Try again and again, and let go of what was won."""
    for _ in range(rounds):
        answer = history.record(racer.who, Act.CLAIM, lambda: racer.claim(place))
        history.record(racer.who, Act.READ, lambda: racer.read(place))
        if isinstance(answer, Won):
            history.record(racer.who, Act.RELEASE, lambda: racer.release(place))


def race(place: Place, seniors: Sequence[Racer], originator: Racer, play: Play = claim_once) -> Race:
    """Have all seniors play at the same moment, and the originator claim with them; read the handoff in the end."""
    history = History()
    plays = [partial(play, senior, place, history) for senior in seniors]
    all_at_once([partial(claim_once, originator, place, history), *plays])
    history.record(originator.who, Act.READ, lambda: originator.read(place))
    return Race(place, originator.who, history)


def all_at_once(plays: Sequence[Callable[[], None]]) -> None:
    """Begin all plays at the same moment, each on a thread of its own; return when all are over."""
    start = Barrier(len(plays))

    def begin(play: Callable[[], None]) -> None:
        start.wait()
        play()

    with ThreadPoolExecutor(len(plays)) as pool:
        for _ in pool.map(begin, plays):
            pass


def unexplained_in(races: Iterable[Race]) -> list[str]:
    """What no order of events explains, for each race where there is such a thing."""
    found = [race.unexplained for race in races]
    return [str(operation) for operation in found if operation]


def summary(name: str, races: Sequence[Race]) -> str:
    """What a reader wants to know of these races, in a line."""
    answers = Counter(_in_words(answer) for race in races for answer in race.history.answers(Act.CLAIM))
    counts = ", ".join(f"{count} {words}" for words, count in answers.most_common())
    rivals = sum(race.history.rivals for race in races) / len(races)
    most_wins = max(len(race.tenures) for race in races)
    return (
        f"{name}: {len(races)} handoffs, {answers.total()} claims: {counts}; "
        f"at most {most_wins} wins of one handoff; {len(unexplained_in(races))} histories that nothing explains; "
        f"{rivals:.0f} claims under way at the first answer; {_latency(races)}"
    )


def _in_words(answer: Answer) -> str:
    return answer.what if isinstance(answer, Broken) else SAID[type(answer)]


def _latency(races: Iterable[Race]) -> str:
    claims = [one for race in races for one in race.history.operations if one.act is Act.CLAIM and one.is_answered]
    cuts = quantiles([(claim.completed - claim.invoked) * 1000 for claim in claims], n=100)
    return f"p50 {cuts[49]:.0f} ms, p99 {cuts[98]:.0f} ms"
