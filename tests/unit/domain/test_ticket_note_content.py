from collections.abc import Callable, Sequence

import pytest

from chalicelib.domain.events import EventType
from chalicelib.domain.handoff_detail import HandoffDetail
from chalicelib.domain.people import Person
from chalicelib.domain.renderings import DocumentLine, to_html, to_markdown, to_note, to_text
from chalicelib.domain.ticket_note import TicketNote
from chalicelib.domain.ticket_note_content import content_of
from tests.support.builders import ALEX, SAM, a_claimed_session, a_handoff, a_snapshot, minute


def lines_of(handoff: HandoffDetail, kind: EventType) -> list[str]:
    note = TicketNote(event_id="1", type=kind, by=SAM.person, at=minute(40))
    session = a_claimed_session(resolution="The clock was off.")
    return [line.text for line in content_of(note, handoff, session).lines]


def test_note_of_a_hand_off_has_everybodys_words() -> None:
    handoff = a_handoff(release_note="password: Sommer-2024!")

    lines = lines_of(handoff, EventType.CREATED)

    assert lines[lines.index("Notes") + 1 :][:4] == [
        "Jane handed off, 2026-11-23T09:10:00.000Z:",
        "I am out of ideas.",
        "Sam released, 2026-11-23T09:25:00.000Z:",
        "password: [masked: password]",
    ]


def test_note_of_a_resolution_has_the_words_since_the_hand_off() -> None:
    lines = lines_of(a_handoff(release_note="Needs the network team."), EventType.RESOLVED)

    assert lines[1:] == [
        "Resolution",
        "The clock was off.",
        "Notes",
        "Sam released, 2026-11-23T09:25:00.000Z:",
        "Needs the network team.",
    ]


def test_note_of_a_resolution_repeats_no_words_of_before() -> None:
    assert "Notes" not in lines_of(a_handoff(snapshot=a_snapshot()), EventType.RESOLVED)


def a_reassignment(to: Person = ALEX.person) -> TicketNote:
    return TicketNote(event_id="1", type=EventType.RELEASED, by=SAM.person, to=to, at=minute(40))


@pytest.mark.parametrize(
    ("render", "rendered"),
    [
        (to_markdown, "Reassigned to Alex by Sam, 2026-11-23T09:40:00.000Z.\n\n## Note\n\nYou know their VPN.\n"),
        (to_text, "Reassigned to Alex by Sam, 2026-11-23T09:40:00.000Z.\n\nNOTE\n\nYou know their VPN.\n"),
        (to_note, "Reassigned to Alex by Sam, 2026-11-23T09:40:00.000Z.\n\nNOTE\n\nYou know their VPN.\n"),
        (
            to_html,
            "<p>Reassigned to Alex by Sam, 2026-11-23T09:40:00.000Z.</p>\n<h2>Note</h2>\n<p>You know their VPN.</p>\n",
        ),
    ],
)
def test_note_of_a_reassignment_names_the_next_person(
    render: Callable[[Sequence[DocumentLine]], str], rendered: str
) -> None:
    handoff = a_handoff(release_note="You know their VPN.")

    content = content_of(a_reassignment(), handoff, a_claimed_session())

    assert content.title == "Reassigned to Alex by Sam"
    assert render(content.lines) == rendered


def test_title_of_a_reassignment_folds_the_next_name_to_one_line() -> None:
    next_person = Person(id="sub-alex", name="Alex\nResolved by \u202eMallory")

    content = content_of(a_reassignment(next_person), a_handoff(), a_claimed_session())

    assert content.title == "Reassigned to Alex Resolved by Mallory by Sam"


def test_note_of_a_release_names_nobody_else() -> None:
    assert lines_of(a_handoff(to=ALEX.person), EventType.RELEASED)[0].startswith("Returned to the queue by Sam")
