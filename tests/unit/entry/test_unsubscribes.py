"""Unsubscribing over HTTP, as mail programs do it."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import UTC, datetime

import pytest

from chalicelib.actions.deliveries.unsubscribe import issue_unsubscribe_token
from chalicelib.domain.deliveries.notification_settings import NotificationRules
from chalicelib.store import engineers, notification_settings
from tests.support.api.client import ApiClient
from tests.support.api.problems import assert_problem
from tests.support.builders import ACME, GLOBEX, SAM


@pytest.fixture
def path(api: ApiClient) -> str:
    """The address in an e-mail to Sam."""
    engineers.enter(SAM)
    return f"/unsubscribe/{issue_unsubscribe_token(ACME, SAM.id, datetime.now(UTC))}"


def rules() -> NotificationRules:
    return notification_settings.load(ACME, SAM.id).rules


def test_post_without_a_sign_in_switches_email_off(api: ApiClient, path: str) -> None:
    form, headers = b"List-Unsubscribe=One-Click", {"content-type": "application/x-www-form-urlencoded"}

    answers = [api.call("POST", path, raw=form, headers=headers).status for _ in range(2)]

    assert (answers, rules()) == ([204, 204], NotificationRules().without_email())


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT"])
def test_other_methods_change_nothing(api: ApiClient, path: str, method: str) -> None:
    answer = api.call(method, path)

    assert answer.status in (403, 405)
    assert rules() == NotificationRules()


@pytest.mark.parametrize("account_id", [GLOBEX, "", "acme#sub", "a" * 300])
def test_token_with_another_account_in_it_is_not_found(api: ApiClient, path: str, account_id: str) -> None:
    engineers.enter(SAM.model_copy(update={"account_id": GLOBEX}))
    secret = urlsafe_b64decode(path.rpartition("/")[2] + "==").partition(b"~")[2]
    forged = urlsafe_b64encode(account_id.encode() + b"~" + secret).decode().rstrip("=")

    assert_problem(api.call("POST", f"/unsubscribe/{forged}"), 404, "not_found")

    assert [notification_settings.load(each, SAM.id).rules for each in (ACME, GLOBEX)] == [NotificationRules()] * 2


def test_forged_token_is_not_found(api: ApiClient, path: str) -> None:
    assert_problem(api.call("POST", path[:-4] + "AAAA"), 404, "not_found")

    assert rules() == NotificationRules()
