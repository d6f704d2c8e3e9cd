"""Messages to chats: what they say, and that nobody's text in them can become anything but text."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.deliveries.alert import Alert, waiting_for
from chalicelib.domain.deliveries.slack_message import escape_slack, slack_message
from chalicelib.domain.deliveries.teams_message import LARGEST_CARD, teams_message
from chalicelib.domain.handoff import Priority
from infra.local.post_office.chat_shapes import SlackMessage
from infra.local.post_office.receivers import _LIVE_IN_SLACK, _LIVE_IN_TEAMS
from tests.support.builders import a_claimed_handoff, a_handoff, an_event, minute

PAGE = "https://pilot.example.com"
HOSTILE = [
    "<!channel> wake up",
    "<!here|here> & <@U012AB3CD>",
    "<https://evil.example|Open in FlowPilot>",
    "*bold* _it_ ~gone~ `code`",
    "[Open](https://evil.example) ![x](https://evil.example/x.png)",
    "{{DATE(2026-11-29T09:00:00Z, SHORT)}}",
    "# heading\r\n- list\r\n> quote",
    "<script>alert(1)</script>",
    "\u202egnp.exe 🧯 حريق",
    "\\* not escaped twice \\",
    "<at>Everyone</at>",
]


def said(title: str, client: str | None = None) -> Alert:
    handoff = a_handoff(priority=Priority.URGENT, client=client)
    return Alert.of(an_event(title=title), handoff, PAGE, minute(22))


def texts_in_slack(alert: Alert) -> list[str]:
    message = slack_message(alert)
    title, section = message["blocks"][:2]
    return [message["text"], title["text"]["text"], *(field["text"] for field in section["fields"])]


def texts_in_teams(alert: Alert) -> list[str]:
    title, facts = teams_message(alert)["attachments"][0]["content"]["body"]
    return [title["text"], *(text for fact in facts["facts"] for text in (fact["title"], fact["value"]))]


def test_alert_says_who_how_urgent_whose_and_since_when() -> None:
    alert = said("Escalation from Jane · #4711: Outlook", client="Acorn")

    assert alert.title == "Escalation from Jane · #4711: Outlook"
    assert alert.facts == (("Priority", "Urgent"), ("Client", "Acorn"), ("Waiting", "12 min"))
    assert alert.url == f"{PAGE}/pilot/{an_event().session_id}?pickup=true"


def test_alert_of_a_claim_says_who_has_it() -> None:
    alert = Alert.of(an_event(title="Picked up by Sam"), a_claimed_handoff(), PAGE, minute(30))

    assert ("With", "Sam") in alert.facts
    assert not any(name == "Waiting" for name, _ in alert.facts)


def test_secrets_in_titles_and_clients_are_masked() -> None:
    alert = said("Escalation: password: Sommer2024!", client="Acorn, password: Winter2024!")

    assert "2024" not in alert.title + str(alert.facts)


@pytest.mark.parametrize(
    ("minutes", "words"), [(0, "less than a minute"), (59, "59 min"), (61, "1 h 1 min"), (48 * 60, "2 days")]
)
def test_waiting_time_is_said_in_words(minutes: int, words: str) -> None:
    assert waiting_for(minute(0), minute(minutes)) == words


@pytest.mark.parametrize("text", HOSTILE)
def test_slack_message_has_no_live_markup(text: str) -> None:
    for shown in texts_in_slack(said(text, client=text)):
        assert not _LIVE_IN_SLACK.search(shown)


@pytest.mark.parametrize("text", HOSTILE)
def test_teams_card_has_no_live_markup(text: str) -> None:
    for shown in texts_in_teams(said(text, client=text)):
        assert not _LIVE_IN_TEAMS.search(shown)


@given(st.text(max_size=400), st.text(max_size=400))
def test_alert_text_is_never_markup_or_too_long(title: str, client: str) -> None:
    alert = said(title, client=client)

    assert all(len(text) <= 2000 and not _LIVE_IN_SLACK.search(text) for text in texts_in_slack(alert))
    assert not any(_LIVE_IN_TEAMS.search(text) for text in texts_in_teams(alert))
    assert len(json.dumps(teams_message(alert)).encode()) <= LARGEST_CARD


def test_slack_links_nothing_and_previews_nothing() -> None:
    message = slack_message(said("See https://evil.example"))

    assert (message["mrkdwn"], message["unfurl_links"], message["unfurl_media"]) == (False, False, False)
    assert [block["type"] for block in message["blocks"]] == ["header", "section", "actions"]
    assert message["blocks"][0]["text"]["type"] == "plain_text"


@pytest.mark.parametrize(("title", "block"), [("x" * 150, "header"), ("x" * 151, "section"), ("&" * 31, "section")])
def test_slack_title_is_bold_where_it_fits_and_is_never_cut(title: str, block: str) -> None:
    message = slack_message(said(title))

    first = message["blocks"][0]
    assert (first["type"], first["text"]["text"]) == (block, escape_slack(title))
    SlackMessage.model_validate(message)


def test_slack_message_without_facts_has_no_empty_section() -> None:
    message = slack_message(Alert(title="Outlook", facts=(), url=PAGE))

    assert [block["type"] for block in message["blocks"]] == ["header", "actions"]


def test_one_button_leads_to_the_pickup_screen() -> None:
    alert = said("Outlook")

    (button,) = slack_message(alert)["blocks"][-1]["elements"]
    (action,) = teams_message(alert)["attachments"][0]["content"]["actions"]
    assert (button["url"], action["url"]) == (alert.url, alert.url)
