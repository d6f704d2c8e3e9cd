"""E-mails: what they say, and that nobody's text in them can become anything but text."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from linkify_it import LinkifyIt  # type: ignore[import-untyped]

from chalicelib.domain.deliveries.alert import Alert
from chalicelib.domain.deliveries.email_message import EmailMessage, email_message
from chalicelib.domain.handoff import Priority
from tests.support.builders import SESSION_ID, a_claimed_handoff, a_handoff, an_event, minute

PAGE = "https://pilot.example.com"
LINK = f"{PAGE}/pilot/{SESSION_ID}?pickup=true"
HOSTILE = [
    '<script>alert(1)</script><img src="https://evil.example/pixel.png">',
    "</title></style><a href='https://evil.example'>Open in FlowPilot</a>",
    "Call https://evil.example/login now or www.evil.example, mailto:ceo@evil.example",
    "evil.example/x @sam //evil.example ftp://evil.example",
    "Outlook\r\nBcc: everybody@evil.example\r\n\r\nbody",
    "&lt;b&gt; &amp; \" ' ` = {{DATE(x)}} [x](https://evil.example)",
    "🧯 \u202egnp.exe حريق في الخادم",
]


class _Tags(HTMLParser):
    """What a browser would make of a document: its tags with their attributes, and its texts."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.texts: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        if self.tags[-1] not in ("title", "style"):
            self.texts.append(data)


def mail(title: str = "Escalation from Jane", client: str | None = "Acorn") -> EmailMessage:
    handoff = a_handoff(priority=Priority.URGENT, client=client)
    return email_message(Alert.of(an_event(title=title), handoff, PAGE, minute(22)))


def links_in(text: str) -> list[str]:
    """What a mail program that looks for addresses in texts would make a link of."""
    found = LinkifyIt(options={"fuzzy_link": True, "fuzzy_email": True, "fuzzy_ip": True}).match(text)
    return [match.url for match in found or []]


def test_email_says_who_how_urgent_whose_and_since_when() -> None:
    found = mail("Escalation from Jane · #4711: Outlook")

    assert found.subject == "Escalation from Jane · #4711: Outlook"
    for said in ("Urgent", "Acorn", "23 November 2026, 09\N{WORD JOINER}"):
        assert said.removesuffix("\N{WORD JOINER}") in found.text.replace("\N{WORD JOINER}", "")
        assert said.removesuffix("\N{WORD JOINER}") in found.html.replace("\N{WORD JOINER}", "")
    assert "(12 min when sent)" in found.text


def test_email_has_one_link_and_it_leads_to_the_pickup_screen() -> None:
    found = mail()

    assert links_in(found.text) == [LINK]
    assert [value for name, value in _Tags(found.html).attributes if name == "href"] == [LINK]


def test_email_of_a_claim_says_who_has_it_and_not_since_when() -> None:
    found = email_message(Alert.of(an_event(title="Picked up by Sam"), a_claimed_handoff(), PAGE, minute(30)))

    assert "With: Sam" in found.text
    assert "Waiting" not in found.text + found.html


def test_email_shows_as_urgent_only_what_still_waits() -> None:
    claimed = a_claimed_handoff(priority=Priority.URGENT)

    taken = email_message(Alert.of(an_event(title="Picked up by Sam"), claimed, PAGE, minute(30)))

    assert '<dd class="urgent">Urgent</dd>' in mail().html
    assert "<dd>Urgent</dd>" in taken.html


def test_inbox_preview_says_what_the_subject_does_not() -> None:
    texts = _Tags(mail().html).texts

    assert texts[0] == "Priority: Urgent · Client: Acorn · Waiting: 12 min"


def test_gathered_email_lists_each_title_once_below_their_number() -> None:
    told = [(an_event(title=f"Escalation {name}"), a_handoff()) for name in "ABCDEFGH"]

    found = email_message(Alert.of_many(told, PAGE, minute(22)))

    heading = "8 more escalations are waiting"
    assert found.subject == f"{heading}: Escalation A"
    assert found.text.splitlines()[:4] == [heading, "", "1. Escalation A", "2. Escalation B"]
    assert "6. Escalation F\nAnd 2 more\n" in found.text
    texts = _Tags(found.html).texts
    assert texts[0].startswith("2. Escalation B · 3. Escalation C")
    assert texts[1:6] == [heading, "1", "Escalation A", "2", "Escalation B"]
    assert '<dl class="list">' in found.html


def test_email_without_facts_has_no_empty_list() -> None:
    found = email_message(Alert.of_none(4, PAGE))

    assert "\n\n\n" not in found.text
    assert not {"dl", "dt", "dd"} & set(_Tags(found.html).tags)


def test_html_loads_nothing_and_has_colors_for_dark_screens() -> None:
    found = _Tags(mail().html)

    assert not set(found.tags) & {"img", "script", "link", "iframe", "object", "svg", "base", "form"}
    assert not {name for name, _ in found.attributes} & {"src", "srcset", "background", "style"}
    assert "url(" not in mail().html
    assert "prefers-color-scheme: dark" in mail().html


@pytest.mark.parametrize("text", HOSTILE)
def test_text_of_a_ticket_becomes_no_markup_and_no_link(text: str) -> None:
    found = mail(title=text, client=text)

    plain = _Tags(mail().html)
    assert _Tags(found.html).tags == plain.tags
    assert links_in(found.text) == [LINK]


@given(st.text(max_size=150))
def test_no_text_becomes_markup_or_a_link(text: str) -> None:
    found = mail(title=text or "x", client=text or None)

    assert set(_Tags(found.html).tags) <= set(_Tags(mail().html).tags)
    assert [value for name, value in _Tags(found.html).attributes if name == "href"] == [LINK]
    assert links_in(found.text) == [LINK]
    assert len(found.subject.splitlines()) == 1


def test_secrets_are_masked_and_hidden_characters_are_gone() -> None:
    found = mail(title="password: Sommer2024! \u202edesrever", client="password: Winter2024!")

    assert "2024!" not in found.text + found.html + found.subject
    assert "\u202e" not in found.text + found.html + found.subject
