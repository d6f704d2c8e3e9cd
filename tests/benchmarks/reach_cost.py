"""What a month of telling people costs: `python -m tests.benchmarks.reach_cost [--write]`, from counted calls.

`--write` puts the tables into `docs/operations.md`, between their two marks.
"""

import argparse
import sys
from collections.abc import Iterator
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import NamedTuple

from tests.benchmarks.reach_calls import Calls, CallsOfEscalation, count_calls

PAGE = Path(__file__).resolve().parents[2] / "docs" / "operations.md"
BEGIN, END = "<!-- reach cost: begin -->\n", "<!-- reach cost: end -->\n"

SIZES = (20, 200, 2_000)
ESCALATIONS_PER_ENGINEER = 4
TOLD = 4
"""How many people an escalation tells where a rota or the skills of a domain name them."""

ENGINEERS_PER_SENIOR = 5
SMS_COUNT = 100

WORK_S, MEMORY_GB = 0.3, 0.5
"""How long the function takes over a message of the queue (assumed), and its memory (`.chalice/config.json`)."""

EMPTY_RECEIVES = 5 * 3 * 60 * 24 * 30
"""Lambda asks an idle queue from five pollers, each for 20 seconds at a time."""

SECRETS = 2
"""The key of push messages, and the address of one Slack channel."""


class Price(NamedTuple):
    """US dollars for so many units."""

    usd: float
    units: int
    unit: str
    source: str

    def of(self, count: float) -> float:
        """Return what `count` units cost."""
        return self.usd * count / self.units


PRICES = {
    "mail": Price(0.10, 1_000, "e-mails", "aws.amazon.com/ses/pricing"),
    "written": Price(0.625, 1_000_000, "write request units", "aws.amazon.com/dynamodb/pricing/on-demand"),
    "read": Price(0.125, 1_000_000, "read request units", "aws.amazon.com/dynamodb/pricing/on-demand"),
    "published": Price(0.50, 1_000_000, "publishes; delivery to SQS is free", "aws.amazon.com/sns/pricing"),
    "queue": Price(0.40, 1_000_000, "requests", "aws.amazon.com/sqs/pricing"),
    "run": Price(0.20, 1_000_000, "requests", "aws.amazon.com/lambda/pricing"),
    "compute": Price(0.0000166667, 1, "GB-second (x86)", "aws.amazon.com/lambda/pricing"),
    "secret": Price(0.40, 1, "secret a month", "aws.amazon.com/secrets-manager/pricing"),
    "sms": Price(
        0.01, 1, "part; assumed, as each country and carrier has its own", "aws.amazon.com/end-user-messaging/pricing"
    ),
}
SERVICES = {
    "mail": "SES",
    "written": "DynamoDB",
    "read": "DynamoDB",
    "published": "SNS",
    "queue": "SQS",
    "run": "Lambda",
    "compute": "Lambda",
    "secret": "Secrets Manager",
    "sms": "SMS",
}


def monthly(escalation: CallsOfEscalation, engineers: int, told: int) -> dict[str, float]:
    """Return the dollars of a month by service, without SMS."""
    calls = escalation.telling(told, engineers).times(engineers * ESCALATIONS_PER_ENGINEER)
    found: dict[str, float] = {}
    for name, count in _counts(calls):
        found[SERVICES[name]] = found.get(SERVICES[name], 0) + PRICES[name].of(count)
    return found


def _counts(calls: Calls) -> Iterator[tuple[str, float]]:
    yield "mail", calls.mailed
    yield "written", calls.written
    yield "read", calls.read
    yield "published", calls.published
    yield "queue", 3 * calls.queued + EMPTY_RECEIVES
    yield "run", calls.queued
    yield "compute", calls.queued * WORK_S * MEMORY_GB
    yield "secret", SECRETS


def section(escalation: CallsOfEscalation, *, sms_count: int = SMS_COUNT) -> str:
    """Return the tables of the document."""
    return "\n".join((*_calls_table(escalation), "", *_cost_table(escalation, sms_count), "", *_price_table())) + "\n"


def _calls_table(escalation: CallsOfEscalation) -> Iterator[str]:
    yield "| counted for one escalation, handed off, claimed and resolved | by itself | each person told | each other |"
    yield "| --- | ---: | ---: | ---: |"
    rows = {
        "events published": "published",
        "messages of the queue": "queued",
        "e-mails": "mailed",
        "push messages": "pushed",
        "DynamoDB write units": "written",
        "DynamoDB read units": "read",
    }
    for words, name in rows.items():
        parts = (getattr(each, name) for each in (escalation.base, escalation.person, escalation.colleague))
        yield _row(words, (f"{part:.3g}" for part in parts))


def _cost_table(escalation: CallsOfEscalation, sms_count: int) -> Iterator[str]:
    yield f"| USD a month | {' | '.join(f'{size:,} engineers' for size in SIZES)} |"
    yield f"| --- |{' ---: |' * len(SIZES)}"
    yield _row("escalations", (f"{size * ESCALATIONS_PER_ENGINEER:,}" for size in SIZES))
    costs = [monthly(escalation, size, TOLD) for size in SIZES]
    for service in costs[0]:
        yield _row(service, (_usd(one[service]) for one in costs))
    yield _row(f"**together, {TOLD} people told**", (f"**{_usd(sum(one.values()))}**" for one in costs))
    everybody = [monthly(escalation, size, size // ENGINEERS_PER_SENIOR) for size in SIZES]
    yield _row(
        f"together, every senior told (1 in {ENGINEERS_PER_SENIOR})", (_usd(sum(one.values())) for one in everybody)
    )
    yield _row(f"SMS beside that: {sms_count} parts", (_usd(PRICES["sms"].of(sms_count)) for _ in SIZES))


def _row(words: str, cells: Iterator[str]) -> str:
    return f"| {words} | {' | '.join(cells)} |"


def _usd(amount: float) -> str:
    return f"{amount:,.2f}" if amount < 100 else f"{amount:,.0f}"


def _price_table() -> Iterator[str]:
    yield "| list price, US East (N. Virginia) | USD | for | source |"
    yield "| --- | ---: | --- | --- |"
    for name, price in PRICES.items():
        amount = f"{price.units:,} {price.unit}" if price.units > 1 else f"1 {price.unit}"
        yield f"| {SERVICES[name]} | {price.usd:g} | {amount} | {price.source} |"


def written_into(page: str, tables: str) -> str:
    """Return the page with `tables` between its marks."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}{tables}{END}{after}"


def main() -> None:
    """Count, and print or write the tables."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--sms", type=int, default=SMS_COUNT, help="how many parts of SMS a month")
    asked.add_argument("--write", action="store_true", help="write the tables into docs/operations.md")
    given = asked.parse_args()
    with redirect_stdout(StringIO()):  # the metrics that the app prints
        tables = section(count_calls(), sms_count=given.sms)
    if given.write:
        PAGE.write_text(written_into(PAGE.read_text("utf-8"), tables), "utf-8")
    else:
        sys.stdout.write(tables)


if __name__ == "__main__":
    main()
