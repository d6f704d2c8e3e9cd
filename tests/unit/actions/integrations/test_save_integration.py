"""Two who save the same integration: the one who has not seen the other's change is told so, and changes nothing."""

from typing import Any

import boto3
import pytest

from chalicelib.actions.integrations.save_integration import save_integration
from chalicelib.adapters.aws import integration_secrets
from chalicelib.contracts.integrations import IntegrationRequest
from chalicelib.domain.errors import InvalidState, NotFound
from chalicelib.domain.integration import Integration, IntegrationFailure, IntegrationPart
from chalicelib.store import integration_failures, integrations
from tests.support.builders import ACME, OLGA, an_event, minute
from tests.support.dynamodb.faults import lose_answer, meanwhile
from tests.support.dynamodb.recorder import Recorder
from tests.support.environment import configure
from tests.support.integrations import OTHER_WHSEC, STANDARD, WHSEC, Body, with_secrets
from tests.support.table_contents import contents

PREFIX = "flowpilot/test/integrations/"
MINE: Body = with_secrets({**STANDARD, "name": "As I have it"}, webhook_secret=OTHER_WHSEC)
THEIRS: Body = {**STANDARD, "name": "As they have it"}


@pytest.fixture(autouse=True)
def _keeping_secrets(tables: None, monkeypatch: pytest.MonkeyPatch) -> None:
    configure(monkeypatch, INTEGRATION_SECRETS_PREFIX=PREFIX)


def save(body: Body, version: int | None = None) -> Integration:
    asked = IntegrationRequest.model_validate({**body, "version": version})
    return save_integration("psa", asked, by=OLGA, at=minute(1))


def stored() -> tuple[dict[str, Any], list[str]]:
    """All that is kept: what the tables hold, and the versions of the secret."""
    kept = boto3.client("secretsmanager").list_secret_version_ids(SecretId=f"{PREFIX}{ACME}/psa")["Versions"]
    return contents(), sorted(version["VersionId"] for version in kept)


def test_version_that_was_read_is_replaced() -> None:
    read = save(STANDARD)

    saved = save(MINE, read.version)

    assert (saved.name, saved.version) == ("As I have it", 2)


@pytest.mark.parametrize("version", [1, 3])
def test_another_version_than_the_current_one_is_refused_and_nothing_is_written(version: int) -> None:
    save(STANDARD)
    save(THEIRS)
    before = stored()

    with pytest.raises(InvalidState, match=f"since you read version {version}; it is at 2 now"):
        save(MINE, version)

    assert stored() == before


def test_second_of_two_concurrent_saves_is_refused_and_changes_nothing(
    recorder: Recorder,
) -> None:
    read = save(STANDARD)
    theirs = with_secrets(THEIRS, webhook_secret=OTHER_WHSEC)
    unseen = meanwhile(lambda: save(theirs, read.version))
    recorder.tamper("TransactWriteItems", unseen)

    with pytest.raises(InvalidState):
        save({**MINE, **with_secrets(MINE, webhook_secret=None)}, read.version)

    kept = integrations.load(ACME, "psa")
    assert (kept.name, kept.version) == ("As they have it", 2)
    assert integration_secrets.read(kept) == {"webhook_secret": OTHER_WHSEC, "previous_webhook_secret": WHSEC}


def test_save_that_comes_again_as_its_answer_was_lost_is_a_success_and_changes_nothing() -> None:
    read = save(STANDARD)
    saved = save(MINE, read.version)
    before = stored()

    again = save(MINE, read.version)

    assert (again, stored()) == (saved, before)


def test_write_that_comes_again_as_its_answer_was_lost_is_a_success(recorder: Recorder) -> None:
    read = save(STANDARD)
    recorder.tamper("TransactWriteItems", lose_answer)

    saved = save(MINE, read.version)

    assert (saved.name, saved.version) == ("As I have it", 2)


@pytest.mark.parametrize("change", [{"name": "Another"}, {"secrets": {"webhook_secret": OTHER_WHSEC}}])
def test_save_that_differs_in_anything_is_no_repeat(change: Body) -> None:
    read = save(STANDARD)
    save(STANDARD, read.version)

    with pytest.raises(InvalidState):
        save({**STANDARD, **change}, read.version)


def test_deleted_integration_is_not_created_again() -> None:
    read = save(STANDARD)
    integrations.delete(ACME, "psa")

    with pytest.raises(NotFound):
        save(MINE, read.version)

    assert integrations.find(ACME, "psa") is None


def test_save_without_a_version_overwrites() -> None:
    save(STANDARD)
    save(THEIRS)

    saved = save(MINE)

    assert (saved.name, saved.version) == ("As I have it", 3)


def test_failure_that_begins_right_before_it_is_written_is_in_the_answer(recorder: Recorder) -> None:
    loaded = save(STANDARD)
    failure = IntegrationFailure(since=minute(1), reason="The webhook is off.")

    def begin() -> None:
        assert integration_failures.begin(loaded, IntegrationPart.WEBHOOK, failure, an_event())

    recorder.tamper("TransactWriteItems", meanwhile(begin))

    saved = save(THEIRS)

    assert (saved.version, saved.webhook_failure) == (2, failure)
    assert integrations.load(ACME, "psa") == saved
