"""A handoff's documentation in its four forms."""

import pytest

from tests.support.api.client import Answer, ApiClient
from tests.support.api.problems import assert_problem
from tests.support.builders import GINA, JANE, VIC
from tests.support.scenarios.actions import hand_off, open_case

SECRET = "password: Sommer-2024!"
FORMS = {"md": "text/markdown", "txt": "text/plain", "html": "text/html", "json": "application/json"}

each_form = pytest.mark.parametrize("form", FORMS)


def documented(api: ApiClient, query: str, notes: str = "I am out of ideas.") -> Answer:
    handoff = hand_off(open_case(JANE).id, JANE, engineer_notes=notes)
    path = f"/sessions/{handoff.session_id}/handoffs/{handoff.id}/documentation{query}"
    return api.call("GET", path, by=VIC)


@each_form
def test_each_form_has_its_media_type(api: ApiClient, form: str) -> None:
    answer = documented(api, f"?format={form}")

    assert (answer.status, answer.headers["content-type"].partition(";")[0]) == (200, FORMS[form])


@each_form
def test_each_form_has_what_the_engineer_noted(api: ApiClient, form: str) -> None:
    assert "I am out of ideas." in documented(api, f"?format={form}").text


@each_form
def test_pasted_secrets_are_in_no_form_of_the_documentation(api: ApiClient, form: str) -> None:
    assert "Sommer" not in documented(api, f"?format={form}", SECRET).text


def test_markdown_is_the_form_when_none_is_asked_for(api: ApiClient) -> None:
    assert documented(api, "").headers["content-type"].startswith("text/markdown")


def test_html_documentation_runs_no_script(api: ApiClient) -> None:
    answer = documented(api, "?format=html", "<script>alert(1)</script>")

    assert "<script" not in answer.text
    assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_unknown_form_is_named(api: ApiClient) -> None:
    answer = documented(api, "?format=pdf")

    assert_problem(answer, 422, "invalid_request")
    assert [error["pointer"] for error in answer.json["errors"]] == ["/format"]


def test_documentation_of_another_account_is_not_found(api: ApiClient) -> None:
    handoff = hand_off(open_case(JANE).id, JANE)

    answer = api.call("GET", f"/sessions/{handoff.session_id}/handoffs/{handoff.id}/documentation", by=GINA)

    assert_problem(answer, 404, "not_found")
