"""SMS: one line of two parts at most, and nobody's text in them can become a link."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from linkify_it import LinkifyIt  # type: ignore[import-untyped]

from chalicelib.domain.deliveries.alert import Alert
from chalicelib.domain.deliveries.sms_message import code_text, sms_text
from chalicelib.domain.deliveries.sms_parts import GSM_7, encoding_of, parts_of
from chalicelib.domain.handoff import Priority
from tests.support.builders import SESSION_ID, a_handoff, an_event, minute

PAGE = "https://pilot.example.com"
LINK = f"{PAGE}/pilot/{SESSION_ID}?pickup=true"
LINKS = LinkifyIt(options={"fuzzy_ip": True})
HOSTILE = [
    '<script>alert(1)</script><img src="https://evil.example/pixel.png">',
    "Call https://evil.example/login now or www.evil.example, mailto:ceo@evil.example",
    "evil.example/x @sam //evil.example ftp://evil.example 203.0.113.5/login",
    "Outlook\r\nBcc: everybody@evil.example\r\n\r\nbody",
    "🧯 \u202egnp.exe حريق في الخادم evil.example",
]


def alert_of(title: str, client: str | None = "Acorn") -> Alert:
    handoff = a_handoff(priority=Priority.URGENT, client=client)
    return Alert.of(an_event(title=title), handoff, PAGE, handoff.created_at + timedelta(minutes=5))


def links_in(text: str) -> list[str]:
    return [found.url for found in LINKS.match(text) or []]


def test_message_says_what_who_and_since_when_and_leads_to_the_pickup_screen() -> None:
    said = "FlowPilot: Escalation from Jane: Outlook won't start (Urgent, Acorn, waiting 5 min)"

    assert sms_text(alert_of("Escalation from Jane: Outlook won’t start")) == f"{said} {LINK}"


@pytest.mark.parametrize("title", HOSTILE)
def test_only_the_link_is_a_link(title: str) -> None:
    text = sms_text(alert_of(title, client="evil.example"))

    assert links_in(text) == [LINK]
    assert len(text.splitlines()) == 1
    assert "\u202e" not in text


def test_numbers_stay_readable() -> None:
    assert "Version 1.5, at 10:30" in sms_text(alert_of("Version 1.5, at 10:30"))


def test_secret_is_masked() -> None:
    text = sms_text(alert_of("Escalation from Jane: password: Tr0ub4dor&3 does not work"))

    assert "Tr0ub4dor" not in text


@pytest.mark.parametrize("title", ["Outlook " * 60, "Сервер не отвечает " * 20, "[€] " * 90, "🧯 " * 90])
def test_long_title_is_cut_and_the_link_stays_whole(title: str) -> None:
    text = sms_text(alert_of(title, client="Acorn Bakeries of Upper Brabant"))

    assert parts_of(text) <= 2
    assert text.endswith(f" {LINK}")


def test_facts_are_left_out_before_the_title() -> None:
    text = sms_text(alert_of("Сервер базы данных в Брюсселе не отвечает", client="Пекарня на углу"))

    assert text.startswith("FlowPilot: Сервер базы данных в Б")
    assert "Пекарня" not in text


def test_gathered_message_names_each_case_once() -> None:
    events = [(an_event(title=f"Escalation {number}"), a_handoff()) for number in (1, 2, 3)]

    text = sms_text(Alert.of_many(events, PAGE, minute(5)))

    said = "FlowPilot: 3 more escalations are waiting: Escalation 1 (Escalation 2, Escalation 3)"
    assert text == f"{said} {PAGE}/"


def test_code_is_one_part() -> None:
    assert (parts_of(code_text("123456")), encoding_of(code_text("123456"))) == (1, GSM_7)


@given(st.text(max_size=400), st.text(max_size=100))
def test_any_text_is_one_line_of_two_parts_with_one_link(title: str, client: str) -> None:
    text = sms_text(alert_of(title, client=client))

    assert parts_of(text) <= 2
    assert len(text.splitlines()) == 1
    assert text.endswith(LINK)
