"""Processes are killed while they claim: whether theirs took effect or not, nobody wins beside the winner."""

from functools import partial
from random import Random

import pytest

from tests.concurrency.races.claim_workers import ClaimWorkers, workers
from tests.concurrency.races.history import Act, History, Unknown
from tests.concurrency.races.racers import JANE, escalated_by
from tests.concurrency.races.races import HEADING, Race, all_at_once, claim_until_answered, summary, unexplained_in
from tests.concurrency.races.sizes import KILLS, KILLS_OF_MANY, TABLE_PREFIX, Kills
from tests.support.reporting import Report

CHANCE = Random(11)  # noqa: S311  the same moments in every run


@pytest.mark.parametrize("size", [KILLS, pytest.param(KILLS_OF_MANY, marks=pytest.mark.prove)])
def test_workers_killed_while_claiming_make_no_second_winner(own_tables: str, size: Kills, report: Report) -> None:
    races = [_race_with_kills(own_tables, size) for _ in range(size.handoffs)]

    unknown = sum(isinstance(answer, Unknown) for race in races for answer in race.history.answers(Act.CLAIM))
    name = f"{size.processes * size.each} seniors in {size.processes} processes of which half are killed"
    report(HEADING, summary(name, races))
    assert unknown > 0
    assert {len(race.tenures) for race in races} == {1}
    assert unexplained_in(races) == []


def _race_with_kills(endpoint_url: str, size: Kills) -> Race:
    """Killed workers and workers without an answer claim again at the end."""
    place, history = escalated_by(JANE), History()
    with workers(size.processes, size.each, endpoint_url, TABLE_PREFIX) as packs:
        killed = packs[::2]
        moments = {id(pack): CHANCE.randint(1, 2 * size.each - 1) for pack in killed}

        def claim(pack: ClaimWorkers) -> None:
            pack.claim(place, history, moments.get(id(pack)))

        all_at_once([partial(claim, pack) for pack in packs])
    unanswered = {one.who for one in history.operations if isinstance(one.answer, Unknown)}
    for pack in packs:
        for racer in pack.racers:
            if pack in killed or racer.who in unanswered:
                claim_until_answered(racer, place, history)
    history.record(JANE.who, Act.READ, lambda: JANE.read(place))
    return Race(place, JANE.who, history)
